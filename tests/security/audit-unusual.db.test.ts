import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UnusualAccess } from '@sen/contracts';
import { addEntries } from '../../server/src/modules/security/index.ts';
import { patientKeyOf } from '../../server/src/modules/security/fhir-audit-keys.ts';
import { testServer, type TestCaller, type TestServer } from '../support/server.ts';

let server: TestServer;
let auditor: TestCaller;
const accounts = new Map<string, string>();
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** 10:00 in Vietnam, today or some days ago. */
const morning = (daysAgo = 0) => Math.floor((Date.now() + 7 * hourMs) / dayMs) * dayMs + 3 * hourMs - (daysAgo + 1) * dayMs;

const employee = { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'EMP' }] };
const famous = { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'VIP' }] };
const lang = [{ use: 'home', line: ['Số 3'], district: 'Phường Láng', city: 'Thành phố Hà Nội' }];

beforeAll(async () => {
  server = await testServer();
  auditor = await server.as('auditor');
  const put = async (type: string, id: string, resource: object) => {
    const answer = await server.call(`/fhir/R4/${type}/${id}`, { method: 'PUT', headers: { 'content-type': 'application/fhir+json' }, body: JSON.stringify({ resourceType: type, id, ...resource }) });
    expect(answer.status, await answer.text()).toBeLessThan(300);
  };
  await put('Practitioner', 'le-minh-quang', { name: [{ family: 'Lê', given: ['Minh', 'Quang'] }], address: lang });
  await put('Patient', 'dong-nghiep', { meta: employee, name: [{ text: 'Vũ Thị Mai' }] });
  await put('Patient', 'ca-si', { meta: famous, name: [{ text: 'Hồng Ngát' }] });
  await put('Patient', 'em-ho', { name: [{ family: 'Lê', text: 'Lê Thị Em' }], address: lang });
  await put('Patient', 'hang-xom', { name: [{ family: 'Trương', text: 'Trương Văn Xóm' }], address: lang });
  await put('Patient', 'nguoi-benh', { meta: employee, name: [{ text: 'Phạm Của Mình' }], address: lang });
  await put('Encounter', 'kham', { status: 'in-progress', class: { code: 'AMB' }, subject: { reference: 'Patient/nguoi-benh' }, participant: [{ individual: { reference: 'Practitioner/le-minh-quang' } }] });
  await put('Patient', 'xa-la', { name: [{ text: 'Đỗ Xa Lạ' }] });
  const { rows } = await server.db.database.query<{ username: string; id: string }>({ text: 'select username, id from security.account' });
  for (const { username, id } of rows) accounts.set(username, id);
});
afterAll(() => server.close());

function looks(username: string, patients: string[], at: number, more: object = {}): Promise<void> {
  return addEntries(server.db.work(), patients.map((id) => ({ at, kind: 'read', action: 'R' as const, outcome: 0 as const, actor: accounts.get(username)!, patients: [String(patientKeyOf(id))], touches: [`R Patient/${id}/1`], ...more })));
}

async function unusual(days = 7): Promise<UnusualAccess[]> {
  const answer = await auditor.call(`/api/audit/unusual?days=${days}`);
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { accesses: UnusualAccess[] }).accesses;
}

const reasonsOf = (found: readonly UnusualAccess[], patient: string | undefined) => found.filter((access) => access.patient?.id === patient).map(({ actor, score, reasons }) => [actor.name, score, ...reasons.map(({ rule }) => rule)]);

describe('Unusual access: hints with their reasons, counted when somebody asks', () => {
  it('names the colleague, the famous, the neighbour and the probable relative, each once, the most unusual first', async () => {
    await looks('bacsi', ['dong-nghiep', 'ca-si', 'em-ho', 'hang-xom', 'nguoi-benh', 'xa-la'], morning());
    const found = await unusual();
    expect(reasonsOf(found, 'dong-nghiep')).toEqual([['BS. Lê Minh Quang', 70, 'no-relation', 'colleague']]);
    expect(reasonsOf(found, 'ca-si')).toEqual([['BS. Lê Minh Quang', 75, 'no-relation', 'famous']]);
    expect(reasonsOf(found, 'em-ho')).toEqual([['BS. Lê Minh Quang', 75, 'no-relation', 'relative-name']]);
    expect(reasonsOf(found, 'hang-xom')).toEqual([['BS. Lê Minh Quang', 60, 'no-relation', 'neighbour']]);
    expect(found.map(({ score }) => score)).toEqual(found.map(({ score }) => score).toSorted((a, b) => b - a));
    expect(found.find(({ patient }) => patient?.id === 'em-ho')?.reasons[1]?.vi).toBe('cùng họ Lê và cùng nơi ở (Phường Láng, Thành phố Hà Nội): có thể là người nhà');
  });

  it('is silent about one’s own patient, though a colleague and a neighbour, and about one look at a stranger', async () => {
    const found = await unusual();
    expect(reasonsOf(found, 'nguoi-benh')).toEqual([]);
    expect(reasonsOf(found, 'xa-la')).toEqual([]);
  });

  it('is silent about what was opened in an emergency, which is reviewed by itself', async () => {
    await looks('dieuduong', ['ca-si'], morning(), { emergency: true });
    expect(reasonsOf(await unusual(), 'ca-si')).toHaveLength(1);
  });

  it('counts nights', async () => {
    await looks('dieuduong', ['dong-nghiep'], morning() - 9 * hourMs); // 01:00
    expect(reasonsOf(await unusual(), 'dong-nghiep')).toContainEqual(['ĐD. Vũ Thị Lan', 85, 'no-relation', 'colleague', 'night']);
  });

  it('compares a day with the other days of the same person', async () => {
    const someone = (n: number) => Array.from({ length: n }, (_, i) => `benh-${i}`);
    for (let day = 2; day < 12; day++) await looks('tiepdon', someone(8), morning(day));
    await looks('tiepdon', someone(90), morning());
    await looks('truongkhoa', someone(90), morning()); // nothing to compare with
    const volumes = reasonsOf(await unusual(), undefined);
    expect(volumes).toEqual([['Phạm Thu Hà', expect.any(Number) as number, 'volume']]);
  });

  it('counts refusals', async () => {
    await addEntries(server.db.work(), Array.from({ length: 12 }, () => ({ at: morning(), kind: 'read', action: 'R' as const, outcome: 4 as const, status: 404, actor: accounts.get('thungan')! })));
    expect(reasonsOf(await unusual(), undefined)).toContainEqual(['Trịnh Thị Loan', 32, 'refused']);
  });
});
