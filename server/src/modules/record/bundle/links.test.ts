import { describe, expect, it } from 'vitest';
import { replaceLinks } from './links.ts';

const resolve = (link: string) => (link === 'urn:uuid:p' ? 'Patient/1' : undefined);
const replaced = (resource: object) => replaceLinks(resource, resolve);

describe('R4 http.html §3.1.0.11.2 links of a transaction', () => {
  it('are replaced in references, uri, url, oid and uuid elements, at any depth', () => {
    expect(replaced({ resourceType: 'Observation', component: [{ valueString: 'urn:uuid:p', extension: [{ url: 'x', extension: [{ url: 'y', valueUuid: 'urn:uuid:p' }] }] }] })).toEqual({
      resourceType: 'Observation', component: [{ valueString: 'urn:uuid:p', extension: [{ url: 'x', extension: [{ url: 'y', valueUuid: 'Patient/1' }] }] }],
    });
    expect(replaced({ resourceType: 'Bundle', entry: [{ fullUrl: 'urn:uuid:p', resource: { resourceType: 'Condition', subject: { reference: 'urn:uuid:p' } } }] })).toEqual({
      resourceType: 'Bundle', entry: [{ fullUrl: 'Patient/1', resource: { resourceType: 'Condition', subject: { reference: 'Patient/1' } } }],
    });
  });

  it('are left in canonicals, strings and identifiers', () => {
    const plan = { resourceType: 'CarePlan', instantiatesCanonical: ['urn:uuid:p'], title: 'urn:uuid:p', identifier: [{ value: 'urn:uuid:p' }] };
    expect(replaced(plan)).toBe(plan);
  });

  it('are replaced in href and src of the narrative, with entities kept', () => {
    const div = `<div><a class="k" href='urn:uuid:p'>p</a> <img alt="x" src="urn:uuid:p"/> urn:uuid:p <a href="http://x?a=1&amp;b=2">x</a></div>`;
    expect(replaced({ resourceType: 'Patient', text: { div } })).toEqual({
      resourceType: 'Patient', text: { div: `<div><a class="k" href='Patient/1'>p</a> <img alt="x" src="Patient/1"/> urn:uuid:p <a href="http://x?a=1&amp;b=2">x</a></div>` },
    });
  });

  it('cost no copy where nothing changes, and leave the input as it was', () => {
    const patient = { resourceType: 'Patient', name: [{ family: 'Lê' }], link: [{ other: { reference: 'urn:uuid:p' } }] };
    const after = replaced(patient) as typeof patient;
    expect(after.name).toBe(patient.name);
    expect(patient.link[0]!.other.reference).toBe('urn:uuid:p');
  });
});
