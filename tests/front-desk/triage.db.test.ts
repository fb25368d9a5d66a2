// Triage over the wire: what the nurse measures is in the record and in the chart, the line follows, and nothing is decided silently.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hospitalResources } from '../../packages/demo/src/hospital.ts';
import { receiveVisit } from '../../server/src/modules/encounters/index.ts';
import { updateResource } from '../../server/src/modules/record/index.ts';
import { testServer, type TestCaller, type TestServer } from '../support/server.ts';

type Json = any; // eslint-disable-line -- wire tests look into any JSON
let server: TestServer;
let nurse: TestCaller;

const room = 'sen-hong-302';
const severe = { pulse: 118, systolic: 150, diastolic: 90, temperature: 39.2, saturation: 93, breaths: 26, weight: 61.5, height: 158, consciousness: 'alert' };

beforeAll(async () => {
  server = await testServer();
  for (const resource of hospitalResources()) await updateResource(server.db.work(), { type: resource.resourceType, id: resource.id!, resource });
  nurse = await server.as('nurse');
});
afterAll(async () => server.close());

async function ask(who: TestCaller, method: string, path: string, body?: object): Promise<{ status: number; body: Json }> {
  const response = await who.call(path, { method, ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }) });
  return { status: response.status, body: await response.json() };
}

async function arrive(id: string): Promise<{ visitId: string; ticket: string }> {
  await updateResource(server.db.work(), { type: 'Patient', id, resource: { resourceType: 'Patient', id, name: [{ text: `Lê Thị ${id}` }], gender: 'female', birthDate: '1980-05-01' } });
  server.db.clock.advance(10);
  return receiveVisit(server.db.work(), { patientId: id, roomId: room });
}

const triage = (visitId: string, body: object, who: TestCaller = nurse) => ask(who, 'PUT', `/api/visits/${visitId}/triage`, body);
const observations = async (visitId: string): Promise<Json[]> => ((await ask(server, 'GET', `/fhir/R4/Observation?encounter=Encounter/${visitId}&_count=50`)).body.entry ?? []).map(({ resource }: Json) => resource);

