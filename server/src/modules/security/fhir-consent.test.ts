import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { keyOf, typeCode } from '@sen/fhir';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../platform/refusal.ts';
import { consentRules } from './fhir-consent.ts';
import { marks } from './policy/marks.ts';

const now = Date.parse('2026-03-02T08:00:00+07:00');
const scope = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }] };
const optIn = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'OPTIN' }] };
const consent = (more: object) => ({ resourceType: 'Consent', status: 'active', scope, patient: { reference: 'Patient/hanh' }, dateTime: '2026-03-01', ...more });
const actor = (reference: string) => ({ role: { coding: [{ code: 'PRCP' }] }, reference: { reference } });
const rulesOf = (more: object) => consentRules(consent(more), now)?.rules;
const example = (name: string) => JSON.parse(readFileSync(fileURLToPath(import.meta.resolve(`hl7.fhir.r4.examples/Consent-consent-example-${name}.json`)), 'utf8')) as Record<string, unknown>;

function refusalOf(more: object): string {
  try {
    consentRules(consent(more), now);
  } catch (error) {
    if (error instanceof Refusal) return `${error.code} ${error.issues[0]?.expression ?? ''}`;
  }
  return 'none';
}

describe('Consent.provision (R4 6.2) becomes rules', () => {
  it('shares with a hospital for treatment until the end of a day in Vietnam', () => {
    const [rule] = rulesOf({ provision: { type: 'permit', period: { end: '2026-03-31' }, actor: [actor('Organization/79048')] } })!;
    expect(rule).toEqual({
      depth: 0, deny: false, marks: 0, actors: ['Organization/79048'], purposes: ['TREAT', 'ETREAT', 'CAREMGT', 'COC'],
      decided: Date.parse('2026-03-01T00:00:00+07:00'), since: -8_640_000_000_000_000, until: Date.parse('2026-04-01T00:00:00+07:00'),
    });
  });

  it('closes a category to all but one doctor, as an exception of the denial', () => {
    const label = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'HIV' };
    const rules = rulesOf({ provision: { type: 'deny', securityLabel: [label], provision: [{ type: 'permit', actor: [actor('Practitioner/khoi')] }] } })!;
    expect(rules.map(({ deny, depth, actors, marks: bits }) => ({ deny, depth, actors, bits }))).toEqual([
      { deny: true, depth: 0, actors: undefined, bits: marks.hiv },
      { deny: false, depth: 1, actors: ['Practitioner/khoi'], bits: marks.hiv },
    ]);
  });

  it('keeps types and single resources as the numbers and keys of the record', () => {
    const data = [{ meaning: 'instance', reference: { reference: 'DocumentReference/d1' } }];
    const [rule] = rulesOf({ provision: { type: 'deny', class: [{ system: 'http://hl7.org/fhir/resource-types', code: 'DocumentReference' }], data } })!;
    expect(rule).toMatchObject({ types: [typeCode('DocumentReference')], resources: [{ type: typeCode('DocumentReference'), key: keyOf('d1') }] });
  });

  it('gives nothing for what is withdrawn or speaks of something else than access', () => {
    expect(rulesOf({ status: 'inactive', provision: { type: 'deny' } })).toBeUndefined();
    expect(rulesOf({ scope: { coding: [{ code: 'research' }] }, provision: { type: 'deny' } })).toBeUndefined();
  });

  it('reads a root without a type as the exception to OPTIN or OPTOUT that it is', () => {
    expect(consentRules(example('notThem'), now)?.rules.map(({ deny, actors }) => ({ deny, actors }))).toEqual([
      { deny: false, actors: undefined }, { deny: true, actors: ['Practitioner/f204'] },
    ]);
    expect(consentRules(example('Out'), now)?.rules.map(({ deny, actors }) => ({ deny, actors }))).toEqual([
      { deny: true, actors: ['outside'] }, { deny: false, actors: ['Organization/f001'] },
    ]);
    expect(consentRules(example('notOrg'), now)?.rules[1]).toMatchObject({ deny: true, actors: ['Organization/f001'] });
  });

  it('refuses what it could not enforce, and names the element', () => {
    expect(refusalOf({ provision: { type: 'deny', dataPeriod: { start: '2025' } } })).toBe('security.consent-not-understood Consent.provision.dataPeriod');
    expect(refusalOf({ provision: { type: 'deny', code: [{}] } })).toBe('security.consent-not-understood Consent.provision.code');
    expect(refusalOf({ provision: { type: 'deny', data: [{ meaning: 'related', reference: { reference: 'Task/t' } }] } })).toBe('security.consent-not-understood Consent.provision.data[0].meaning');
    expect(refusalOf({ provision: { type: 'permit', actor: [actor('CareTeam/t')] } })).toBe('security.consent-not-understood Consent.provision.actor[0].reference');
    expect(refusalOf({ policyRule: optIn, provision: { provision: [{ actor: [actor('Organization/x')] }] } })).toBe('security.consent-not-understood Consent.provision.provision[0].type');
    expect(refusalOf({ provision: { type: 'deny', securityLabel: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'N' }] } })).toBe('security.consent-not-understood Consent.provision.securityLabel[0]');
    expect(refusalOf({ patient: { display: 'somebody' }, provision: { type: 'deny' } })).toBe('security.consent-not-understood Consent.patient');
  });
});

describe('Law 91/2025/QH15: nothing to insurers without the written request of the patient', () => {
  const purpose = [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'COVERAGE' }];
  it('refuses to permit payers without a source, and takes it with one', () => {
    expect(refusalOf({ provision: { type: 'permit', actor: [actor('Organization/insurer')], purpose } })).toBe('security.consent-needs-writing ');
    const [rule] = rulesOf({ sourceReference: { reference: 'DocumentReference/request' }, provision: { type: 'permit', actor: [actor('Organization/insurer')], purpose } })!;
    expect(rule?.purposes).toEqual(['COVERAGE', 'HPAYMT']);
  });
});
