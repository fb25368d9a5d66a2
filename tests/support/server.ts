// The whole HTTP server over a test database of its own, on a free port, with a token of the in-house system (role `integration`).
import type { AddressInfo } from 'node:net';
import { hospital } from '../../server/src/hospital.ts';
import { buildHttp } from '../../server/src/edges/http/server.ts';
import { ensureDemoAccounts, issueToken } from '../../server/src/modules/security/index.ts';
import { demoPeople } from '../../server/src/modules/security/demo-people.ts';
import { prepareBackground } from '../../server/src/platform/events.ts';
import { connectAnswers } from '../../server/src/platform/ports.ts';
import { testDatabase } from './database.ts';
import type { TestDatabase, TestDatabaseOptions } from './database.ts';

export interface TestCaller {
  readonly token: string;
  call(path: string, init?: RequestInit): Promise<Response>;
}

export interface TestServer {
  /** `http://127.0.0.1:40123` */
  readonly base: string;
  readonly token: string;
  readonly app: Awaited<ReturnType<typeof buildHttp>>;
  readonly db: TestDatabase;
  /** `fetch` below `base` with the token; a path such as `/fhir/R4/Patient/1`. */
  call(path: string, init?: RequestInit): Promise<Response>;
  /** The same with a token of somebody else: a username, or a role, of which the demo account is meant (`as('cashier')`). */
  as(usernameOrRole: string): Promise<TestCaller>;
  close(): Promise<void>;
}

/** Starts all modules. The clock of the test database stands at the present, because sessions end by the real time. */
export async function testServer(options: TestDatabaseOptions = {}): Promise<TestServer> {
  const db = await testDatabase({ startMs: Date.now(), ...options });
  connectAnswers(hospital);
  await prepareBackground(db.database, hospital);
  for (const module of hospital) await module.start?.(db.house);
  await ensureDemoAccounts(db.work());
  const token = await issueToken(db.work(), undefined, 24);
  const app = await buildHttp(db.house, hospital);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const base = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const caller = (theirs: string): TestCaller => ({
    token: theirs,
    call: (path, init = {}) => {
      const headers = new Headers(init.headers);
      if (!headers.has('authorization')) headers.set('authorization', `Bearer ${theirs}`);
      return fetch(`${base}${path}`, { ...init, headers });
    },
  });
  return {
    ...caller(token),
    base,
    app,
    db,
    as: async (name) => caller(await issueToken(db.work(), demoPeople.find(({ role }) => role === name)?.username ?? name, 24)),
    close: async () => {
      await app.close();
      for (const module of hospital) await module.stop?.();
      await db.close();
    },
  };
}
