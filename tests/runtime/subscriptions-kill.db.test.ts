import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issueToken } from '../../server/src/modules/security/index.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { hookServer, type HookServer } from '../support/hook.ts';
import { startProgram, temporaryDataFolder, type Program } from '../support/program.ts';

let db: TestDatabase;
let hook: HookServer;
const data = temporaryDataFolder();
beforeAll(async () => {
  db = await testDatabase({ startMs: Date.now() });
  hook = await hookServer();
});
afterAll(async () => {
  await hook.close();
  await db.close();
  await data.remove();
});

async function start(): Promise<{ program: Program; base: string }> {
  const program = startProgram('server/src/main.ts', [], { SEN_DATA: data.path, DATABASE_URL: db.url, SEN_HOOK_HOSTS: hook.host, SEN_HOOK_POLL_MS: '20', SEN_DATABASE_CONNECTIONS: '4' });
  const [, base = ''] = await program.says(/FHIR R4: +(\S+)/);
  return { program, base };
}

const ig = 'http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition';
const numbers = (): string[] =>
  hook.received.flatMap(({ text }) =>
    JSON.parse(text).entry[0].resource.parameter.flatMap(({ part = [] }: { part?: { name: string; valueString?: string }[] }) => part.filter(({ name }) => name === 'event-number').map(({ valueString }) => valueString)));

describe('a server that is killed between queueing and delivery', () => {
  it('delivers after a new start all that was not delivered, in order; what was under way comes twice', { timeout: 180_000 }, async () => {
    const authorization = `Bearer ${await issueToken(db.work(), undefined, 1)}`;
    const send = (base: string, method: string, path: string, body: object) =>
      fetch(base + path, { method, headers: { authorization, 'content-type': 'application/fhir+json' }, body: JSON.stringify(body) }).then(async (response) => JSON.parse(await response.text()));
    const first = await start();
    const { id } = await send(first.base, 'POST', '/Subscription', {
      resourceType: 'Subscription', status: 'requested', reason: 'x', criteria: 'https://sen.vn/fhir/SubscriptionTopic/observation-change',
      channel: {
        extension: [{ url: `${ig}/backport-max-count`, valuePositiveInt: 1 }], type: 'rest-hook', endpoint: hook.base, payload: 'application/fhir+json',
        _payload: { extension: [{ url: `${ig}/backport-payload-content`, valueCode: 'id-only' }] },
      },
    });
    expect(id).toBeDefined();
    await expect.poll(() => hook.received.length, { timeout: 30_000 }).toBe(1); // the handshake
    hook.answer = () => (numbers().length > 2 ? undefined : 200); // the third event is never answered
    for (let day = 1; day <= 6; day++) {
      await send(first.base, 'PUT', `/Observation/o${day}`, { resourceType: 'Observation', id: `o${day}`, status: 'final', code: { text: 'Nhiệt độ' }, subject: { reference: 'Patient/lan' } });
    }
    await expect.poll(numbers, { timeout: 30_000 }).toEqual(['1', '2', '3']);
    first.program.child.kill('SIGKILL');
    expect(await first.program.ended).toBe('SIGKILL');
    hook.answer = () => 200;
    const second = await start();
    await expect.poll(numbers, { timeout: 30_000 }).toEqual(['1', '2', '3', '3', '4', '5', '6']);
    second.program.child.kill('SIGTERM');
    expect(await second.program.ended).toBe(0);
  });
});
