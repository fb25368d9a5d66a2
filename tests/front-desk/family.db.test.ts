import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliverCode } from '../../server/src/modules/security/index.ts';
import { connectAnswers } from '../../server/src/platform/ports.ts';
import { hospital } from '../../server/src/hospital.ts';
import { testServer, type TestCaller, type TestServer } from '../support/server.ts';

type Json = any; // eslint-disable-line -- wire tests look into any JSON
let server: TestServer;
let desk: TestCaller;
let daughter: TestCaller;
const codes: { phone: string; code: string }[] = [];
let people: { daughter: string; mother: string; aunt: string };
beforeAll(async () => {
  server = await testServer();
  const keep = { name: 'codes', answers: deliverCode.answeredBy(async (_work, { phone, code }) => { codes.push({ phone, code }); return true; }) };
  connectAnswers([...hospital.map((module) => ({ ...module, answers: Object.fromEntries(Object.entries(module.answers ?? {}).filter(([name]) => name !== 'security.deliver-code')) })), keep]);
  desk = await server.as('reception');
  const register = async (registration: object) => (await ask('POST', '/api/patients', { registration }, desk)).body.patientId as string;
  people = {
    daughter: await register({ kind: 'full', name: 'Trần Thị Hương', sex: 'female', birthDate: '1970-05-02', citizenNumber: '001170000111', phone: '0987654321' }),
    mother: await register({ kind: 'full', name: 'Nguyễn Thị Cúc', sex: 'female', birthDate: '1941-03-14', citizenNumber: '001141012345', phone: '0912345678' }),
    aunt: await register({ kind: 'full', name: 'Nguyễn Thị Sen', sex: 'female', birthDate: '1944-01-02', citizenNumber: '001144012345' }),
  };
  daughter = await server.as('patient');
  await server.db.database.query({ text: "UPDATE security.account SET patients = $1 WHERE username = 'nguoibenh'", values: [[people.daughter]] });
  daughter = await server.as('patient');
}, 120_000);
afterAll(() => server.close());

async function ask(method: string, path: string, body: unknown, who: TestCaller): Promise<{ status: number; body: Json }> {
  const response = await who.call(path, { method, ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }) });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

describe('Acting for a relative', () => {
  it('begins with oneself', async () => {
    expect((await ask('GET', '/api/my/family', undefined, daughter)).body).toMatchObject({ people: [{ patientId: people.daughter, relation: 'self' }], awaiting: [] });
  });

  it('takes the code that came to the relative, and no other', async () => {
    const { status, body } = await ask('POST', '/api/my/family', { number: '001141012345', birthDate: '1941-03-14', relation: 'mother' }, daughter);
    expect([status, codes.map(({ phone }) => phone)]).toEqual([200, ['0912345678']]);
    const wrong = codes[0]!.code === '000000' ? '000001' : '000000';
    expect((await ask('POST', `/api/my/family/${body.request}/code`, { code: wrong }, daughter)).body.code).toBe('identity.wrong-code');
    const done = await ask('POST', `/api/my/family/${body.request}/code`, { code: codes[0]!.code }, daughter);
    expect([done.status, done.body.member]).toMatchObject([200, { patientId: people.mother, relation: 'mother' }]);
    const family = (await ask('GET', '/api/my/family', undefined, await server.as('patient'))).body;
    expect(family.people.map(({ name, relation }: Json) => [name, relation])).toEqual([['Trần Thị Hương', 'self'], ['Nguyễn Thị Cúc', 'mother']]);
    expect((await ask('POST', `/api/my/family/${body.request}/code`, { code: codes[0]!.code }, daughter)).status).toBe(403);
  });

  it('waits for the desk where the relative has no telephone, and says the same of nobody', async () => {
    const real = await ask('POST', '/api/my/family', { number: '001144012345', birthDate: '1944-01-02', relation: 'other' }, daughter);
    const nobody = await ask('POST', '/api/my/family', { number: '001144999999', birthDate: '1944-01-02', relation: 'other' }, daughter);
    expect([Object.keys(real.body), real.status]).toEqual([Object.keys(nobody.body), nobody.status]);
    expect(codes).toHaveLength(1);
    const waiting = (await ask('GET', `/api/family-requests?patient=${people.aunt}`, undefined, desk)).body.requests;
    expect(waiting).toMatchObject([{ id: real.body.request, by: 'Trần Thị Hương' }]);
    expect((await ask('POST', `/api/family-requests/${real.body.request}/decision`, { confirmed: true }, desk)).status).toBe(200);
    expect((await ask('GET', '/api/my/family', undefined, await server.as('patient'))).body.people.map(({ patientId }: Json) => patientId)).toContain(people.aunt);
    expect((await ask('POST', `/api/family-requests/${real.body.request}/decision`, { confirmed: true }, desk)).status).toBe(404);
  });
});
