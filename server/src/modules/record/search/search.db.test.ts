import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Resource } from '@sen/fhir';
import { testDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { importResources } from '../import-resources.ts';
import { search, type SearchPage } from './search.ts';

let db: TestDatabase;

const coding = (system: string, code: string) => ({ coding: [{ system, code }] });
const loinc = (code: string) => coding('http://loinc.org', code);
const lab = (id: string, patient: string, code: string, value: number, date: string, extra: object = {}): Resource => ({
  resourceType: 'Observation', id, status: 'final', code: loinc(code), subject: { reference: `Patient/${patient}` }, effectiveDateTime: date,
  valueQuantity: { value, unit: 'mmol/L', system: 'http://unitsofmeasure.org', code: 'mmol/L' }, ...extra,
});

const story: Resource[] = [
  { resourceType: 'Organization', id: 'bm', name: 'Bệnh viện Hoa Sen' },
  { resourceType: 'Practitioner', id: 'quang', name: [{ text: 'Lê Minh Quang', family: 'Lê', given: ['Minh', 'Quang'] }] },
  { resourceType: 'Practitioner', id: 'lan', name: [{ text: 'Vũ Thị Lan', family: 'Vũ', given: ['Thị', 'Lan'] }] },
  {
    resourceType: 'Patient', id: 'hanh', gender: 'female', birthDate: '1968-03-14', name: [{ text: 'Nguyễn Thị Hạnh', family: 'Nguyễn', given: ['Thị', 'Hạnh'] }],
    identifier: [{ system: 'urn:mr', value: '26.014.582' }], telecom: [{ system: 'phone', value: '0912 345 678' }], address: [{ line: ['12 ngõ 68 Nguyễn Khang'], district: 'Yên Hoà', city: 'Hà Nội', country: 'VN' }], generalPractitioner: [{ reference: 'Practitioner/quang' }],
  },
  { resourceType: 'Patient', id: 'hoa', gender: 'female', birthDate: '1990', name: [{ text: 'Đặng Thị Hòa', family: 'Đặng', given: ['Thị', 'Hòa'] }], managingOrganization: { reference: 'Organization/bm' } },
  { resourceType: 'Patient', id: 'phuc', gender: 'male', birthDate: '1955-07', name: [{ text: 'Trần Văn Phúc', family: 'Trần', given: ['Văn', 'Phúc'] }], deceasedDateTime: '2026-01-02', meta: { tag: [{ system: 'urn:t', code: 'vip' }] } },
  {
    resourceType: 'Encounter', id: 'e1', status: 'in-progress', class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' }, subject: { reference: 'Patient/hanh' },
    participant: [{ individual: { reference: 'Practitioner/quang' } }], period: { start: '2026-03-01T08:00:00+07:00' }, serviceProvider: { reference: 'Organization/bm' },
  },
  {
    resourceType: 'Encounter', id: 'e2', status: 'finished', class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP' }, subject: { reference: 'Patient/phuc' },
    participant: [{ individual: { reference: 'Practitioner/lan' } }], period: { start: '2025-12-20', end: '2026-01-02' },
  },
  lab('k1', 'hanh', '2823-3', 4.8, '2026-03-01T08:30:00+07:00', { encounter: { reference: 'Encounter/e1' }, performer: [{ reference: 'Practitioner/lan' }] }),
  lab('k2', 'hanh', '2823-3', 5.6, '2025-11-20', { status: 'amended' }),
  lab('k3', 'phuc', '2823-3', 6.1, '2025-12-21', { encounter: { reference: 'Encounter/e2' } }),
  lab('g1', 'hanh', '2345-7', 8.2, '2026-03-01T08:30:00+07:00', { valueQuantity: { value: 100, unit: 'mg/dL', system: 'http://unitsofmeasure.org', code: 'mg/dL' } }),
  {
    resourceType: 'Observation', id: 'bp', status: 'final', code: loinc('85354-9'), subject: { reference: 'Patient/hanh' }, effectiveDateTime: '2026-03-01T08:36:00+07:00',
    component: [{ code: loinc('8480-6'), valueQuantity: { value: 152, system: 'http://unitsofmeasure.org', code: 'mm[Hg]' } }, { code: loinc('8462-4'), valueQuantity: { value: 88, system: 'http://unitsofmeasure.org', code: 'mm[Hg]' } }],
  },
  { resourceType: 'DiagnosticReport', id: 'r1', status: 'final', code: loinc('24323-8'), subject: { reference: 'Patient/hanh' }, result: [{ reference: 'Observation/k1' }, { reference: 'Observation/g1' }], issued: '2026-03-01T09:00:00+07:00' },
  { resourceType: 'RiskAssessment', id: 'risk', status: 'final', subject: { reference: 'Patient/hanh' }, prediction: [{ probabilityDecimal: 0.25 }] },
  { resourceType: 'ValueSet', id: 'vs', status: 'active', url: 'http://sen.example/vs/a', version: '2' },
  { resourceType: 'Location', id: 'hanoi', name: 'Cơ sở 1', position: { latitude: 21.0012, longitude: 105.8412 } },
  { resourceType: 'Location', id: 'haiphong', name: 'Cơ sở 2', position: { latitude: 20.8449, longitude: 106.6881 } },
];

beforeAll(async () => {
  db = await testDatabase();
  const results = await importResources(db.work(), story);
  expect(results.filter((r) => r.outcome !== 'created')).toEqual([]);
});
afterAll(() => db.close());

const run = (type: string | undefined, query: string, options: { lenient?: boolean; compartment?: { type: string; id: string } } = {}): Promise<SearchPage> =>
  search(db.work(), type, new URLSearchParams(query), { lenient: false, ...options });
const ids = async (type: string | undefined, query: string, compartment?: { type: string; id: string }): Promise<string[]> =>
  (await run(type, query, compartment === undefined ? {} : { compartment })).entries.filter((e) => e.mode === 'match').map((e) => e.id).sort();
const included = async (type: string, query: string): Promise<string[]> => (await run(type, query)).entries.filter((e) => e.mode === 'include').map((e) => `${e.type}/${e.id}`).sort();

describe('string (R4 search §3.1.1.4.9)', () => {
  it.each([['nguyen'], ['Nguyễn'], ['NGUYỄN'], ['nguyễn'.normalize('NFD')], ['thi hanh'], ['hạnh']])('finds Nguyễn Thị Hạnh by %s', async (name) => {
    expect(await ids('Patient', `name=${encodeURIComponent(name)}`)).toContain('hanh');
  });
  it('finds Đặng by dang and Hòa by hoà, and tells them apart with :exact', async () => {
    expect(await ids('Patient', 'family=dang')).toEqual(['hoa']);
    expect(await ids('Patient', `given=${encodeURIComponent('hoà')}`)).toEqual(['hoa']);
    expect(await ids('Patient', `given:exact=${encodeURIComponent('Hòa')}`)).toEqual(['hoa']);
    expect(await ids('Patient', `given:exact=${encodeURIComponent('Hoà')}`)).toEqual([]);
    expect(await ids('Patient', 'family:exact=Dang')).toEqual([]);
  });
  it('joins repeats by AND and commas by OR', async () => {
    expect(await ids('Patient', 'name=thi&name=hanh')).toEqual(['hanh']);
    expect(await ids('Patient', 'family=dang,tran')).toEqual(['hoa', 'phuc']);
  });
  it.each([['address=ha noi'], ['address=12 ngo'], ['address=yen hoa'], ['address-city=ha'], ['address-country=vn'], ['address:exact=VN']])('finds an address by %s', async (query) => {
    expect(await ids('Patient', query)).toEqual(['hanh']);
  });
  it('finds a patient by the start of a number with the added parameter `find`', async () => {
    expect(await ids('Patient', 'find=26014')).toEqual(['hanh']);
    expect(await ids('Patient', 'find=0912')).toEqual(['hanh']);
    expect(await ids('Patient', 'find=hanh&find=nguyen')).toEqual(['hanh']);
  });
});

describe('token (R4 search §3.1.1.4.10)', () => {
  it.each([
    ['Observation', 'code=2823-3', ['k1', 'k2', 'k3']],
    ['Observation', 'code=http://loinc.org|2823-3', ['k1', 'k2', 'k3']],
    ['Observation', 'code=http://snomed.info/sct|2823-3', []],
    ['Observation', 'code=|2823-3', []],
    ['Observation', 'status=amended', ['k2']],
    ['Observation', 'status:not=final', ['k2']],
    ['Patient', 'gender=female', ['hanh', 'hoa']],
    ['Patient', 'gender=http://hl7.org/fhir/administrative-gender|male', ['phuc']],
    ['Patient', 'identifier=urn:mr|26.014.582', ['hanh']],
    ['Patient', 'identifier=urn:mr|', ['hanh']],
    ['Patient', 'phone=0912345678', ['hanh']],
    ['Patient', 'deceased=true', ['phuc']],
    ['Patient', '_tag=urn:t|vip', ['phuc']],
    ['Patient', '_id=hanh,phuc', ['hanh', 'phuc']],
  ])('%s?%s', async (type, query, expected) => {
    expect(await ids(type, query)).toEqual(expected);
  });
});

describe('date (R4 search §3.1.1.4.7: intervals; partial dates mean Hà Nội)', () => {
  it.each([
    ['Observation', 'date=2026-03-01&code=2823-3', ['k1']],
    ['Observation', 'date=2026-03-01T01:30:00Z&code=2823-3', ['k1']],
    ['Observation', 'date=ne2025-12-21&code=2823-3', ['k1', 'k2']],
    ['Observation', 'date=lt2026&code=2823-3', ['k2', 'k3']],
    ['Observation', 'date=ge2025-12-21&code=2823-3', ['k1', 'k3']],
    ['Observation', 'date=gt2025-12-21&code=2823-3', ['k1']],
    ['Observation', 'date=le2025-11-20&code=2823-3', ['k2']],
    ['Observation', 'date=sa2025-12-21&code=2823-3', ['k1']],
    ['Observation', 'date=eb2025-12-21&code=2823-3', ['k2']],
    ['Encounter', 'date=gt2026-01-01', ['e1', 'e2']],
    ['Encounter', 'date=ge2026-04', ['e1']],
    ['Encounter', 'date=lt2026-01-01', ['e2']],
    ['Encounter', 'date=2025-12', []],
    ['Patient', 'birthdate=1968', ['hanh']],
    ['Patient', 'birthdate=lt1968', ['phuc']],
    ['Patient', 'death-date=2026-01-02', ['phuc']],
  ])('%s?%s', async (type, query, expected) => {
    expect(await ids(type, query)).toEqual(expected);
  });
  it('searches by the time of the last write', async () => {
    expect(await ids('Patient', '_lastUpdated=2026-03-02')).toEqual(['hanh', 'hoa', 'phuc']);
    expect(await ids('Patient', '_lastUpdated=gt2026-03-02')).toEqual([]);
  });
});

describe('number, quantity, uri, composite, special', () => {
  it.each([
    ['RiskAssessment', 'probability=gt0.2', ['risk']],
    ['RiskAssessment', 'probability=0.2', []],
    ['RiskAssessment', 'probability=0.3', ['risk']],
    ['RiskAssessment', 'probability=0.4', []],
    ['RiskAssessment', 'probability=0.25', ['risk']],
    ['Observation', 'value-quantity=gt5', ['g1', 'k2', 'k3']],
    ['Observation', 'value-quantity=gt5||mmol/L', ['k2', 'k3']],
    ['Observation', 'value-quantity=5.6|http://unitsofmeasure.org|mmol/L', ['k2']],
    ['Observation', 'value-quantity=6', ['k2', 'k3']],
    ['Observation', 'value-quantity=6.0', []],
    ['Observation', 'value-quantity=ap5', ['k1']],
    ['Observation', 'component-value-quantity=gt150', ['bp']],
    ['Observation', 'combo-value-quantity=lt5', ['k1']],
    ['Observation', 'code-value-quantity=2823-3$gt5', ['k2', 'k3']],
    ['Observation', 'code-value-quantity=http://loinc.org|2823-3$gt6||mmol/L', ['k3']],
    ['Observation', 'component-code-value-quantity=8480-6$gt140', ['bp']],
    ['Observation', 'component-code-value-quantity=8462-4$gt140', []],
    ['Observation', 'combo-code-value-quantity=http://loinc.org|8480-6$152', ['bp']],
    ['ValueSet', 'url=http://sen.example/vs/a', ['vs']],
    ['Location', 'near=21.03|105.85|10|km', ['hanoi']],
    ['Location', 'near=21.03|105.85|200|km', ['haiphong', 'hanoi']],
  ])('%s?%s', async (type, query, expected) => {
    expect(await ids(type, query)).toEqual(expected);
  });
});

describe('reference, chains and _has (R4 search §3.1.1.4.12, .14, .15)', () => {
  it.each([
    ['Observation', 'patient=hanh&code=2823-3', ['k1', 'k2']],
    ['Observation', 'subject=Patient/phuc', ['k3']],
    ['Observation', 'subject:Patient=phuc', ['k3']],
    ['Observation', 'performer=Practitioner/lan', ['k1']],
    ['Observation', 'performer:Practitioner.name=lan', ['k1']],
    ['Observation', 'patient.name=tran', ['k3']],
    ['Observation', 'patient.identifier=urn:mr|26.014.582&code=2823-3', ['k1', 'k2']],
    ['Observation', 'encounter.participant:Practitioner.name=quang', ['k1']],
    ['Observation', 'subject:Patient.general-practitioner:Practitioner.name=quang&code=2345-7', ['g1']],
    ['Patient', '_has:Observation:patient:code=2345-7', ['hanh']],
    ['Patient', '_has:Encounter:patient:participant:Practitioner.name=lan', ['phuc']],
    ['Practitioner', '_has:Encounter:participant:status=in-progress', ['quang']],
    ['Observation', '_has:DiagnosticReport:result:code=24323-8', ['g1', 'k1']],
    ['Patient', '_has:Observation:patient:_has:DiagnosticReport:result:status=final', ['hanh']],
    ['Patient', 'organization.name=benh vien', ['hoa']],
  ])('%s?%s', async (type, query, expected) => {
    expect(await ids(type, query)).toEqual(expected);
  });
});

describe('includes (R4 search §3.1.1.5.4)', () => {
  it('brings what results point to and what points to them, each once', async () => {
    expect(await included('Observation', 'code=2823-3&_include=Observation:patient&_include=Observation:performer')).toEqual(['Patient/hanh', 'Patient/phuc', 'Practitioner/lan']);
    expect(await included('Encounter', '_id=e1&_revinclude=Observation:encounter')).toEqual(['Observation/k1']);
  });
  it('iterates until nothing is new', async () => {
    expect(await included('DiagnosticReport', '_id=r1&_include=DiagnosticReport:result&_include:iterate=Observation:encounter&_include:iterate=Encounter:service-provider')).toEqual([
      'Encounter/e1', 'Observation/g1', 'Observation/k1', 'Organization/bm',
    ]);
  });
  it('brings only the target type asked for', async () => {
    expect(await included('Observation', '_id=k1&_include=Observation:subject:Group')).toEqual([]);
    expect(await included('Observation', '_id=k1&_include=Observation:subject:Patient')).toEqual(['Patient/hanh']);
  });
});

describe('compartments and several types', () => {
  it('keeps to the compartment', async () => {
    expect(await ids('Observation', '', { type: 'Patient', id: 'hanh' })).toEqual(['bp', 'g1', 'k1', 'k2']);
    expect(await ids(undefined, '', { type: 'Patient', id: 'phuc' })).toEqual(['e2', 'k3', 'phuc']);
    expect(await ids('Observation', '', { type: 'Encounter', id: 'e1' })).toEqual(['k1']);
    expect(await ids('Encounter', '', { type: 'Practitioner', id: 'lan' })).toEqual(['e2']);
  });
  it('searches several types and all types', async () => {
    expect(await ids(undefined, '_type=Patient,Practitioner&name=le')).toEqual(['quang']);
    expect(await ids(undefined, '_id=hanh')).toEqual(['hanh']);
  });
});

describe('order, pages and totals (R4 search §3.1.1.5)', () => {
  const sorted = async (type: string, query: string): Promise<string[]> => (await run(type, query)).entries.map((e) => e.id);
  it.each([
    ['Patient', '_sort=birthdate', ['phuc', 'hanh', 'hoa']],
    ['Patient', '_sort=-birthdate', ['hoa', 'hanh', 'phuc']],
    ['Patient', '_sort=family', ['hoa', 'hanh', 'phuc']],
    ['Patient', '_sort=gender,-family', ['hanh', 'hoa', 'phuc']],
    ['Patient', '_sort=death-date,family', ['phuc', 'hoa', 'hanh']],
    ['Observation', 'code=2823-3&_sort=-value-quantity', ['k3', 'k2', 'k1']],
    ['Observation', 'code=2823-3&_sort=-status,date', ['k3', 'k1', 'k2']],
    ['Observation', 'code=2823-3&_sort=_id', ['k1', 'k2', 'k3']],
  ])('%s?%s', async (type, query, expected) => {
    expect(await sorted(type, query)).toEqual(expected);
  });
  it.each(['', '&_sort=-date', '&_sort=code,-date', '&_sort=value-quantity', '&_sort=-_lastUpdated'])('pages through all once, order "%s"', async (order) => {
    const seen: string[] = [];
    for (let page: string | undefined = ''; page !== undefined; ) {
      const got: SearchPage = await run('Observation', `_count=2${order}${page === '' ? '' : `&_page=${page}`}`);
      seen.push(...got.entries.map((e) => e.id));
      page = got.next;
    }
    expect([...seen].sort()).toEqual(['bp', 'g1', 'k1', 'k2', 'k3']);
    expect(new Set(seen).size).toBe(5);
  });
  it('counts when asked and when it is free', async () => {
    expect((await run('Observation', '_count=2')).total).toBeUndefined();
    expect((await run('Observation', '_count=2&_total=accurate')).total).toBe(5);
    expect((await run('Observation', '_count=10')).total).toBe(5);
    expect(await run('Observation', '_summary=count')).toMatchObject({ total: 5, entries: [] });
  });
  it('shortens by _elements and _summary and says so', async () => {
    const [entry] = (await run('Patient', '_id=hanh&_elements=birthDate')).entries;
    const shortened = JSON.parse(entry?.json.toString() ?? '') as Resource;
    expect(Object.keys(shortened).sort()).toEqual(['birthDate', 'id', 'meta', 'resourceType']);
    expect(JSON.stringify(shortened.meta)).toContain('SUBSETTED');
  });
});

describe('bad searches (R4 search §3.1.1.3)', () => {
  it.each([
    ['Patient', 'nmae=x', 'record.unknown-parameter'],
    ['Patient', 'birthdate=tomorrow', 'record.bad-value'],
    ['Patient', 'name:fuzzy=x', 'record.bad-modifier'],
    ['Patient', '_count=many', 'record.bad-control'],
    ['Patient', '_sort=nothing', 'record.unknown-parameter'],
    ['Patient', '_page=garbage', 'record.bad-control'],
    ['Observation', 'value-quantity=high', 'record.bad-value'],
    ['Observation', 'code-value-quantity=2823-3', 'record.bad-value'],
    ['Observation', '_include=Observation:code', 'record.bad-control'],
    ['Observation', 'focus.name=x', 'record.bad-modifier'],
  ])('refuses %s?%s', async (type, query, code) => {
    await expect(run(type, query)).rejects.toMatchObject({ code });
  });
  it('leaves unknown parameters out when asked to be lenient, with a warning and a truthful self', async () => {
    const page = await run('Patient', 'nmae=x&gender=male', { lenient: true });
    expect(page.entries.map((e) => e.id)).toEqual(['phuc']);
    expect(page.warnings).toHaveLength(1);
    expect(page.self).toBe('gender=male');
  });
});
