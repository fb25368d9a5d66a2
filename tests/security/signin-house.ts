// A house with its doors of security alone: people sign in by name, from a browser or a script, from any address.
import { createHmac } from 'node:crypto';
import { buildHttp } from '../../server/src/edges/http/server.ts';
import { createAccount } from '../../server/src/modules/security/index.ts';
import { security } from '../../server/src/modules/security/module.ts';
import { openLog } from '../../server/src/platform/log.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';

export const goodPassword = 'thuyền nan chở trăng về bến';

type Answer = Awaited<ReturnType<Awaited<ReturnType<typeof buildHttp>>['inject']>>;

export interface Browser {
  /** Sends a request as this browser does: with its cookies, from our own page. Keeps the cookies it is given. */
  send(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, payload?: object): Promise<Answer>;
  readonly cookies: Map<string, string>;
}

export interface SignInHouse {
  readonly db: TestDatabase;
  readonly app: Awaited<ReturnType<typeof buildHttp>>;
  browser(address?: string, headers?: Record<string, string>): Browser;
  /** Makes a person with a password of their own. */
  person(username: string, roles?: string[], password?: string): Promise<string>;
  close(): Promise<void>;
}

export async function signInHouse(env: Record<string, string> = {}, startMs?: number): Promise<SignInHouse> {
  const db = await testDatabase({ env, ...(startMs === undefined ? {} : { startMs }) });
  await security.start?.(db.house);
  const app = await buildHttp(db.house, [security], { log: openLog('silent') });
  const browser = (address = '10.0.0.1', headers: Record<string, string> = {}) => openBrowser(app, address, headers);
  return {
    db, app, browser,
    person: async (username, roles = ['nurse'], password = goodPassword) => {
      const { code, account } = await createAccount(db.work(), { username, name: `Người ${username}`, roles });
      const own = browser('10.255.0.1');
      const signedIn = await own.send('POST', '/api/session', { username, password: code });
      if (signedIn.statusCode !== 200) throw new Error(signedIn.body);
      const changed = await own.send('PUT', '/api/my/password', { current: code, next: password });
      if (changed.statusCode !== 204) throw new Error(changed.body);
      await own.send('DELETE', '/api/session');
      return account.id;
    },
    close: async () => {
      await app.close();
      await security.stop?.();
      await db.close();
    },
  };
}

function openBrowser(app: SignInHouse['app'], remoteAddress: string, headers: Record<string, string>): Browser {
  const cookies = new Map<string, string>();
  return {
    cookies,
    send: async (method, url, payload) => {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await app.inject({ method, url, remoteAddress, headers: { 'sec-fetch-site': 'same-origin', 'user-agent': 'Mozilla/5.0 (Windows NT 10.0) Firefox/140.0', cookie, ...headers }, ...(payload === undefined ? {} : { payload }) });
      for (const { name, value, maxAge } of answer.cookies) {
        if (maxAge === 0) cookies.delete(name);
        else cookies.set(name, value);
      }
      return answer;
    },
  };
}

/** What an authenticator app shows for a secret in base32 (not our own code: RFC 6238 written out again). */
export function appCode(base32: string, now: number): string {
  const bits = [...base32].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.from(Math.floor(now / 30_000).toString(16).padStart(16, '0'), 'hex');
  const mac = createHmac('sha1', secret).update(counter).digest();
  const at = mac[19]! & 15;
  return String((((mac[at]! & 127) << 24) | (mac[at + 1]! << 16) | (mac[at + 2]! << 8) | mac[at + 3]!) % 1_000_000).padStart(6, '0');
}
