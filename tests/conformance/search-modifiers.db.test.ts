import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer, type TestServer } from '../support/server.ts';
import { clientOf, issueOf, lan, type Client, type Json } from './client.ts';

let server: TestServer;
let fhir: Client;

const loinc = (code: string, display: string, text?: string) => ({ coding: [{ system: 'http://loinc.org', code, display }], ...(text === undefined ? {} : { text }) });
const mr = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR' }], text: 'Số hồ sơ' };
const observation = (id: string, more: object) => ({ resourceType: 'Observation', id, status: 'final', code: loinc('2345-7', 'Glucose [Mass/volume] in Serum', 'Đường huyết'), subject: { reference: 'Patient/lan' }, ...more });
const questionnaire = (id: string, url: string, version: string | undefined, title: string) => ({ resourceType: 'Questionnaire', id, url, ...(version === undefined ? {} : { version }), status: 'active', title });
const answers = (id: string, canonical: string) => ({ resourceType: 'QuestionnaireResponse', id, status: 'completed', questionnaire: canonical });
const site = (id: string, partOf: string | undefined) => ({ resourceType: 'Location', id, name: id, ...(partOf === undefined ? {} : { partOf: { reference: `Location/${partOf}` } }) });

beforeAll(async () => {
  server = await testServer();
  fhir = clientOf(server);
  for (const resource of [
    lan({ id: 'lan', identifier: [{ type: mr, system: 'urn:mr', value: '12345' }, { system: 'urn:card', value: '12345' }], address: [{ city: 'Huế' }], generalPractitioner: [{ reference: 'Practitioner/an' }] }),
    lan({ id: 'nam', gender: 'male', name: [{ family: 'Nguyễn', given: ['Văn', 'Nam'] }], identifier: [{ type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'SS' }] }, system: 'urn:mr', value: '12345' }] }),
    { resourceType: 'Patient', id: 'unknown', active: true },
    { resourceType: 'Practitioner', id: 'an', name: [{ family: 'An' }], active: true },
    observation('glucose', { valueQuantity: { value: 5.4, code: 'mmol/L', system: 'http://unitsofmeasure.org', unit: 'mmol/L' }, effectiveDateTime: '2026-01-02' }),
    observation('sodium', { code: loinc('2951-2', 'Natri huyết thanh'), subject: { reference: 'Patient/nam' } }),
    observation('of-a-group', { code: { text: 'Cảm giác đau' }, subject: { reference: 'Group/ward' }, component: [{ code: loinc('1-1', 'Đau đầu'), valueString: 'x' }] }),
    observation('of-nobody', { code: { coding: [{ system: 'http://snomed.info/sct', code: '1' }] }, subject: { identifier: { system: 'urn:card', value: '079' } } }),
    { resourceType: 'Group', id: 'ward', type: 'person', actual: true },
    site('hospital', undefined), site('building', 'hospital'), site('room', 'building'), site('bed', 'room'), site('elsewhere', undefined),
    { resourceType: 'Encounter', id: 'in-bed', status: 'finished', class: { code: 'IMP' }, subject: { reference: 'Patient/lan' }, location: [{ location: { reference: 'Location/bed' } }] },
    { resourceType: 'Encounter', id: 'in-building', status: 'finished', class: { code: 'AMB' }, subject: { reference: 'Patient/lan' }, location: [{ location: { reference: 'Location/building' } }] },
    { resourceType: 'Encounter', id: 'away', status: 'finished', class: { code: 'AMB' }, subject: { reference: 'Patient/nam' }, location: [{ location: { reference: 'Location/elsewhere' } }] },
    questionnaire('phq-1', 'http://sen.vn/Questionnaire/phq', '1.0', 'Trầm cảm bản một'), questionnaire('phq-2', 'http://sen.vn/Questionnaire/phq', '2.0', 'Trầm cảm bản hai'),
    questionnaire('gad', 'http://sen.vn/Questionnaire/gad', undefined, 'Lo âu'), questionnaire('part', 'http://sen.vn/Questionnaire/phq/part', '1', 'Phần'), questionnaire('other', 'http://sen.vn/Questionnaires', '1', 'Khác'),
    questionnaire('urn', 'urn:uuid:53fefa32-fcbb-4ff8-8a92-55ee120877b7', undefined, 'Khác'),
    answers('to-any', 'http://sen.vn/Questionnaire/phq'), answers('to-1', 'http://sen.vn/Questionnaire/phq|1.0'), answers('to-2', 'http://sen.vn/Questionnaire/phq|2.0'), answers('to-1-2', 'http://sen.vn/Questionnaire/phq|1.2.3'),
    answers('to-gad', 'http://sen.vn/Questionnaire/gad'),
    { resourceType: 'DocumentReference', id: 'scan', status: 'current', content: [{ attachment: { contentType: 'image/png' } }] },
    { resourceType: 'DocumentReference', id: 'letter', status: 'current', content: [{ attachment: { contentType: 'text/html;charset=utf-8' } }] },
    {
      resourceType: 'CodeSystem', id: 'kinds', url: 'http://sen.vn/kinds', status: 'active', content: 'complete', hierarchyMeaning: 'is-a',
      concept: [{ code: 'sugar', concept: [{ code: 'blood', concept: [{ code: 'fasting' }] }, { code: 'urine' }] }, { code: 'salt' }],
    },
    { resourceType: 'ValueSet', id: 'sugars', url: 'http://sen.vn/ValueSet/sugars', status: 'active', compose: { include: [{ system: 'http://sen.vn/kinds', filter: [{ property: 'concept', op: 'is-a', value: 'sugar' }] }] } },
    { resourceType: 'Basic', id: 'sugar', code: { coding: [{ system: 'http://sen.vn/kinds', code: 'sugar' }] } },
    { resourceType: 'Basic', id: 'fasting', code: { coding: [{ system: 'http://sen.vn/kinds', code: 'fasting' }] } },
    { resourceType: 'Basic', id: 'salt', code: { coding: [{ system: 'http://sen.vn/kinds', code: 'salt' }] } },
    { resourceType: 'Basic', id: 'tagged', meta: { profile: ['http://sen.vn/StructureDefinition/basic|1'], tag: [{ system: 'urn:t', code: 'vip', display: 'Khách quý' }] }, code: { text: 'không mã' } },
    { resourceType: 'Basic', id: 'uncoded', code: { text: 'không mã' } },
  ]) expect([resource.id, (await fhir('PUT', `/${resource.resourceType}/${resource.id}`, resource)).status]).toEqual([resource.id, 201]);
});
afterAll(() => server.close());

