// Every way to ask the record that could tell of something by not telling it.
import type { Json } from '../conformance/client.ts';
import { readParameterDefinitions } from '../conformance/read-examples.ts';
import { World } from '../conformance/search-judge.ts';
import { addressOf, randomOf, Searches } from '../conformance/search-queries.ts';

export interface Question {
  readonly method?: string;
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const base = '/fhir/R4';
const get = (path: string): Question => ({ path: `${base}${path}` });
const post = (path: string, body: unknown, headers?: Readonly<Record<string, string>>): Question => ({ method: 'POST', path: `${base}${path}`, body, ...(headers === undefined ? {} : { headers }) });

/** Reads of each hidden resource by its id, in all ways. */
function byName({ resourceType: type, id }: Json): Question[] {
  const content = { resourceType: type, id };
  return [
    get(`/${type}/${id}`), get(`/${type}/${id}/_history`), get(`/${type}/${id}/_history/1`), get(`/${type}/${id}/_history?_summary=count`), get(`/${type}?_id=${id}`),
    get(`/${type}?_id=${id}&_total=accurate&_summary=count`), get(`/${type}/${id}/$meta`), get(`/${type}/${id}?_elements=id`), get(`/${type}/${id}/$validate?mode=delete`),
    get(`/${type}/${id}/$graphql?query=${encodeURIComponent('{id}')}`), get(`/$graphql?query=${encodeURIComponent(`{${type}(id:"${id}"){id}}`)}`),
    { ...get(`/${type}/${id}`), headers: { 'if-none-match': 'W/"1"' } },
    { ...get(`/${type}/${id}`), method: 'HEAD' },
    { ...get(`/${type}/${id}`), method: 'DELETE' },
    { ...get(`/${type}/${id}`), method: 'DELETE', headers: { 'if-match': 'W/"1"' } },
    { ...get(`/${type}/${id}`), method: 'PUT', body: content },
    { ...get(`/${type}/${id}`), method: 'PUT', body: content, headers: { 'if-none-match': '*' } },
    { ...get(`/${type}/${id}`), method: 'PUT', body: content, headers: { 'if-match': 'W/"1"' } },
    { ...get(`/${type}/${id}`), method: 'PATCH', body: [{ op: 'add', path: '/language', value: 'vi' }], headers: { 'content-type': 'application/json-patch+json' } },
    post(`/${type}/${id}/$meta-add`, { resourceType: 'Parameters', parameter: [{ name: 'meta', valueMeta: { tag: [{ code: 'x' }] } }] }),
    post('/', { resourceType: 'Bundle', type: 'batch', entry: [{ request: { method: 'GET', url: `${type}/${id}` } }, { request: { method: 'GET', url: `${type}?_id=${id}` } }] }),
    post('/', { resourceType: 'Bundle', type: 'transaction', entry: [{ request: { method: 'GET', url: `${type}/${id}/_history/1` } }] }),
    { ...get(`/${type}?_id=${id}`), method: 'DELETE' },
    { ...get(`/${type}?_id=${id}`), method: 'PUT', body: { resourceType: type } },
  ];
}

const values = {
  code: ['http://loinc.org|2345-7', 'http://hl7.org/fhir/sid/icd-10|B20.1', 'B20.1', 'http://hl7.org/fhir/sid/icd-10|E11.9'],
  number: ['gt30', '31.7', 'lt40', 'ge8'],
  day: ['2026-03-01', 'ge2026-02-01', 'lt2026-03-01T08:00:00+07:00', 'ne2020'],
  patient: ['Patient/tran-van-ba', 'Patient/le-thi-khoa', 'Patient/nguyen-thi-hanh', 'Patient/nobody'],
  doctor: ['Practitioner/bac-si-khac', 'Practitioner/le-minh-quang'],
} as const;

/** Searches of visible types through hidden ones. */
const around: readonly string[] = [
  ...values.number.flatMap((n) => [
    `/Patient?_has:Observation:patient:value-quantity=${n}`, `/Patient?_has:Observation:subject:value-quantity=${n}&_total=accurate`, `/Practitioner?_has:Observation:performer:value-quantity=${n}`,
    `/Observation?value-quantity=${n}&_sort=-value-quantity`, `/Observation?value-quantity=${n}&_summary=count`, `/Observation?code-value-quantity=http://loinc.org|2345-7$${n}`,
    `/List?item:Observation.value-quantity=${n}`, `/Composition?entry:Observation.value-quantity=${n}`, `/Practitioner?_has:Observation:performer:encounter.subject:Patient._has:Observation:patient:value-quantity=${n}`,
    `/Observation?_filter=${encodeURIComponent(`subject:Patient.name co "ba" and value-quantity ge 1`)}&_total=estimate`,
  ]),
  ...values.code.flatMap((code) => [
    `/Patient?_has:Condition:patient:code=${code}`, `/Practitioner?_has:Patient:general-practitioner:_has:Condition:patient:code=${code}`, `/Condition?code=${code}&_total=accurate`,
    `/Encounter?_has:Condition:encounter:code=${code}`, `/Patient?_has:Condition:patient:code:not=${code}`, `/Observation?encounter._has:Condition:encounter:code=${code}`, `/?_type=Observation,Condition&_total=accurate&code=${code}`,
    `/Condition?code:text=B&_count=1`, `/Condition?code=${code}&_sort=code,-recorded-date&_count=1`,
  ]),
  ...values.patient.flatMap((who) => [
    `/Observation?patient=${who}`, `/Observation?patient=${who}&_total=accurate&_count=0`, `/Observation?patient=${who}&_include=Observation:encounter&_include:iterate=Encounter:participant`, `/${who}/Observation`, `/${who}/*`,
    `/Patient?_id=${who.slice(8)}&_revinclude=*`, `/Patient?_id=${who.slice(8)}&_revinclude=Observation:subject&_revinclude:iterate=List:item`, `/${who}/$everything`, `/${who}/$everything?_count=1`,
    `/Observation/$lastn?patient=${who}&category=laboratory`, `/Encounter?subject=${who}&_revinclude=Condition:encounter`, `/DocumentReference?patient=${who}`, `/Claim?patient=${who}`,
    `/$graphql?query=${encodeURIComponent(`{ObservationList(patient:"${who}"){id valueQuantity{value}} ObservationConnection(patient:"${who}"){count}}`)}`,
    `/${who}/$graphql?query=${encodeURIComponent('{id ObservationList(_reference:patient){id subject{resource{... on Patient{id}}}}}')}`,
  ]),
  ...values.doctor.flatMap((who) => [`/Observation?performer=${who}`, `/Encounter?participant=${who}&_total=accurate`, `/${who}/Observation`, `/Practitioner?_id=${who.slice(13)}&_revinclude=Observation:performer&_revinclude=MedicationRequest:requester`]),
  ...values.day.flatMap((day) => [`/Observation?date=${day}&_sort=date`, `/Encounter?date=${day}&_count=1`, `/Patient?_has:Encounter:patient:date=${day}`, `/?_type=Observation,Encounter,Condition&_lastUpdated=ge2020-01-01&_count=3`]),
  '/Observation?_text=Đường', '/Observation?_content=mmol', '/Condition?_content=B20.1&_total=accurate', '/Observation?_list=list-tran-van-ba', '/Patient?_list=list-tran-van-ba', '/?_list=list-tran-van-ba',
  '/Observation?patient:Patient.name=ba', '/Observation?patient.name=Hạnh&code=http://loinc.org|2345-7', '/Observation?patient.identifier=http://bvsen.vn/ma-benh-nhan|BN-tran-van-ba', '/Observation?encounter.status=in-progress',
  '/Observation?_sort=-_lastUpdated&_count=2', '/Observation?_sort=patient,-date&_count=1', '/Condition?_sort=code&_count=1', '/Observation?_tag:missing=true&_count=1&_total=estimate', '/Observation?derived-from:missing=false',
  '/_history?_count=5', '/Observation/_history', '/Observation/_history?_summary=count', '/Condition/_history?_since=2020-01-01', '/Binary', '/Binary?_id=paper-tran-van-ba', '/Encounter?_summary=text', '/ServiceRequest?_elements=id',
  '/Observation?_explain=true', '/Composition/note-tran-van-ba/$document', '/Composition/$document?id=note-tran-van-ba', '/Patient/$everything?_count=2', '/Medication?_has:MedicationRequest:medication:status=active',
  '/Organization?_has:Claim:provider:patient=Patient/tran-van-ba', '/Organization?_has:Claim:provider:status=active', '/Patient?_has:List:subject:item=Observation/glucose-tran-van-ba', '/Observation?subject:Patient._has:MedicationRequest:patient:status=active',
  '/Observation?subject:identifier=http://bvsen.vn/ma-benh-nhan|BN-tran-van-ba', '/Patient?identifier:of-type=http://bvsen.vn/ma-benh-nhan|MR|BN-tran-van-ba', '/Observation?subject.name:missing=false&_count=1', '/Observation?_sort=-value-quantity,date&_count=1',
  '/Condition?encounter.subject:Patient.general-practitioner:Practitioner.family=Trịnh', '/Practitioner?_has:Encounter:participant:_has:Condition:encounter:code=B20.1', '/Patient?_has:Encounter:patient:_has:Condition:encounter:code:not=B20.1',
  '/Patient?_has:Condition:patient:_lastUpdated=ge2020&_sort=-_lastUpdated', '/Observation?derived-from:Observation.value-quantity=31.7', '/Observation?derived-from:below=Observation/glucose-tran-van-ba', '/Encounter?part-of:above=Encounter/visit-tran-van-ba',
  `/Patient?_filter=${encodeURIComponent('_has.Observation.patient.value-quantity gt 30')}`, `/Patient?_filter=${encodeURIComponent('not (_has.Condition.patient.code eq "B20.1")')}`, `/Observation?_filter=${encodeURIComponent('subject[name co "Ba"]')}`,
  '/Observation/_history?_at=2026-11', '/Condition/_history?_since=2020-01-01&_count=1', '/Observation/glucose-tran-van-ba/_history?_since=2020-01-01', '/Patient/tran-van-ba/$everything?_type=Observation,Condition&_since=2020-01-01&start=2026-01-01',
  '/Patient/tran-van-ba/$summary', '/Patient/le-thi-khoa/$summary', '/Observation/$lastn?max=3&code=2345-7', '/Observation/$lastn?patient=Patient/le-thi-khoa', '/Observation?_content=mmoll', '/Condition?_text=Bệnhh', '/Observation?_in=List/list-tran-van-ba',
  '/Encounter?_include=*', '/Patient?_include=*&_revinclude=*', '/Practitioner?_revinclude=*&_revinclude:iterate=*', '/Practitioner?_revinclude:iterate=Encounter:participant&_revinclude:iterate=Condition:encounter', '/Organization/nha/*', '/Practitioner/bac-si-khac/*',
  `/$graphql?query=${encodeURIComponent('query { a: ConditionList(code: "B20.1") { ...c } b: PatientConnection(_has: "x") { count } } fragment c on Condition { id encounter { resource { ... on Encounter { id } } } }')}`,
  `/$graphql?query=${encodeURIComponent('{PractitionerList{id EncounterList(_reference:participant){id} ObservationConnection(_reference:performer){count}}}')}`, `/$graphql?query=${encodeURIComponent('{ConditionConnection(_sort:"code"){count offset edges{resource{id}}}}')}`,
  '/Observation/$meta', '/$meta', '/Patient/tran-van-ba/$meta', '/Group', '/Provenance?target=Observation/glucose-tran-van-ba', '/AuditEvent?patient=Patient/tran-van-ba', '/Patient/$export', '/$export',
  '/Observation?combo-code=2345-7&_total=accurate', '/Observation?near=1', '/Patient?general-practitioner=bac-si-khac&_has:Observation:patient:code=2345-7',
];

const observation = (more: object): Json => ({ resourceType: 'Observation', status: 'final', code: { text: 'x' }, subject: { reference: 'Patient/tran-van-ba' }, ...more });

/** Patients described, by what is hidden of them too. */
const described: readonly Json[] = [
  { birthDate: '1980-05-01', name: [{ family: 'Trần', given: ['Ba'] }] }, { identifier: [{ system: 'http://bvsen.vn/ma-benh-nhan', value: 'BN-tran-van-ba' }] }, { birthDate: '1980-05-01', telecom: [{ system: 'phone', value: '09111234567' }] },
];

/** Writes that would meet what is hidden. */
const writes: readonly Question[] = [
  ...described.map((who) => post('/Patient/$match', { resourceType: 'Parameters', parameter: [{ name: 'resource', resource: { resourceType: 'Patient', ...who } }] })),
  post('/Observation/$validate', observation({ id: 'glucose-tran-van-ba' })), { method: 'POST', path: `${base}/Observation/glucose-tran-van-ba/$validate?mode=update`, body: observation({ id: 'glucose-tran-van-ba' }) },
  { method: 'POST', path: `${base}/Observation/_search?value-quantity=31.7&_total=accurate`, body: '', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
  { method: 'PATCH', path: `${base}/Observation/glucose-tran-van-ba`, body: [{ op: 'test', path: '/valueQuantity/value', value: 31.7 }], headers: { 'content-type': 'application/json-patch+json' } },
  post('/', { resourceType: 'Bundle', type: 'transaction', entry: [{ request: { method: 'DELETE', url: 'Observation?value-quantity=31.7' } }] }),
  post('/', { resourceType: 'Bundle', type: 'transaction', entry: [{ request: { method: 'PUT', url: 'Observation/glucose-tran-van-ba', ifMatch: 'W/"1"' }, resource: observation({ id: 'glucose-tran-van-ba' }) }] }),
  post('/', { resourceType: 'Bundle', type: 'transaction', entry: [{ request: { method: 'PATCH', url: 'Observation/glucose-tran-van-ba' }, resource: { resourceType: 'Parameters', parameter: [] } }] }),
  post('/Observation', observation({}), { 'if-none-exist': 'patient=Patient/tran-van-ba&code=http://loinc.org|2345-7' }),
  post('/Observation', observation({}), { 'if-none-exist': '_id=glucose-tran-van-ba' }),
  post('/Observation', observation({ subject: { reference: 'Patient/nguyen-thi-hanh' } }), { 'if-none-exist': 'value-quantity=31.7' }),
  { method: 'PUT', path: `${base}/Observation?value-quantity=31.7`, body: observation({}) },
  { method: 'PATCH', path: `${base}/Observation?value-quantity=31.7`, body: [{ op: 'add', path: '/language', value: 'vi' }], headers: { 'content-type': 'application/json-patch+json' } },
  { method: 'DELETE', path: `${base}/Observation?value-quantity=31.7` },
  post('/', { resourceType: 'Bundle', type: 'transaction', entry: [{ request: { method: 'POST', url: 'Observation' }, resource: observation({ subject: { reference: 'Patient/nguyen-thi-hanh' }, derivedFrom: [{ reference: 'Observation?value-quantity=31.7' }] }) }] }),
  post('/', { resourceType: 'Bundle', type: 'batch', entry: [{ request: { method: 'POST', url: 'Observation', ifNoneExist: 'value-quantity=31.7' }, resource: observation({}) }, { request: { method: 'DELETE', url: 'Observation/glucose-tran-van-ba' } }, { request: { method: 'PUT', url: 'Observation/glucose-tran-van-ba', ifMatch: 'W/"1"' }, resource: observation({ id: 'glucose-tran-van-ba' }) }] }),
];

const doors: readonly string[] = [
  '/api/patients?find=BN-tran-van-ba', '/api/patients?find=0911', '/api/attention', '/api/patients/tran-van-ba/standing', '/api/patients/tran-van-ba/documents/Observation.glucose-tran-van-ba', `/api/patients/nguyen-thi-hanh/documents/DocumentReference.letter-tran-van-ba`,
  '/api/patients/tran-van-ba/documents/DocumentReference.letter-tran-van-ba/signatures', '/api/patients/tran-van-ba/look',
  ...['tran-van-ba', 'le-thi-khoa', 'nobody'].flatMap((who) => ['banner', 'timeline', 'results?category=laboratory', 'results/latest', 'problems', 'medicines?when=now', 'medicines?when=before', 'documents'].map((what) => `/api/patients/${who}/${what}`)),
  '/api/patients/tran-van-ba/results/trend?key=2345-7', '/api/patients/tran-van-ba/documents/DocumentReference.letter-tran-van-ba', '/api/visits/present', '/api/charts/recent', '/api/patients?find=ba', '/api/patients?find=khoa',
];

/** All of them, and as many again put together at random, from what the resources say: those that are seen and those that are not. */
export function questions(shared: readonly Json[], hidden: readonly Json[]): Question[] {
  const named = hidden.flatMap(byName);
  const searches = new Searches(new World([...shared, ...hidden], readParameterDefinitions()), randomOf(SEED), new Set(['special']));
  return [...around.map(get), ...named, ...mixed(COUNT), ...Array.from({ length: COUNT }, () => get(addressOf(searches.next()))), ...writes, ...doors.map((path) => ({ path }))];
}

const COUNT = Number(process.env['SEN_TEST_SEARCHES'] ?? '100');
const SEED = Number(process.env['SEN_TEST_SEARCH_SEED'] ?? '20261123');

function mixed(count: number): Question[] {
  const random = randomOf(SEED);
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const conditions = (): string => one([
    `code=${one(values.code)}`, `value-quantity=${one(values.number)}`, `date=${one(values.day)}`, `patient=${one(values.patient)}`, `performer=${one(values.doctor)}`,
    `patient.name=${one(['ba', 'hạnh', 'nobody'])}`, `encounter.participant=${one(values.doctor)}`, `_has:List:item:patient=${one(values.patient)}`, `_id=${one(['glucose-tran-van-ba', 'glucose-nguyen-thi-hanh'])}`,
    `status=${one(['final', 'amended'])}`, `_lastUpdated=${one(['ge2020', 'lt2020'])}`, `code:text=${one(['đường', 'x'])}`, 'subject:missing=false', `encounter:missing=${one(['true', 'false'])}`,
  ]);
  const controls = (): string => one([
    '_total=accurate', '_total=estimate', '_summary=count', '_count=1', '_sort=-date', '_sort=value-quantity', '_sort=-_lastUpdated', '_sort=code', '_include=Observation:patient', '_include=Observation:encounter',
    '_include=*', '_revinclude=List:item', '_revinclude=*', '_elements=code', '_summary=true',
  ]);
  return Array.from({ length: count }, () => {
    const parts = [...Array.from({ length: one([1, 1, 2, 3]) }, conditions), ...Array.from({ length: one([0, 1, 1, 2]) }, controls)];
    return get(`/Observation?${[...new Map(parts.map((part) => [part.split('=')[0], part])).values()].join('&')}`);
  });
}