describe('triage', () => {
  it('records each sign once as a vital sign of the visit, with who measured it', async () => {
    const { visitId } = await arrive('measured');
    const body = { class: 'emergency', reasons: ['emergency'], vitals: severe, onceKey: 'entry-0001' };
    const first = await triage(visitId, body);
    const again = await triage(visitId, body);
    expect([first.status, first.body.observations.length, again.body.observations.toSorted()]).toEqual([200, 8, first.body.observations.toSorted()]);
    const stored = await observations(visitId);
    expect(stored.map(({ code }) => code.coding[0].code).toSorted()).toEqual(['29463-7', '59408-5', '67775-7', '8302-2', '8310-5', '85354-9', '8867-4', '9279-1']);
    const [practitioner] = (await server.db.database.query<{ practitioner: string }>({ text: `SELECT practitioner FROM security.account WHERE username = 'dieuduong'` })).rows;
    for (const one of stored) {
      expect(one).toMatchObject({ status: 'final', subject: { reference: 'Patient/measured' }, encounter: { reference: `Encounter/${visitId}` }, performer: [{ reference: `Practitioner/${practitioner!.practitioner}` }], category: [{ coding: [{ code: 'vital-signs' }] }] });
    }
    const of = (code: string) => stored.find((one) => one.code.coding[0].code === code);
    expect(of('85354-9').component.map((one: Json) => [one.code.coding[0].code, one.valueQuantity.value, one.valueQuantity.code])).toEqual([['8480-6', 150, 'mm[Hg]'], ['8462-4', 90, 'mm[Hg]']]);
    expect([of('8310-5').valueQuantity, of('29463-7').valueQuantity]).toMatchObject([{ value: 39.2, code: 'Cel' }, { value: 61.5, code: 'kg' }]);
    for (const one of stored) expect((await ask(server, 'POST', '/fhir/R4/Observation/$validate', one)).body.issue.filter(({ severity }: Json) => severity === 'error')).toEqual([]);
    expect((await ask(server, 'GET', `/fhir/R4/Encounter/${visitId}`)).body.priority.coding[0].code).toBe('EM');
  });

  it('is seen in the chart and by the next who triages', async () => {
    const { visitId } = await arrive('seen');
    await triage(visitId, { class: 'normal', reasons: [], vitals: { pulse: 72, systolic: 118, diastolic: 76 }, onceKey: 'entry-0002' });
    const { body } = await ask(server, 'GET', '/api/patients/seen/results/latest');
    expect(JSON.stringify(body)).toContain('118/76');
    const read = (await ask(nurse, 'GET', `/api/visits/${visitId}/triage`)).body;
    expect(read.measured.map(({ name, value }: Json) => [name, value]).toSorted()).toEqual([['Huyết áp', '118/76 mmHg'], ['Mạch', '72 lần/phút']]);
  });

  it('suggests by NEWS2 with its reasons; a later class is refused until a note says why', async () => {
    const { visitId } = await arrive('judged');
    const { body } = await ask(nurse, 'POST', `/api/visits/${visitId}/triage/suggestion`, { vitals: severe });
    expect(body).toMatchObject({ findings: [], suggestion: { class: 'emergency', score: 9, complete: true, rule: { en: 'Early warning score NEWS2' } } });
    expect(body.suggestion.reasons.map(({ sign, points }: Json) => [sign, points])).toEqual([['breaths', 3], ['saturation', 2], ['pulse', 2], ['temperature', 2]]);
    expect(await observations(visitId)).toEqual([]);
    const later = { class: 'urgent', reasons: ['triage-urgent'], vitals: severe, onceKey: 'entry-0003' };
    const refused = await triage(visitId, later);
    expect([refused.status, refused.body.code, await observations(visitId)]).toEqual([422, 'encounters.triage-needs-note', []]);
    expect((await triage(visitId, { ...later, note: 'Đã báo bác sĩ, chờ 5 phút' })).body).toMatchObject({ class: 'urgent', suggestion: { class: 'emergency' } });
  });

  it('refuses what cannot be, and records nothing of it', async () => {
    const { visitId } = await arrive('slip');
    const refused = await triage(visitId, { class: 'normal', reasons: [], vitals: { temperature: 368, pulse: 72 }, onceKey: 'entry-0004' });
    expect([refused.status, refused.body.code, await observations(visitId)]).toEqual([422, 'encounters.vital-sign-impossible', []]);
    expect((await triage(visitId, { class: 'normal', reasons: [], vitals: { pulse: 72 } })).body.code).toBe('encounters.vital-signs-need-key');
  });

  it('takes back what was typed by mistake, of this visit only', async () => {
    const [one, other] = [await arrive('mistaken'), await arrive('another')];
    const { body } = await triage(one.visitId, { class: 'normal', reasons: [], vitals: { weight: 5.5 }, onceKey: 'entry-0005' });
    const [id] = body.observations;
    expect((await triage(other.visitId, { class: 'normal', reasons: [], mistaken: [id] })).body.code).toBe('encounters.not-of-this-visit');
    await triage(one.visitId, { class: 'normal', reasons: [], vitals: { weight: 55 }, onceKey: 'entry-0006', mistaken: [id] });
    expect((await observations(one.visitId)).map(({ status, valueQuantity }) => [status, valueQuantity.value]).toSorted()).toEqual([['entered-in-error', 5.5], ['final', 55]]);
    expect((await ask(nurse, 'GET', `/api/visits/${one.visitId}/triage`)).body.measured.map(({ value }: Json) => value)).toEqual(['55 kg']);
  });

  it('is for nurses and doctors: the desk and the cashier may not', async () => {
    const { visitId } = await arrive('guarded');
    for (const role of ['reception', 'cashier', 'patient'] as const) {
      const who = await server.as(role);
      expect([(await triage(visitId, { class: 'urgent', reasons: [] }, who)).status, (await ask(who, 'GET', `/api/visits/${visitId}/triage`)).status]).toEqual([403, 403]);
    }
  });
});