async function found(query: string): Promise<string[]> {
  const { status, body, text } = await fhir('GET', `/${query.replace(/[^\x20-\x7e]+/g, encodeURIComponent)}`);
  if (status !== 200) throw new Error(text);
  return (body.entry ?? []).map((entry: Json) => entry.resource.id).sort();
}

async function refused(query: string): Promise<[number, string]> {
  const answer = await fhir('GET', `/${query}`);
  return [answer.status, issueOf(answer).code];
}

describe('R4 search §3.1.1.4.4 :missing', () => {
  it.each([
    ['Patient?gender:missing=true', ['unknown']], ['Patient?gender:missing=false', ['lan', 'nam']], ['Patient?active:missing=false', ['unknown']],
    ['Patient?name:missing=true', ['unknown']], ['Patient?address:missing=false', ['lan']], ['Patient?address-city:missing=false', ['lan']], ['Patient?birthdate:missing=true', ['unknown']],
    ['Patient?identifier:missing=true', ['unknown']], ['Patient?general-practitioner:missing=false', ['lan']], ['Patient?deceased:missing=true', ['lan', 'nam', 'unknown']],
    ['Patient?_id:missing=true', []], ['Patient?_lastUpdated:missing=false', ['lan', 'nam', 'unknown']], ['Patient?find:missing=true', ['unknown']], ['Patient?_profile:missing=false', []],
    ['Observation?value-quantity:missing=false', ['glucose']], ['Observation?date:missing=false', ['glucose']], ['Observation?code-value-quantity:missing=false', ['glucose']],
    ['Observation?combo-code-value-quantity:missing=true&subject:missing=false', ['of-a-group', 'of-nobody', 'sodium']], ['Questionnaire?version:missing=true', ['gad', 'urn']],
    ['Location?near:missing=true&partof:missing=true', ['elsewhere', 'hospital']], ['QuestionnaireResponse?questionnaire:missing=true', []],
    ['Patient?gender:missing=true,false', ['lan', 'nam', 'unknown']],
  ])('%s', async (query, expected) => expect(await found(query)).toEqual(expected));

  it('takes a patient for missing where the subject is none', async () => {
    expect(await found('Observation?patient:missing=true')).toEqual(['of-a-group', 'of-nobody']);
    expect(await found('Observation?subject:missing=true')).toEqual([]);
  });

  it('holds in chains and in _has', async () => {
    expect(await found('Observation?patient.active:missing=true')).toEqual(['glucose', 'sodium']);
    expect(await found('Observation?subject:Patient.general-practitioner:missing=false')).toEqual(['glucose']);
    expect(await found('Patient?_has:Observation:patient:value-quantity:missing=false')).toEqual(['lan']);
  });

  it('refuses what is neither true nor false', async () => expect(await refused('Patient?gender:missing=maybe')).toEqual([400, 'value']));
});

