import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer, type TestServer } from '../support/server.ts';
import { clientOf, issueOf, type Client, type Json } from './client.ts';

let server: TestServer;
let fhir: Client;
const loinc = 'http://loinc.org';
const observation = (id: string, patient: string, code: string, day: string, value: number, more: object = {}): Json => ({
  resourceType: 'Observation', id, status: 'final', code: { coding: [{ system: loinc, code }] }, subject: { reference: `Patient/${patient}` }, effectiveDateTime: day,
  valueQuantity: { value, unit: 'mmol/L', system: 'http://unitsofmeasure.org', code: 'mmol/L' }, ...more,
});

beforeAll(async () => {
  server = await testServer();
  fhir = clientOf(server);
  for (const resource of [
    { resourceType: 'Organization', id: 'sen', name: 'Bệnh viện Sen', alias: ['BV Sen'], active: true },
    { resourceType: 'Organization', id: 'khoa', name: 'Khoa Nội', partOf: { reference: 'Organization/sen' } },
    { resourceType: 'Patient', id: 'lan', name: [{ family: 'Trần', given: ['Thị', 'Lan'] }], gender: 'female', birthDate: '1988-02-14', managingOrganization: { reference: 'Organization/sen' } },
    { resourceType: 'Patient', id: 'hai', name: [{ family: 'Lê', given: ['Hải'] }], gender: 'male', birthDate: '1970-05', active: true },
    { resourceType: 'Patient', id: 'binh', name: [{ family: 'Trần', given: ['Bình'] }], gender: 'male', birthDate: '2001-12-01', managingOrganization: { reference: 'Organization/khoa' } },
    { resourceType: 'Encounter', id: 'visit', status: 'finished', class: { code: 'AMB' }, subject: { reference: 'Patient/lan' }, period: { start: '2026-01-05', end: '2026-01-09' } },
    observation('g1', 'lan', '2345-7', '2026-01-01', 5.4),
    observation('g2', 'lan', '2345-7', '2026-02-01', 9.1),
    observation('k1', 'hai', '2823-3', '2026-01-01', 4.2),
    { resourceType: 'Group', id: 'smokers', type: 'person', actual: true, characteristic: [{ code: { coding: [{ code: 'smoker' }] }, valueBoolean: true, exclude: false }, { code: { coding: [{ code: 'diabetic' }] }, valueBoolean: false, exclude: false }] },
    { resourceType: 'DocumentReference', id: 'old', status: 'superseded', content: [{ attachment: { url: 'http://bvsen.vn/a' } }] },
    { resourceType: 'DocumentReference', id: 'note', status: 'current', content: [{ attachment: { url: 'http://bvsen.vn/b' } }], relatesTo: [{ code: 'replaces', target: { reference: 'DocumentReference/old' } }, { code: 'appends', target: { reference: 'DocumentReference/other' } }] },
    { resourceType: 'Questionnaire', id: 'q', url: 'http://bvsen.vn/q', status: 'active', title: 'Hỏi bệnh' },
    { resourceType: 'QuestionnaireResponse', id: 'answers', status: 'completed', questionnaire: 'http://bvsen.vn/q', subject: { reference: 'Patient/lan' } },
    { resourceType: 'RiskAssessment', id: 'risk', status: 'final', subject: { reference: 'Patient/lan' }, prediction: [{ probabilityDecimal: 0.25 }] },
    { resourceType: 'ValueSet', id: 'vs', status: 'active', url: 'http://bvsen.vn/vs/a', name: 'A' },
  ]) expect([resource.id, (await fhir('PUT', `/${resource.resourceType}/${resource.id}`, resource)).status]).toEqual([resource.id, 201]);
});
afterAll(() => server.close());

async function found(type: string, filter: string, more = ''): Promise<string[]> {
  const { status, body, text } = await fhir('GET', `/${type}?_filter=${encodeURIComponent(filter)}${more}`);
  if (status !== 200) throw new Error(text);
  return (body.entry ?? []).map((entry: Json) => entry.resource.id).sort();
}

async function refused(type: string, filter: string): Promise<[number, string, string]> {
  const answer = await fhir('GET', `/${type}?_filter=${encodeURIComponent(filter)}`);
  return [answer.status, issueOf(answer).details?.coding[0]?.code ?? '', issueOf(answer).diagnostics];
}

