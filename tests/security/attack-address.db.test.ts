// Doors called by another spelling of their address: what the router understands, everything that guards must understand alike. OWASP ASVS 5.0 V1.1.1, V8.3.1.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendRaw, statusesIn } from '../support/raw-http.ts';
import { testServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
}, 60_000);
afterAll(() => server?.close());

/** The same address as RFC 3986 §6.2.2 has it, and as routers are known to read it. */
const spellings = (path: string) => [
  ...[1, 2, 3].map((at) => `${path.slice(0, at)}%${path.charCodeAt(at).toString(16)}${path.slice(at + 1)}`),
  `http://localhost${path}`, `https://evil.example${path}`, `http:///${path}`, `/${path}`, `//localhost${path}`, `/.${path}`, `/x/..${path}`, `;${path}`, `/;${path}`, path.toUpperCase(), `\\${path}`, `/%2e${path}`, `/oidc/..${path}`, `/oidc%2f..${path}`,
];

describe('A door under another spelling of its address', () => {
  it.each(['/api/accounts', '/api/policy', '/api/apps', '/fhir/R4/Patient', '/fhir/R4/$export'])('%s does not open to whoever has not signed in', async (path) => {
    for (const spelling of spellings(path)) {
      const received = await sendRaw(server.base, `GET ${spelling} HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\nConnection: close\r\n\r\n`);
      // 200 is given to pages alone: the web answers what is no door
      expect([spelling, statusesIn(received)[0] !== 200 || /content-type: text\/html/i.test(received), received.includes('"resourceType":"Bundle"')]).toEqual([spelling, true, false]);
    }
  });

  it('neither makes an account nor changes the policy', async () => {
    const body = JSON.stringify({ username: 'ke-gian', name: 'Kẻ Gian', roles: ['administrator'] });
    for (const spelling of spellings('/api/accounts')) {
      await sendRaw(server.base, `POST ${spelling} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`);
    }
    const { rows } = await server.db.database.query<{ count: number }>({ text: "SELECT count(*)::int AS count FROM security.account WHERE username = 'ke-gian'" });
    expect(rows).toEqual([{ count: 0 }]);
  });

  it('does not open either to whoever has: the audit goes by the address too', async () => {
    const { token } = await server.as('administrator');
    const received = await sendRaw(server.base, `GET /%61pi/accounts HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\nConnection: close\r\n\r\n`);
    expect([statusesIn(received), received.includes('http.not-found')]).toEqual([[404], true]);
  });
});