describe('R4 search §3.1.1.4.10 token :text', () => {
  it.each([
    ['Observation?code:text=Đường', ['glucose']], ['Observation?code:text=duong huyet', ['glucose']], ['Observation?code:text=HUYET', ['glucose', 'sodium']], ['Observation?code:text=glucose', ['glucose']],
    ['Observation?code:text=cam giac', ['of-a-group']], ['Observation?combo-code:text=dau', ['of-a-group']], ['Observation?code:text=uong', []], ['Observation?code:text=natri,dau', ['of-a-group', 'sodium']],
    ['Patient?identifier:text=so ho so', ['lan']], ['Patient?_has:Observation:patient:code:text=natri', ['nam']],
  ])('%s', async (query, expected) => expect(await found(query)).toEqual(expected));

  it('follows an update at once', async () => {
    const before = observation('renamed', { code: { text: 'Cân nặng' } });
    await fhir('PUT', '/Observation/renamed', before);
    expect(await found('Observation?code:text=can nang')).toEqual(['renamed']);
    await fhir('PUT', '/Observation/renamed', { ...before, code: { text: 'Chiều cao' } });
    expect(await found('Observation?code:text=can nang')).toEqual([]);
    expect(await found('Observation?code:text=chieu')).toEqual(['renamed']);
    await fhir('DELETE', '/Observation/renamed');
    expect(await found('Observation?code:text=chieu')).toEqual([]);
  });
});

describe('R4 search §3.1.1.4.10 token :not, :of-type', () => {
  it('gives with :not those without a value too', async () => {
    expect(await found('Patient?gender:not=male')).toEqual(['lan', 'unknown']);
    expect(await found('Patient?gender:not=male,female')).toEqual(['unknown']);
    expect(await found('Observation?code:not=http://loinc.org|2345-7')).toEqual(['of-a-group', 'of-nobody', 'sodium']);
    expect(await found('Observation?patient.gender:not=male')).toEqual(['glucose']);
  });
  it('binds type and value of one identifier with :of-type', async () => {
    expect(await found('Patient?identifier:of-type=http://terminology.hl7.org/CodeSystem/v2-0203|MR|12345')).toEqual(['lan']);
    expect(await found('Patient?identifier:of-type=http://terminology.hl7.org/CodeSystem/v2-0203|SS|12345')).toEqual(['nam']);
    expect(await found('Observation?patient.identifier:of-type=http://terminology.hl7.org/CodeSystem/v2-0203|SS|12345')).toEqual(['sodium']);
    expect(await refused('Patient?identifier:of-type=MR|12345')).toEqual([400, 'value']);
    expect(await refused('Patient?gender:of-type=a|b|c')).toEqual([400, 'not-supported']);
  });
});

