// Two houses that differ only in what somebody may not see: whatever they ask, they are answered alike. What is hidden is not told by a count, an order,
// a chain, an include, a page, a status, or the absence of any of them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../conformance/client.ts';
import { testServer, type TestCaller, type TestServer } from '../support/server.ts';
import { callerOf } from './record-callers.ts';
import { questions, type Question } from './record-questions.ts';
import { twins } from './record-worlds.ts';

/** One clock for both, so that what they answer can be equal to the letter. */
const startMs = Date.now();

async function houseOf(resources: readonly Json[]): Promise<TestServer> {
  const server = await testServer({ startMs, env: { SEN_PROFILES: 'off' } });
  for (const resource of resources) {
    const answer = await server.call(`/fhir/R4/${resource.resourceType}/${resource.id}`, {
      method: 'PUT', headers: { 'content-type': 'application/fhir+json' }, body: JSON.stringify(resource),
    });
    if (!answer.ok) throw new Error(`${resource.resourceType}/${resource.id}: ${await answer.text()}`);
  }
  return server;
}

async function told(caller: Pick<TestCaller, 'call'>, server: TestServer, { method = 'GET', path, body, headers = {} }: Question): Promise<string> {
  const answer = await caller.call(path, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/fhir+json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = (await answer.text()).replaceAll(server.base, 'http://house');
  const etag = answer.headers.get('etag') ?? '';
  return `${answer.status} ${etag} ${withoutMade(text)}`;
}

/** What is made anew with each answer: ids of what a write created, of requests, of documents; places in the log. */
function withoutMade(text: string): string {
  return text
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'uuid')
    .replace(/"_page=[^"]*"|_page=[^"&]*/g, '_page=…')
    .replace(/"timestamp":"[^"]*"/g, '"timestamp":"…"')
    .replace(/"requestId":"[^"]*"/g, '"requestId":"…"')
    .replace(/\b0c[0-9a-z]{11}\b/g, 'made');
}

describe.each(twins)('issue 4: what may not be seen is not there, whatever is asked: $name', ({ hidden, roles, shared }) => {
  let full: TestServer;
  let bare: TestServer;
  beforeAll(async () => {
    full = await houseOf([...shared, ...hidden]);
    bare = await houseOf(shared);
  }, 60_000);
  afterAll(async () => {
    await full?.close();
    await bare?.close();
  });

  it.each(roles)('asked by: %s', { timeout: 120_000 }, async (role) => {
    const [here, there] = [await callerOf(full, role), await callerOf(bare, role)];
    const different: string[] = [];
    for (const question of questions(shared, hidden)) {
      const [a, b] = [await told(here, full, question), await told(there, bare, question)];
      if (a !== b || a.startsWith('429')) different.push(`${question.method ?? 'GET'} ${decodeURIComponent(question.path)}\n  with:    ${a.slice(0, 300)}\n  without: ${b.slice(0, 300)}`);
    }
    expect(different.slice(0, 10)).toEqual([]);
  });

  it('but whoever may see it sees it: the questions do meet what is hidden', { timeout: 120_000 }, async () => {
    let different = 0;
    for (const question of questions(shared, hidden).filter(({ method }) => method === undefined)) if ((await told(full, full, question)) !== (await told(bare, bare, question))) different++;
    expect(different).toBeGreaterThan(150);
  });
});
