import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reviewPatient } from '../../server/src/modules/identity/duplicates/review-patient.ts';
import { contactsOf } from '../../server/src/modules/identity/index.ts';
import { testServer, type TestCaller, type TestServer } from '../support/server.ts';

type Json = any; // eslint-disable-line -- wire tests look into any JSON
let server: TestServer;
let desk: TestCaller;
beforeAll(async () => {
  server = await testServer();
  desk = await server.as('reception');
}, 120_000);
afterAll(() => server.close());

async function ask(method: string, path: string, body?: unknown, who: { call: TestCaller['call'] } = desk): Promise<{ status: number; body: Json }> {
  const type = path.startsWith('/fhir') ? 'application/fhir+json' : 'application/json';
  const response = await who.call(path, { method, ...(body === undefined ? {} : { headers: { 'content-type': type }, body: JSON.stringify(body) }) });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

const cuc = {
  kind: 'full', name: 'Nguyễn Thị Cúc', sex: 'female', birthDate: '1941-03-14', citizenNumber: '001141012345', phone: '0912 345 678', insuranceNumber: 'HT3010123456789',
  address: { line: 'Số 5 ngõ 12', commune: 'Phường Bạch Mai', province: 'Thành phố Hà Nội', provinceCode: '01', former: 'Phường Bạch Mai, Quận Hai Bà Trưng, Hà Nội' },
  relatives: [{ name: 'Trần Thị Hương', relation: 'child', phone: '0987654321', citizenNumber: '001170000111', birthDate: '1970-05-02' }], ethnicity: '01',
};
const register = async (registration: object, more: object = {}) => ask('POST', '/api/patients', { registration, ...more });

describe('Registering a person', () => {
  it('keeps a full form, and gives it back as it was', async () => {
    const { status, body } = await register(cuc, { onceKey: 'cuc-once-1' });
    expect([status, body.name, body.findings]).toEqual([200, 'Nguyễn Thị Cúc', []]);
    expect(body.hospitalNumber).toMatch(/^\d\d\.\d{3}\.\d{3}$/);
    const read = await ask('GET', `/api/patients/${body.patientId}/registration`);
    expect(read.body).toMatchObject({ hospitalNumber: body.hospitalNumber, registration: { ...cuc, phone: '0912345678' } });
    expect((await register(cuc, { onceKey: 'cuc-once-1' })).body.patientId).toBe(body.patientId);
    expect((await contactsOf(server.db.work(), [body.patientId])).get(body.patientId)).toEqual({ name: 'Nguyễn Thị Cúc', phones: ['0912345678'], emails: [] });
  });

  it('refuses a citizen number that somebody has, also when two desks are as fast', async () => {
    const form = { kind: 'full', name: 'Lê Văn Hùng', sex: 'male', birthDate: '1960-01-01', citizenNumber: '001060777777' };
    const both = await Promise.all([register(form), register(form)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)?.body.code ?? JSON.stringify(both)).toContain('identity.already-registered');
  });

  it('tells what looks wrong and registers all the same', async () => {
    const { status, body } = await register({ kind: 'full', name: 'Phạm Thị Nụ', sex: 'male', birthDate: '1950', citizenNumber: '001149000222' });
    expect([status, body.findings.map(({ code }: Json) => code)]).toEqual([200, ['sex-differs-from-number', 'birth-year-differs-from-number']]);
  });

  it('names twins after their mother, in their order, and an unknown person by the number, until the name is known', async () => {
    const mother = (await register({ kind: 'full', name: 'Bế Thị Én', sex: 'female', birthDate: '1999-04-04' })).body;
    const baby = { kind: 'newborn', sex: 'female', birthDate: '2026-11-20', birthTime: '14:05', mother: mother.patientId };
    expect([(await register(baby)).body.name, (await register(baby)).body.name]).toEqual(['Con bà Bế Thị Én', 'Con bà Bế Thị Én (bé thứ 2)']);
    const unknown = (await register({ kind: 'unknown', sex: 'male', foundAt: 'Bến xe Giáp Bát', approximateAge: 60 })).body;
    expect(unknown.name).toBe(`Chưa rõ tên ${unknown.hospitalNumber}`);
    const { body: form } = await ask('GET', `/api/patients/${unknown.patientId}/registration`);
    expect(form.registration).toMatchObject({ kind: 'unknown', foundAt: 'Bến xe Giáp Bát', approximateAge: 60 });
    const known = await ask('PUT', `/api/patients/${unknown.patientId}/registration`, { version: form.version, registration: { kind: 'full', name: 'Đỗ Văn Bảy', sex: 'male', birthDate: '1964' } });
    expect([known.status, known.body.registration.name, known.body.hospitalNumber]).toEqual([200, 'Đỗ Văn Bảy', unknown.hospitalNumber]);
    expect((await ask('PUT', `/api/patients/${unknown.patientId}/registration`, { version: form.version, registration: { kind: 'full', name: 'A', sex: 'male', birthDate: '1964' } })).status).toBe(409);
  });

  it('asks a passport of a foreigner, and permission of everybody', async () => {
    expect((await register({ kind: 'foreigner', name: 'Anna Berg', sex: 'female', birthDate: '1990-02-02', nationality: 'SE' })).status).toBe(400);
    expect((await register({ kind: 'foreigner', name: 'Anna Berg', sex: 'female', birthDate: '1990-02-02', nationality: 'SE', passport: 'AB123456' })).status).toBe(200);
    expect((await ask('POST', '/api/patients', { registration: cuc }, await server.as('patient'))).status).toBe(403);
  });
});

describe('A card at the desk', () => {
  it('finds who it is, and what differs', async () => {
    const { status, body } = await ask('POST', '/api/card-readings', { text: '001141012345||Nguyễn Thị Cúc|15031941|Nữ|Số 5 ngõ 12, Phường Bạch Mai, Hà Nội|25052021\r' });
    expect([status, body.kind, body.patients.map(({ patient, differs }: Json) => [patient.name, differs.map(({ code }: Json) => code)])]).toEqual([200, 'citizen-card', [['Nguyễn Thị Cúc', ['birth-date-differs-from-card']]]]);
    expect(body.address).toEqual({ line: 'Số 5 ngõ 12', commune: 'Phường Bạch Mai', province: 'Thành phố Hà Nội', provinceCode: '01' });
    expect(JSON.stringify(body.patients)).not.toContain('001141012345');
  });

  it('finds those who are alike where nobody has its number', async () => {
    const { body } = await ask('POST', '/api/card-readings', { text: '001141012354||Nguyễn Thị Cúc|14031941|Nữ||' });
    expect([body.patients, body.candidates[0].patient.name, body.candidates[0].grade]).toEqual([[], 'Nguyễn Thị Cúc', 'probable']);
    expect(body.candidates[0].reasons.map(({ code }: Json) => code)).toContain('citizen-slip');
  });

  it('finds provinces by their old names', async () => {
    expect((await ask('GET', '/api/addresses?find=ha+tay')).body).toEqual({ places: [] });
    expect((await ask('GET', `/api/addresses?find=${encodeURIComponent('hai duong')}`)).body.places[0]).toEqual({ province: 'Thành phố Hải Phòng', provinceCode: '31', foundBy: 'Tỉnh Hải Dương' });
  });
});

describe('Merging and parting two records of one person', () => {
  const everything = async (ids: readonly string[]): Promise<Json[]> => {
    const found: Json[] = [];
    for (const id of ids) {
      const { body } = await ask('GET', `/fhir/R4/${id}`, undefined, server);
      const { meta: _meta, ...content } = body;
      found.push(content);
    }
    return found;
  };

  it('moves all that names the one, and puts back exactly what nobody touched since', async () => {
    const kept = (await register({ kind: 'full', name: 'Vũ Thị Mận', sex: 'female', birthDate: '1955-06-07', citizenNumber: '001155000333' })).body;
    const gone = (await register({ kind: 'full', name: 'Vũ Mận', sex: 'female', birthDate: '1955-06-07', phone: '0911222333' })).body;
    await reviewPatient(server.db.work(), { name: 'identity.patient-registered', data: { patient: gone.patientId } });
    const queue = await ask('GET', '/api/duplicates');
    const pair = queue.body.pairs.find(({ left, right }: Json) => [left.id, right.id].includes(gone.patientId));
    expect(pair).toMatchObject({ grade: 'probable' });
    expect((await ask('GET', `/api/duplicates/${pair.id}`)).body.fields.find(({ field }: Json) => field === 'birthDate').same).toBe(true);

    const subject = { reference: `Patient/${gone.patientId}` };
    const made: string[] = [];
    for (const resource of [
      { resourceType: 'Observation', status: 'final', code: { text: 'Mạch' }, subject, valueQuantity: { value: 72.0 }, performer: [subject] },
      { resourceType: 'Condition', subject, code: { text: 'Tăng huyết áp' } },
      { resourceType: 'Provenance', target: [subject], recorded: '2026-11-20T08:00:00+07:00', agent: [{ who: { display: 'Máy' } }] },
    ]) made.push(`${resource.resourceType}/${(await ask('POST', `/fhir/R4/${resource.resourceType}`, resource, server)).body.id}`);
    const all = [...made, `Patient/${kept.patientId}`, `Patient/${gone.patientId}`];
    const before = await everything(all);

    const merged = await ask('POST', `/api/patients/${kept.patientId}/merge`, { from: gone.patientId, take: ['phone'] });
    expect([merged.status, merged.body.moved]).toEqual([200, 3]);
    const [, condition, , stays, goes] = await everything(all);
    expect(condition.subject.reference).toBe(`Patient/${kept.patientId}`);
    expect(stays.telecom[0].value).toBe('0911222333');
    expect(goes).toMatchObject({ active: false, link: [{ type: 'replaced-by', other: { reference: `Patient/${kept.patientId}` } }] });
    expect((await ask('GET', `/api/patients/${gone.patientId}/registration`)).body.replacedBy).toBe(kept.patientId);
    expect((await ask('GET', `/api/patients?find=${gone.hospitalNumber}`)).body.matches.map(({ id }: Json) => id)).toEqual([kept.patientId]);
    expect((await ask('GET', `/api/patients/${gone.patientId}/banner`, undefined, server)).body.replacedBy).toBe(kept.patientId);
    expect((await ask('POST', `/api/patients/${kept.patientId}/merge`, { from: gone.patientId })).status).toBe(409);

    await ask('PUT', `/fhir/R4/${made[1]}`, { ...condition, note: [{ text: 'Sửa sau khi nhập' }] }, server);
    const undone = await ask('POST', `/api/merges/${merged.body.mergeId}/undo`);
    expect([undone.status, undone.body]).toEqual([200, { restored: 2, stayed: [{ type: 'Condition', id: made[1]!.split('/')[1] }] }]);
    const after = await everything(all);
    expect([after[0], after[2], after[3], after[4]]).toEqual([before[0], before[2], before[3], before[4]]);
    expect(after[1].subject.reference).toBe(`Patient/${kept.patientId}`);
    expect((await ask('POST', `/api/merges/${merged.body.mergeId}/undo`)).status).toBe(409);
    expect((await ask('GET', `/api/merges?patient=${gone.patientId}`)).body.merges).toMatchObject([{ moved: 3, undone: { stayed: 1 } }]);

    expect((await ask('POST', `/api/duplicates/${pair.id}/decision`, { decision: 'different' })).status).toBe(200);
    expect((await ask('GET', '/api/duplicates')).body.pairs.map(({ id }: Json) => id)).not.toContain(pair.id);
  });
});