describe('R4 search §3.1.1.4.10 token :in, :not-in, :above, :below', () => {
  it.each([
    ['Basic?code:in=http://sen.vn/ValueSet/sugars', ['fasting', 'sugar']], ['Basic?code:in=ValueSet/sugars', ['fasting', 'sugar']], ['Basic?code:not-in=http://sen.vn/ValueSet/sugars', ['salt', 'tagged', 'uncoded']],
    ['Basic?code:below=http://sen.vn/kinds|sugar', ['fasting', 'sugar']], ['Basic?code:below=http://sen.vn/kinds|blood', ['fasting']], ['Basic?code:above=http://sen.vn/kinds|fasting', ['fasting', 'sugar']],
    ['Basic?code:below=http://sen.vn/kinds|sugar,http://sen.vn/kinds|salt', ['fasting', 'salt', 'sugar']], ['Basic?code:below=http://nobody.vn|x', []],
    ['DocumentReference?contenttype:below=image', ['scan']], ['DocumentReference?contenttype:below=text/html', ['letter']], ['DocumentReference?contenttype=text/html', []],
    ['DocumentReference?contenttype:above=image/png;x=1', ['scan']],
  ])('%s', async (query, expected) => expect(await found(query)).toEqual(expected));

  it('refuses an unknown value set, and a code without a system', async () => {
    expect((await refused('Basic?code:in=http://sen.vn/ValueSet/none'))[0]).not.toBe(200);
    expect(await refused('Basic?code:below=sugar')).toEqual([400, 'value']);
    expect(await refused('Basic?code:near=sugar')).toEqual([400, 'not-supported']);
  });
});

describe('R4 search §3.1.1.4.9 string :exact, :contains', () => {
  it.each([
    ['Patient?name:contains=uye', ['nam']], ['Patient?family:contains=ỄN', ['nam']], ['Patient?name:contains=van nam', ['nam']], ['Patient?name:contains=rầ', ['lan']], ['Patient?name=uyen', []],
    ['Patient?address:contains=ue', ['lan']], ['Questionnaire?title:contains=bản', ['phq-1', 'phq-2']], ['Patient?name:exact=Nam', ['nam']], ['Patient?name:exact=nam', []], ['Patient?name:contains=a,guy', ['lan', 'nam']],
    ['Observation?patient.name:contains=guye', ['sodium']], ['Patient?name:contains=%25', []],
  ])('%s', async (query, expected) => expect(await found(query)).toEqual(expected));
});

describe('R4 search §3.1.1.4.12 reference :identifier, :[type]', () => {
  it.each([
    ['Observation?subject:identifier=urn:card|079', ['of-nobody']], ['Observation?subject:identifier=079', ['of-nobody']], ['Observation?subject:identifier=urn:card|', ['of-nobody']], ['Observation?subject:identifier=urn:mr|12345', []],
    ['Observation?subject:Group=ward', ['of-a-group']], ['Observation?subject:Patient=ward', []], ['Observation?subject:Patient=lan', ['glucose']],
  ])('%s', async (query, expected) => expect(await found(query)).toEqual(expected));
});

describe('R4 search §3.1.1.4.12 reference :below, :above: hierarchies', () => {
  it.each([
    ['Encounter?location:below=Location/hospital', ['in-bed', 'in-building']], ['Encounter?location:below=room', ['in-bed']], ['Encounter?location:below=bed', ['in-bed']], ['Encounter?location:above=Location/room', ['in-building']],
    ['Encounter?location:above=bed', ['in-bed', 'in-building']], ['Location?partof:below=Location/building', ['bed', 'room']], ['Location?partof:above=Location/room', ['bed', 'building', 'room']],
    ['Patient?_has:Encounter:patient:location:below=hospital', ['lan']], ['Encounter?location:below=room,elsewhere', ['away', 'in-bed']],
  ])('%s', async (query, expected) => expect(await found(query)).toEqual(expected));

  it('comes to an end where parts run in a circle', async () => {
    await fhir('PUT', '/Location/elsewhere', site('elsewhere', 'elsewhere'));
    expect(await found('Encounter?location:below=elsewhere')).toEqual(['away']);
    expect(await found('Encounter?location:above=elsewhere')).toEqual(['away']);
  });
  it('refuses a type that has no parts', async () => expect(await refused('Observation?subject:below=Patient/lan')).toEqual([400, 'not-supported']));
});

