// Each provider is a small fake server; all are held to the same sentences.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSmtp, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import type { Letter } from './channel.ts';
import { emailChannel } from './send-email.ts';
import { zaloChannel } from './send-zalo.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

const letter: Letter = {
  id: '0123456789abc', template: 't.x', to: '84912345678', words: { sms: 'Mời đến', title: 'Nhắc hẹn', email: 'Mời đến phòng 205.' },
  data: { name: 'Mai', at: { at: 0, as: 'time' } }, language: 'vi', zaloTemplate: '777', expiresAt: 0,
};

describe('Zalo Notification Service', () => {
  it('renews a token that is refused, once, and keeps the new refresh token sealed', async () => {
    const calls: { path: string; token: string; body: string }[] = [];
    let good = 'token-1';
    let renewals = 0;
    const zalo = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        calls.push({ path: request.url ?? '', token: String(request.headers['access_token'] ?? request.headers['secret_key']), body });
        const answer = request.url === '/token' ? { access_token: `token-${(renewals += 1)}`, refresh_token: `refresh-${renewals + 1}`, expires_in: '90000' }
          : request.headers['access_token'] === good ? { error: 0, data: { msg_id: 'm-1' } } : { error: -124, message: 'invalid' };
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
      });
    });
    await new Promise<void>((resolve) => zalo.listen(0, '127.0.0.1', resolve));
    const base = `http://127.0.0.1:${(zalo.address() as AddressInfo).port}`;
    const folder = join(tmpdir(), `sen-zalo-${process.pid}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'zalo.json'), JSON.stringify({ secretKey: 'secret', refreshToken: 'refresh-1' }));
    const channel = zaloChannel({ ...db.house.settings, zaloApp: 'app', zaloSecretFile: join(folder, 'zalo.json'), zaloUrl: base, zaloTokenUrl: `${base}/token` });
    expect(await channel.send(db.work(), letter)).toEqual({ kind: 'accepted', providerId: 'm-1' });
    expect(JSON.parse(calls[1]?.body ?? '')).toEqual({ phone: '84912345678', template_id: '777', template_data: { name: 'Mai', at: '08:00' }, tracking_id: '0123456789abc' });
    good = 'token-2';
    db.clock.advance(120_000);
    expect(await channel.send(db.work(), letter)).toEqual({ kind: 'accepted', providerId: 'm-1' });
    expect(new URLSearchParams(calls.filter(({ path }) => path === '/token').at(-1)?.body).get('refresh_token')).toBe('refresh-2');
    const { rows } = await db.database.query<{ all: string }>({ text: 'SELECT json_agg(s)::text AS all FROM messages.secret s' });
    expect(rows[0]?.all).not.toMatch(/refresh-|token-/);
    expect(await channel.send(db.work(), { ...letter, zaloTemplate: undefined } as never)).toEqual({ kind: 'refused', why: 'no-zalo-template' });
    zalo.close();
  });
});

describe('E-mail (RFC 5321)', () => {
  const smtp = (answerToRecipient: string) => {
    let data = '';
    const server = createSmtp((socket) => {
      let reading = false;
      socket.on('error', () => undefined);
      socket.write('220 fake\r\n');
      socket.on('data', (part) => {
        for (const line of part.toString().split('\r\n').slice(0, -1)) {
          if (reading) {
            if (line === '.') socket.write('250 taken\r\n');
            reading = line !== '.';
            data += `${line}\n`;
          } else if (line.startsWith('RCPT')) socket.write(`${answerToRecipient}\r\n`);
          else if (line === 'DATA') {
            reading = true;
            socket.write('354 go on\r\n');
          } else socket.write(line === 'QUIT' ? '221 bye\r\n' : '250 ok\r\n');
        }
      });
    });
    return { server, data: () => data, listen: () => new Promise<string>((resolve) => server.listen(0, '127.0.0.1', () => resolve(`smtp://127.0.0.1:${(server.address() as AddressInfo).port}`))) };
  };
  const sendBy = async (url: string) => {
    const channel = emailChannel({ smtpUrl: url, mailFrom: 'Bệnh viện <khong-tra-loi@benh-vien.example>', mailPerSecond: 1 });
    const outcome = await channel.send(db.work(), { ...letter, to: 'mai@example.vn' });
    channel.close?.();
    return outcome;
  };

  it('is accepted with an id of ours, marked as written by a machine', async () => {
    const fake = smtp('250 ok');
    expect(await sendBy(await fake.listen())).toEqual({ kind: 'accepted', providerId: '<0123456789abc@benh-vien.example>' });
    expect(fake.data()).toMatch(/Auto-Submitted: auto-generated/);
    fake.server.close();
  });

  it('is tried again after 4yz or without a server, and not after 5yz', async () => {
    for (const [answer, kind] of [['450 later', 'not-sent'], ['550 nobody here', 'refused']] as const) {
      const fake = smtp(answer);
      expect(await sendBy(await fake.listen())).toMatchObject({ kind });
      fake.server.close();
    }
    expect(await sendBy('smtp://127.0.0.1:1')).toMatchObject({ kind: 'not-sent' });
  });
});
