import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

describe('a test server', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await testServer();
  });
  afterAll(() => server.close());

  it('is ready', async () => {
    expect(await (await server.call('/readyz')).json()).toEqual({ status: 'ready' });
  });

  it('knows its token', async () => {
    expect((await server.call('/fhir/R4/Patient?_count=1')).status).toBe(200);
    expect((await server.call('/fhir/R4/Patient?_count=1', { headers: { authorization: 'Bearer wrong' } })).status).toBe(401);
  });
});