describe('R4 search_filter.html §3.1.3.1: and, or, not, parentheses', () => {
  it('joins comparisons from left to right', async () => {
    expect(await found('Patient', 'given eq "lan" or given eq "hải" and gender eq male')).toEqual(['hai']);
    expect(await found('Patient', 'given eq "lan" or (given eq "hai" and gender eq male)')).toEqual(['hai', 'lan']);
    expect(await found('Patient', 'not (gender eq male)')).toEqual(['lan']);
    expect(await found('Patient', 'not (gender eq male and family eq tran) and birthdate lt 2001')).toEqual(['hai', 'lan']);
  });

  it('stands beside other parameters, in a compartment, in conditional requests, and in the self link', async () => {
    expect(await found('Patient', 'family eq "Trần"', '&gender=male')).toEqual(['binh']);
    expect(await found('Patient/lan/Observation', 'code eq loinc|2345-7 and date ge 2026-02-01')).toEqual(['g2']);
    const { body } = await fhir('GET', `/Patient?_filter=${encodeURIComponent('gender eq male')}&_total=accurate&_count=1`);
    expect([body.total, body.entry.length]).toEqual([2, 1]);
    expect(new URL(body.link[0].url).searchParams.get('_filter')).toBe('gender eq male');
    const put = await fhir('PUT', `/Organization?_filter=${encodeURIComponent('name eq "Khoa Nội"')}`, { resourceType: 'Organization', name: 'Khoa Nội', partOf: { reference: 'Organization/sen' } });
    expect([put.status, put.body.id]).toEqual([200, 'khoa']);
  });

  it('searches several types, each by its own parameters', async () => {
    expect(await found('', 'status eq final', '&_type=Observation,RiskAssessment').catch(String)).toContain('no search parameter \\"status\\"');
    expect(await found('', 'patient re Patient/lan and date pr true', '&_type=Observation,Encounter')).toEqual(['g1', 'g2', 'visit']);
    expect(await found('', '_id eq lan')).toEqual(['lan']);
  });

  it('says where an expression is wrong, and never repeats its values', async () => {
    expect(await refused('Patient', 'family equals "Bí Mật"')).toEqual([400, 'record.bad-filter', expect.stringContaining('at character 7, expected an operator')]);
    expect(await refused('Patient', 'nope eq 1')).toEqual([400, 'record.unknown-parameter', expect.stringContaining('"nope"')]);
    expect((await refused('Patient', 'birthdate ge bí-mật'))[2]).not.toContain('bí');
  });
});

describe('R4 search_filter.html §3.1.3.2: the operators', () => {
  it('compares strings without case and accents: eq ne co sw ew gt lt ge le', async () => {
    expect(await found('Organization', 'name eq "BENH VIEN SEN"')).toEqual(['sen']);
    expect(await found('Organization', 'name eq "benh vien"')).toEqual([]);
    expect(await found('Organization', 'name ne "bệnh viện sen"')).toEqual(['khoa']);
    expect(await found('Organization', 'name co "viện"')).toEqual(['sen']);
    expect(await found('Organization', 'name sw "khoa"')).toEqual(['khoa']);
    expect(await found('Organization', 'name ew "nội"')).toEqual(['khoa']);
    expect(await found('Patient', 'family ew "an"')).toEqual(['binh', 'lan']);
    expect(await found('Patient', 'name eq "tran"')).toEqual(['binh', 'lan']);
    expect(await found('Patient', 'name eq "tra"')).toEqual([]);
    expect(await found('Patient', 'family gt "le"')).toEqual(['binh', 'lan']);
    expect(await found('Patient', 'family ge "le" and family le "le"')).toEqual(['hai']);
    expect(await found('Patient', 'family lt "m"')).toEqual(['hai']);
    expect((await refused('Patient', 'name gt "a"'))[1]).toBe('record.bad-filter');
  });

  it('compares dates as their prefixes do, and knows co and po: eq ne gt lt ge le sa eb ap', async () => {
    expect(await found('Patient', 'birthdate eq 1970-05')).toEqual(['hai']);
    expect(await found('Patient', 'birthdate ne 1970-05')).toEqual(['binh', 'lan']);
    expect(await found('Patient', 'birthdate gt 1988-02-14')).toEqual(['binh']);
    expect(await found('Patient', 'birthdate co 1970-05-09')).toEqual(['hai']);
    expect(await found('Encounter', 'date co 2026-01-06')).toEqual(['visit']);
    expect(await found('Encounter', 'date co 2026-01')).toEqual([]);
    expect(await found('Encounter', 'date po 2026-01')).toEqual(['visit']);
    expect(await found('Encounter', 'date po 2026-01-10')).toEqual([]);
    expect(await found('Encounter', 'date sa 2026-01-04 and date eb 2026-01-10')).toEqual(['visit']);
    expect(await found('Patient', '_lastUpdated po 2020')).toEqual([]);
  });

  it('compares numbers and quantities', async () => {
    expect(await found('Observation', 'value-quantity gt 5')).toEqual(['g1', 'g2']);
    expect(await found('Observation', 'value-quantity le 5.4|ucum|mmol/L')).toEqual(['g1', 'k1']);
    expect(await found('RiskAssessment', 'probability ge 0.2 and probability co 0.25')).toEqual(['risk']);
    expect(await refused('Observation', 'value-quantity co 5')).toEqual([400, 'record.bad-filter-operator', expect.stringContaining('"co" does not apply to "value-quantity"')]);
  });

  it('compares tokens by system and code, with short names of systems; ne only where there is a value', async () => {
    expect(await found('Observation', 'code eq loinc|2345-7')).toEqual(['g1', 'g2']);
    expect(await found('Observation', `code eq ${loinc}|2823-3`)).toEqual(['k1']);
    expect(await found('Observation', 'code ne 2345-7')).toEqual(['k1']);
    expect(await found('Patient', 'active ne false')).toEqual(['hai']);
    expect((await refused('Patient', 'gender gt male'))[1]).toBe('record.bad-filter-operator');
  });

  it('tells whether there is a value: pr', async () => {
    expect(await found('Patient', 'active pr true')).toEqual(['hai']);
    expect(await found('Patient', 'organization pr false')).toEqual(['hai']);
    expect((await refused('Patient', 'organization pr maybe'))[1]).toBe('record.bad-filter');
  });

  it('follows references: re', async () => {
    expect(await found('Observation', 'subject re Patient/hai')).toEqual(['k1']);
    expect(await found('Observation', `subject re ${server.base}/fhir/R4/Patient/hai`)).toEqual(['k1']);
    expect(await found('Patient', 'organization ne Organization/sen')).toEqual(['binh']);
  });

  it('compares URIs', async () => {
    expect(await found('ValueSet', 'url eq http://bvsen.vn/vs/a')).toEqual(['vs']);
    expect((await refused('ValueSet', 'url in http://bvsen.vn/vs/a'))[1]).toBe('record.bad-filter-operator');
  });

  it('compares composites', async () => {
    expect(await found('Observation', 'code-value-quantity eq loinc|2345-7$gt6')).toEqual(['g2']);
  });
});

