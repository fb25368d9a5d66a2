import { describe, expect, it } from 'vitest';
import { idMaker, listEntries } from '../../server/src/commands/import/entries.ts';
import { planResources, type Match, type Plan } from '../../server/src/commands/import/plan-resources.ts';

function plan(document: unknown, matches: Record<string, Match> = {}, line?: number): Plan {
  return planResources(listEntries(structuredClone(document), line, idMaker()), (criteria) => matches[criteria] ?? 'none');
}

function bundle(...entry: unknown[]) {
  return { resourceType: 'Bundle', type: 'transaction', entry };
}

const lan = { resourceType: 'Patient', name: [{ text: 'Trần Thị Lan' }] };
const lanUrl = 'urn:uuid:11111111-2222-4333-8444-555555555555';
const visit = { resourceType: 'Encounter', status: 'finished', subject: { reference: lanUrl } };
const post = (type: string) => ({ method: 'POST', url: type });

describe('planning an import: ids', () => {
  it('keeps the id of a resource, also of a POST entry', () => {
    const { resources } = plan(bundle({ fullUrl: lanUrl, resource: { ...lan, id: 'lan' }, request: post('Patient') }));
    expect(resources).toEqual([{ resource: { ...lan, id: 'lan' }, position: 'entry 1' }]);
  });

  it('takes the id from urn:uuid, from a RESTful fullUrl, from PUT', () => {
    const { resources } = plan(bundle(
      { fullUrl: lanUrl, resource: lan, request: post('Patient') },
      { fullUrl: 'https://his.example.vn/fhir/Patient/p-2', resource: lan },
      { resource: lan, request: { method: 'PUT', url: 'Patient/p-3' } },
    ));
    expect(resources.map(({ resource }) => resource.id)).toEqual([lanUrl.slice(9), 'p-2', 'p-3']);
  });

  it('makes the same id for the same content at every run, and another for its repetition', () => {
    const ids = () => plan([lan, lan, { ...lan, active: true }]).resources.map(({ resource }) => resource.id);
    expect(ids()).toEqual(ids());
    expect(new Set(ids()).size).toBe(3);
  });

  it('refuses a PUT whose url and resource disagree', () => {
    const { refused } = plan(bundle({ resource: { ...lan, id: 'a' }, request: { method: 'PUT', url: 'Patient/b' } }));
    expect(refused).toEqual([{ position: 'entry 1', issues: [{ severity: 'error', code: 'invalid', diagnostics: 'PUT Patient/b holds a resource with the id "a".', expression: 'Bundle.entry.resource.id' }] }]);
  });
});

describe('planning an import: references (R4 §3.1.0.11.2)', () => {
  it('turns urn:uuid into Type/id, wherever the entries stand', () => {
    const { resources } = plan(bundle({ resource: visit, request: post('Encounter') }, { fullUrl: lanUrl, resource: { ...lan, id: 'lan' } }));
    expect(resources[0]?.resource['subject']).toEqual({ reference: 'Patient/lan' });
  });

  it('turns absolute references to entries into relative ones, and leaves canonical urls and identifiers alone', () => {
    const url = 'http://example.vn/fhir/ValueSet/v';
    const { resources } = plan(bundle(
      { fullUrl: url, resource: { resourceType: 'ValueSet', id: 'v', url, status: 'active', identifier: [{ system: 'urn:ietf:rfc:3986', value: url }] } },
      { resource: { resourceType: 'List', id: 'l', entry: [{ item: { reference: url } }] } },
    ));
    expect(resources[0]?.resource).toMatchObject({ url, identifier: [{ value: url }] });
    expect(resources[1]?.resource['entry']).toEqual([{ item: { reference: 'ValueSet/v' } }]);
  });

  it('leaves references to contained resources and to others in the record alone', () => {
    const given = { resourceType: 'List', id: 'l', subject: { reference: 'Patient/other' }, source: { reference: '#doctor' } };
    expect(plan(given).resources[0]?.resource).toEqual(given);
  });

  it('resolves conditional references', () => {
    const criteria = 'Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|99';
    const given = { resourceType: 'Encounter', id: 'e', participant: [{ individual: { reference: criteria } }] };
    expect(plan(given, { [criteria]: { id: 'bs-hung' } }).resources[0]?.resource['participant']).toEqual([{ individual: { reference: 'Practitioner/bs-hung' } }]);
  });

  it('refuses a resource whose reference fits none or several, and says where', () => {
    const criteria = 'Practitioner?identifier=x|1';
    const given = { resourceType: 'Encounter', id: 'e', participant: [{ individual: { reference: criteria } }], subject: { reference: lanUrl } };
    const { refused, resources } = plan(given, { [criteria]: 'several' }, 7);
    expect(resources).toEqual([]);
    expect(refused).toMatchObject([{ position: 'line 7', type: 'Encounter', id: 'e', issues: [
      { code: 'multiple-matches', expression: 'Encounter.participant[0].individual.reference' },
      { code: 'not-found', expression: 'Encounter.subject.reference' },
    ] }]);
  });
});

describe('planning an import: conditions and other methods', () => {
  const entry = { fullUrl: lanUrl, resource: lan, request: { ...post('Patient'), ifNoneExist: 'identifier=h|1' } };

  it('ifNoneExist: stores nothing when another is there, and leads references to that one', () => {
    const planned = plan(bundle(entry, { resource: { ...visit, id: 'e' } }), { 'Patient?identifier=h|1': { id: 'known' } });
    expect(planned.skipped).toBe(1);
    expect(planned.resources.map(({ resource }) => resource)).toEqual([{ ...visit, id: 'e', subject: { reference: 'Patient/known' } }]);
  });

  it('ifNoneExist: stores it again when the one there is itself', () => {
    expect(plan(bundle(entry), { 'Patient?identifier=h|1': { id: lanUrl.slice(9) } }).resources).toHaveLength(1);
  });

  it('PUT with criteria replaces the one that fits', () => {
    const put = { resource: lan, request: { method: 'PUT', url: 'Patient?identifier=h|1' } };
    expect(plan(bundle(put), { 'Patient?identifier=h|1': { id: 'known' } }).resources[0]?.resource.id).toBe('known');
  });

  it('refuses DELETE, passes over GET and the outcome of a search', () => {
    const { refused, skipped } = plan(bundle(
      { request: { method: 'DELETE', url: 'Patient/1' } },
      { request: { method: 'GET', url: 'Patient' } },
      { resource: { resourceType: 'OperationOutcome' }, search: { mode: 'outcome' } },
    ));
    expect(refused.map((one) => one.position)).toEqual(['entry 1']);
    expect(skipped).toBe(2);
  });

  it.each([[null], ['text'], [{}], [{ resourceType: 'Pateint' }], [{ resourceType: 'Patient', id: 'a b' }], [{ resourceType: 'Bundle', type: 'history' }], [{ resourceType: 'Bundle', type: 'batch', entry: [null] }]])(
    'refuses %j without a fault', (document) => {
      expect(plan(document)).toMatchObject({ resources: [], refused: [{ issues: [{ severity: 'error' }] }] });
    });
});
