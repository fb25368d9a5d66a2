import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer, type TestServer } from '../support/server.ts';
import { clientOf, issueOf, lan, type Answered, type Client } from './client.ts';

let server: TestServer;
let fhir: Client;
beforeAll(async () => {
  server = await testServer();
  fhir = clientOf(server);
  const stored = await fhir('PUT', `/StructureDefinition/${adult.id}`, adult);
  expect(stored.status).toBe(201);
});
afterAll(() => server.close());

const adult = {
  resourceType: 'StructureDefinition', id: 'bv-adult', url: 'http://bvsen.vn/StructureDefinition/adult', version: '1.0', name: 'Adult', status: 'active', kind: 'resource', abstract: false,
  type: 'Patient', baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient', derivation: 'constraint',
  differential: {
    element: [
      { id: 'Patient', path: 'Patient', constraint: [{ key: 'bv-1', severity: 'error', human: 'Có số điện thoại', expression: "telecom.exists(system = 'phone')" }] },
      { id: 'Patient.maritalStatus', path: 'Patient.maritalStatus', min: 1, binding: { strength: 'required', valueSet: 'http://bvsen.vn/ValueSet/marital' } },
    ],
  },
};

/** A code of R4's own list, to which maritalStatus is bound, beside one of the hospital. */
const married = (code: string) => ({ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-MaritalStatus', code: 'M' }, { system: 'http://bvsen.vn/marital', code }] });
const grown = (more: object = {}) => lan({ telecom: [{ system: 'phone', value: '0900000000' }], maritalStatus: married('M'), text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">x</div>' }, ...more });

/** `severity code expression` of each issue. */
function issuesOf({ status, body }: Answered): string[] {
  expect([status, body.resourceType]).toEqual([200, 'OperationOutcome']);
  return body.issue.map(({ severity, code, expression }: { severity: string; code: string; expression?: string[] }) => [severity, code, ...(expression ?? [])].join(' '));
}

const parameters = (...parts: object[]) => ({ resourceType: 'Parameters', parameter: parts });
const resource = (one: object) => ({ name: 'resource', resource: one });

describe('R4 resource-operation-validate.html: the resource', () => {
  it('may be the body itself', async () => {
    expect(issuesOf(await fhir('POST', '/Patient/$validate', lan({ gender: 'xx', birthDate: '1988-02-31' }))).sort()).toEqual([
      'error code-invalid Patient.gender', 'error value Patient.birthDate',
    ]);
  });

  it('may come in Parameters', async () => {
    const answered = await fhir('POST', '/Patient/$validate', parameters(resource(lan({ gender: 'xx' }))));
    expect(issuesOf(answered)).toEqual(['error code-invalid Patient.gender']);
  });

  it('may be the one that is stored at the address', async () => {
    const { body } = await fhir('POST', '/Patient', lan());
    for (const answered of [await fhir('GET', `/Patient/${body.id}/$validate`), await fhir('POST', `/Patient/${body.id}/$validate`, parameters())]) {
      expect(issuesOf(answered)).toEqual(['warning invariant Patient']);
    }
    expect(issuesOf(await fhir('GET', `/Patient/${body.id}/$validate?profile=${adult.url}`))).toContain('error required Patient.maritalStatus');
    expect(issuesOf(await fhir('GET', '/Patient/nobody/$validate'))).toEqual(['error not-found Patient']);
  });

  it('may be Parameters themselves', async () => {
    expect(issuesOf(await fhir('POST', '/Parameters/$validate', parameters({ name: 'x', valueString: 'y' })))).toEqual(['information informational']);
    expect(issuesOf(await fhir('POST', '/Parameters/$validate', parameters(resource(parameters({ name: 'x', valueWrong: 'y' })))))).toEqual(['error structure Parameters.parameter[0].valueWrong']);
  });

  it('is needed, and must be of the type of the address', async () => {
    expect((await fhir('POST', '/Patient/$validate', parameters())).status).toBe(400);
    expect(issuesOf(await fhir('POST', '/Patient/$validate', { resourceType: 'Basic', code: { text: 'x' } }))).toContain('error invalid Basic');
    expect(issuesOf(await fhir('POST', '/Patient/$validate', { resourceType: 'Pateint' }))[0]).toBe('error structure Pateint.resourceType');
  });

  it('is not stored', async () => {
    const before = (await fhir('GET', '/Patient?_summary=count')).body.total;
    await fhir('POST', '/Patient/$validate?mode=create', lan());
    expect((await fhir('GET', '/Patient?_summary=count')).body.total).toBe(before);
  });
});

describe('R4 resource-operation-validate.html: mode', () => {
  it('update asks for the id of the address', async () => {
    expect(issuesOf(await fhir('POST', '/Patient/1/$validate?mode=update', lan({ id: '2' })))).toContain('error value Patient.id');
    expect(issuesOf(await fhir('POST', '/Patient/$validate', parameters({ name: 'mode', valueCode: 'update' }, resource(lan()))))).toContain('error required Patient.id');
    expect(issuesOf(await fhir('POST', '/Patient/1/$validate?mode=update', lan({ id: '1' })))).toEqual(['warning invariant Patient']);
  });

  it('delete needs no resource, and tells whether there is something to delete', async () => {
    const { body } = await fhir('POST', '/Patient', lan());
    expect(issuesOf(await fhir('GET', `/Patient/${body.id}/$validate?mode=delete`))).toEqual(['information informational']);
    expect(issuesOf(await fhir('GET', '/Patient/nobody/$validate?mode=delete'))).toEqual(['error not-found Patient']);
    expect((await fhir('POST', '/Patient/$validate?mode=delete', lan())).status).toBe(400);
    expect((await fhir('GET', `/Patient/${body.id}`)).status).toBe(200);
  });

  it('profile needs a profile; an unknown mode is refused', async () => {
    const answered = await fhir('POST', '/Patient/$validate?mode=profile', lan());
    expect([answered.status, issueOf(answered).diagnostics]).toEqual([400, expect.stringContaining('profile')]);
    expect((await fhir('POST', '/Patient/$validate?mode=guess', lan())).status).toBe(400);
    expect(issuesOf(await fhir('POST', `/Patient/$validate?mode=profile&profile=${adult.url}`, lan()))).toContain('error required Patient.maritalStatus');
  });
});

describe('R4 resource-operation-validate.html: profile', () => {
  it('judges by a profile that is stored, with and without its version', async () => {
    for (const canonical of [adult.url, `${adult.url}|1.0`]) {
      const answered = await fhir('POST', '/Patient/$validate', parameters({ name: 'profile', valueUri: canonical }, resource(lan())));
      expect(issuesOf(answered)).toEqual(['error invariant Patient', 'error required Patient.maritalStatus', 'warning invariant Patient']);
      expect(issueOf(answered).details.coding).toEqual([{ system: 'urn:sen:constraint', code: 'bv-1' }]);
    }
  });

  it('says that a profile is not known', async () => {
    expect(issuesOf(await fhir('POST', `/Patient/$validate?profile=${adult.url}|2.0`, grown()))).toEqual(['error not-found Patient']);
    expect(issuesOf(await fhir('POST', '/Patient/$validate', grown({ meta: { profile: ['http://nobody/knows'] } })))).toEqual(['warning not-found Patient']);
  });

  it('knows the profiles of R4 itself: vital signs', async () => {
    const vitals = { resourceType: 'Observation', status: 'final', code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] }, subject: { reference: 'Patient/1' }, effectiveDateTime: '2026-03-02', valueQuantity: { value: 72, unit: '/min', system: 'http://unitsofmeasure.org', code: '/min' } };
    expect(issuesOf(await fhir('POST', '/Observation/$validate?profile=http://hl7.org/fhir/StructureDefinition/heartrate', vitals))).toContain('error required Observation.category');
  });

  it('asks the terminology for the codes of a binding', async () => {
    expect(issuesOf(await fhir('POST', `/Patient/$validate?profile=${adult.url}`, grown()))).toEqual(['warning not-found Patient.maritalStatus']);
    await fhir('PUT', '/CodeSystem/bv-marital', { resourceType: 'CodeSystem', id: 'bv-marital', url: 'http://bvsen.vn/marital', status: 'active', content: 'complete', concept: [{ code: 'M', display: 'Có gia đình' }, { code: 'X', display: 'Khác' }] });
    await fhir('PUT', '/ValueSet/bv-marital', { resourceType: 'ValueSet', id: 'bv-marital', url: 'http://bvsen.vn/ValueSet/marital', status: 'active', compose: { include: [{ system: 'http://bvsen.vn/marital', concept: [{ code: 'M' }] }] } });
    expect(issuesOf(await fhir('POST', `/Patient/$validate?profile=${adult.url}`, grown()))).toEqual(['information informational']);
    expect(issuesOf(await fhir('POST', '/Patient/$validate', grown({ maritalStatus: { coding: [{ system: 'http://bvsen.vn/marital', code: 'M' }] } })))).toEqual(['warning code-invalid Patient.maritalStatus']);
    expect(issuesOf(await fhir('POST', `/Patient/$validate?profile=${adult.url}`, grown({ maritalStatus: married('X') })))).toEqual(['error code-invalid Patient.maritalStatus']);
  });
});

describe('R4 operationoutcome.html: what is answered', () => {
  it('speaks the language of the request', async () => {
    const [vi, en] = [await fhir('POST', `/Patient/$validate?profile=${adult.url}`, lan(), { 'accept-language': 'vi' }), await fhir('POST', `/Patient/$validate?profile=${adult.url}`, lan(), { 'accept-language': 'en' })];
    const missing = ({ body }: Answered) => body.issue.find((one: { code: string }) => one.code === 'required');
    expect(missing(vi).details.text).toBe(`cần ít nhất 1, đang có 0 (${adult.url})`);
    expect(missing(en).details.text).toBe(`needs at least 1, found 0 (${adult.url})`);
    expect(missing(vi).diagnostics).toBe(missing(en).diagnostics);
  });

  it('tells best practice (dom-6) and unknown extensions as warnings', async () => {
    const answered = await fhir('POST', '/Patient/$validate', lan({ extension: [{ url: 'http://nobody/extension', valueString: 'x' }] }));
    expect(issuesOf(answered).sort()).toEqual(['warning extension Patient.extension[0]', 'warning invariant Patient']);
  });

  it('quotes nothing of the patient', async () => {
    const { text } = await fhir('POST', `/Patient/$validate?profile=${adult.url}`, lan({ name: [{ family: 'Bí mật', given: 7 }], gender: 'Bí mật' }));
    expect(text).not.toContain('Bí mật');
  });

  it('is in the CapabilityStatement', async () => {
    const { body } = await fhir('GET', '/metadata');
    const patient = body.rest[0].resource.find(({ type }: { type: string }) => type === 'Patient');
    expect(patient.operation).toContainEqual({ name: 'validate', definition: 'http://hl7.org/fhir/OperationDefinition/Resource-validate' });
  });
});