describe('R4 search_filter.html §3.1.3.2: value sets and subsumption', () => {
  const system = 'http://bvsen.vn/benh';
  beforeAll(async () => {
    const concept = [{ code: 'tim', concept: [{ code: 'suy-tim', concept: [{ code: 'suy-tim-trai' }] }] }, { code: 'phoi' }];
    for (const resource of [
      { resourceType: 'CodeSystem', id: 'benh', url: system, status: 'active', content: 'complete', hierarchyMeaning: 'is-a', concept },
      { resourceType: 'ValueSet', id: 'tim', url: 'http://bvsen.vn/vs/tim', status: 'active', compose: { include: [{ system, concept: [{ code: 'tim' }, { code: 'suy-tim' }] }] } },
      ...['tim', 'suy-tim', 'suy-tim-trai', 'phoi'].map((code) => ({ resourceType: 'Condition', id: code, subject: { reference: 'Patient/lan' }, code: { coding: [{ system, code }] } })),
    ]) expect([resource.id, (await fhir('PUT', `/${resource.resourceType}/${resource.id}`, resource)).status]).toEqual([resource.id, 201]);
  });

  it('finds what is in a value set, and what is not: in ni', async () => {
    expect(await found('Condition', 'code in http://bvsen.vn/vs/tim')).toEqual(['suy-tim', 'tim']);
    expect(await found('Condition', 'code ni http://bvsen.vn/vs/tim')).toEqual(['phoi', 'suy-tim-trai']);
  });

  it('finds what the value subsumes, and what subsumes it: ss sb', async () => {
    expect(await found('Condition', `code ss ${system}|suy-tim`)).toEqual(['suy-tim', 'suy-tim-trai']);
    expect(await found('Condition', `code sb ${system}|suy-tim`)).toEqual(['suy-tim', 'tim']);
  });
});

describe('R4 search_filter.html §3.1.3.1, .3: paths', () => {
  it('chains through references, through several types, and by a named type', async () => {
    expect(await found('Observation', 'subject.family eq "trần"').catch(String)).toEqual(['g1', 'g2']);
    expect(await found('Observation', 'patient.organization.name co "sen"')).toEqual(['g1', 'g2']);
    expect(await found('Observation', 'subject:Patient.birthdate po 1970')).toEqual(['k1']);
    expect(await found('Patient', 'organization.partof.name ew "sen"')).toEqual(['binh']);
    expect(await found('QuestionnaireResponse', 'questionnaire.title eq "hoi benh"')).toEqual(['answers']);
    expect((await refused('Patient', 'gender.name eq x'))[1]).toBe('record.bad-filter');
    expect((await refused('Observation', 'focus.status eq final'))[2]).toContain('focus:Type');
  });

  it('asks one and the same target for the filter in brackets and the rest', async () => {
    expect(await found('Observation', 'patient[gender eq female].family eq tran')).toEqual(['g1', 'g2']);
    expect(await found('Observation', 'patient[gender eq male].family eq tran')).toEqual([]);
    expect(await found('Patient', 'organization[partof.name co sen].name sw khoa')).toEqual(['binh']);
  });

  it('reads characteristic[code eq …].value and relatesTo[code eq …].target as the composites that tie them', async () => {
    expect(await found('DocumentReference', 'relatesTo[code eq replaces].target re DocumentReference/old')).toEqual(['note']);
    expect(await found('DocumentReference', 'relatesTo[code eq appends].target re DocumentReference/old')).toEqual([]);
    expect((await refused('DocumentReference', 'relatesTo[code ne appends].target re DocumentReference/old'))[1]).toBe('record.bad-filter');
    expect(await found('Group', 'characteristic[code eq smoker].value eq true')).toEqual(['smokers']);
    expect(await found('Group', 'characteristic[code eq diabetic].value eq true')).toEqual([]);
  });
});