describe('R4 search §3.1.1.4.12 canonical references', () => {
  it.each([
    ['QuestionnaireResponse?questionnaire=http://sen.vn/Questionnaire/phq', ['to-1', 'to-1-2', 'to-2', 'to-any']], ['QuestionnaireResponse?questionnaire=http://sen.vn/Questionnaire/phq|1.0', ['to-1']],
    ['QuestionnaireResponse?questionnaire:below=http://sen.vn/Questionnaire/phq|1', ['to-1', 'to-1-2']], ['QuestionnaireResponse?questionnaire:below=http://sen.vn/Questionnaire/phq|1.2', ['to-1-2']],
    ['QuestionnaireResponse?questionnaire:above=http://sen.vn/Questionnaire/phq|1.0.5', ['to-1']],
    ['QuestionnaireResponse?questionnaire.title=lo au', ['to-gad']], ['QuestionnaireResponse?questionnaire.title=trầm cảm bản một', ['to-1', 'to-any']], ['QuestionnaireResponse?questionnaire.version=2.0', ['to-2', 'to-any']],
    ['Questionnaire?_has:QuestionnaireResponse:questionnaire:_id=to-2', ['phq-2']], ['Questionnaire?_has:QuestionnaireResponse:questionnaire:_id=to-any', ['phq-1', 'phq-2']],
    ['QuestionnaireResponse?_id=to-gad&_include=QuestionnaireResponse:questionnaire', ['gad', 'to-gad']], ['QuestionnaireResponse?_id=to-2&_include=QuestionnaireResponse:questionnaire', ['phq-2', 'to-2']],
    ['Questionnaire?_id=phq-1&_revinclude=QuestionnaireResponse:questionnaire', ['phq-1', 'to-1', 'to-any']], ['Questionnaire?_id=gad&_revinclude=*', ['gad', 'to-gad']],
  ])('%s', async (query, expected) => expect(await found(query)).toEqual(expected));
});

describe('R4 search §3.1.1.4.4 modifiers of parameters that all types have', () => {
  it.each([
    ['Basic?_tag:text=quý', ['tagged']], ['?_tag:text=khach', ['tagged']], ['?_tag:missing=false', ['tagged']], ['?_type=Basic&_tag:missing=true', ['fasting', 'salt', 'sugar', 'uncoded']], ['?_type=Basic,Group&_tag:missing=true', ['fasting', 'salt', 'sugar', 'uncoded', 'ward']],
    ['Basic?_profile:below=http://sen.vn/StructureDefinition', ['tagged']], ['Basic?_profile=http://sen.vn/StructureDefinition/basic', ['tagged']], ['Basic?_tag:not=urn:t|vip', ['fasting', 'salt', 'sugar', 'uncoded']],
  ])('%s', async (query, expected) => expect(await found(query)).toEqual(expected));
});

describe('R4 search §3.1.1.4.13 uri :below, :above', () => {
  it.each([
    ['Questionnaire?url=http://sen.vn/Questionnaire/gad', ['gad']], ['Questionnaire?url=http://sen.vn/Questionnaire/', []], ['Questionnaire?url:below=http://sen.vn/Questionnaire/', ['gad', 'part', 'phq-1', 'phq-2']],
    ['Questionnaire?url:below=http://sen.vn/Questionnaire/phq', ['part', 'phq-1', 'phq-2']], ['Questionnaire?url:below=http://sen.vn', ['gad', 'other', 'part', 'phq-1', 'phq-2']], ['Questionnaire?url:below=http://SEN.vn', []],
    ['Questionnaire?url:above=http://sen.vn/Questionnaire/phq/part/1', ['part', 'phq-1', 'phq-2']], ['Questionnaire?url:above=http://sen.vn/Questionnaires', ['other']],
    ['QuestionnaireResponse?questionnaire.url:below=http://sen.vn/Questionnaire/gad', ['to-gad']],
  ])('%s', async (query, expected) => expect(await found(query)).toEqual(expected));
  it('refuses a hierarchy of URNs', async () => expect(await refused('Questionnaire?url:below=urn:uuid:53fefa32')).toEqual([400, 'value']));
});
