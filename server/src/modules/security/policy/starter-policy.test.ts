// The promises of the starter policy, as sentences.
import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../platform/work.ts';
import { systemActor } from '../../../platform/actors.ts';
import { resourceTypes } from '../fhir-types.ts';
import { accessOf } from './access-of.ts';
import type { Interaction, Relation } from './access.ts';
import { compilePolicy } from './compiled-policy.ts';
import { interactions } from './document.ts';
import { marks, type Mark } from './marks.ts';
import { policyFindings } from './policy-findings.ts';
import { policyInForce, putInForce } from './policy-in-force.ts';
import { roles, type Role } from './roles.ts';
import { starterPolicy } from './starter-policy.ts';
import { typeGroups } from './type-groups.ts';

const somebody = (...names: string[]): Actor => ({ id: 'a', kind: 'person', name: 'Lan', roles: names });
const before = accessOf(somebody('doctor'));
putInForce({ version: 1, policy: compilePolicy(starterPolicy) });
const access = (...names: Role[]) => accessOf(somebody(...names));

/** Every way to something, over all types of some groups. */
const ways = (role: Role, types: readonly string[], asked: readonly Interaction[] = interactions) => types.flatMap((type) => asked.flatMap((each) => access(role).rules(type, each)));
const relationsOf = (role: Role, types: readonly string[], asked?: readonly Interaction[]) => [...new Set(ways(role, types, asked).map(({ relation }) => relation))].sort();
const marksBy = (role: Role, type: string, relation: Relation) => {
  const bits = access(role).rules(type, 'read').filter((rule) => rule.relation === relation).reduce((sum, rule) => sum | rule.marks, 0);
  return Object.entries(marks).filter(([, bit]) => (bits & bit) !== 0).map(([name]) => name as Mark);
};

const record = ['clinical', 'medicine', 'result'].flatMap((group) => typeGroups[group]!.types);
const everySensitive: Mark[] = ['hiv', 'mentalHealth', 'genetic', 'sexualHealth', 'substanceUse', 'violence', 'restricted', 'withheld'];
const staffRoles = roles.filter((role) => !['patient', 'relative', 'partner', 'kiosk', 'device', 'integration'].includes(role));

describe('The starter policy', () => {
  it('may come into force', () => {
    expect(policyFindings(starterPolicy)).toEqual([]);
  });

  it('gives nobody but the house anything before it is in force', () => {
    expect([before.unlimited, before.permits('session.own'), before.rules('Patient', 'read'), before.granted('Patient', 'read')]).toEqual([false, false, [], 'none']);
    expect(accessOf(systemActor).unlimited).toBe(true);
  });

  it('takes nobody for the house who only looks like it', () => {
    expect(accessOf({ ...systemActor }).unlimited).toBe(false);
    expect(accessOf({ ...systemActor }).rules('Patient', 'read')).toEqual([]);
  });

  it('gives nothing for a role that it does not know, and nothing without a role', () => {
    for (const names of [[], ['system'], ['admin'], ['__proto__']]) expect(resourceTypes.flatMap((type) => accessOf(somebody(...names)).rules(type, 'read'))).toEqual([]);
  });
});

describe('Law 15/2023/QH15, art. 10: a record is for those who treat', () => {
  it('lets a doctor and a nurse see everything of whom they care for, and the rest of the department without its sensitive parts', () => {
    for (const role of ['doctor', 'nurse'] as const) {
      expect(marksBy(role, 'Observation', 'care')).toEqual([...everySensitive, 'vip', 'staff']);
      expect(marksBy(role, 'Observation', 'department')).toEqual([]);
      expect(relationsOf(role, record)).toEqual(['care', 'department', 'emergency']);
    }
  });

  it('lets them know by name whom they have nothing to do with, unless famous', () => {
    expect(access('doctor').rules('Patient', 'read').find(({ relation }) => relation === 'any')).toEqual({ relation: 'any', marks: marks.staff, criteria: [] });
    expect(access('doctor').rules('Encounter', 'read').some(({ relation }) => relation === 'any')).toBe(false);
  });

  it('lets nobody make themselves one of those who care', () => {
    for (const role of ['doctor', 'nurse'] as const) expect(relationsOf(role, ['Encounter', 'EpisodeOfCare', 'Appointment', 'CareTeam'], ['create', 'update'])).not.toEqual(expect.arrayContaining(['any', 'department']));
  });

  it('leaves prescribing, ordering and diagnosing to doctors', () => {
    expect(relationsOf('nurse', ['MedicationRequest', 'ServiceRequest', 'Condition', 'DiagnosticReport'], ['create', 'update'])).toEqual([]);
    expect(relationsOf('doctor', ['MedicationRequest', 'ServiceRequest', 'Condition', 'DiagnosticReport'], ['create'])).toEqual(['care', 'department', 'emergency']);
  });

  it('never shows a cashier, a receptionist, an administrator, a director, an auditor or a privacy officer a record', () => {
    for (const role of ['cashier', 'reception', 'administrator', 'director', 'auditor', 'privacy'] as const) expect(ways(role, record)).toEqual([]);
  });

  it('hides from a cashier why a patient came', () => {
    expect(access('cashier').hidden('Encounter')).toEqual(['diagnosis', 'hospitalization', 'reasonCode', 'reasonReference', 'serviceType', 'type', 'contained', 'text']);
  });

  it('shows an insurance officer of the record the diagnoses of visits and nothing else', () => {
    expect(new Set(record.filter((type) => ways('insurance', [type]).length > 0))).toEqual(new Set(['Condition']));
    expect(ways('insurance', ['Condition']).every(({ criteria }) => criteria.length > 0)).toBe(true);
  });

  it('shows the laboratory laboratory work only', () => {
    expect(record.filter((type) => ways('laboratory', [type]).length > 0)).toEqual(['DiagnosticReport', 'Observation', 'ServiceRequest', 'Specimen']);
    expect(ways('laboratory', ['Observation', 'DiagnosticReport']).every(({ criteria }) => criteria.length > 0)).toBe(true);
  });

  it('shows a records officer all records but what is sensitive', () => {
    expect(marksBy('records', 'Observation', 'any')).toEqual(['restricted', 'staff']);
  });

  it('shows a director statistics of nobody in particular', () => {
    expect(access('director').rules('MeasureReport', 'read')).toEqual([{ relation: 'any', marks: 0, criteria: ['patient:missing=true'] }]);
  });

  it('gives an administrator no patient at all', () => {
    expect(ways('administrator', ['Patient', 'Encounter', 'Coverage', 'Consent', 'AuditEvent', 'Invoice'])).toEqual([]);
  });
});

describe('Law 91/2025/QH15: people outside', () => {
  it('shows patients their own record, but no unverified result and nothing that is still to be told in person', () => {
    expect(relationsOf('patient', record, ['read', 'history'])).toEqual(['own']);
    expect(marksBy('patient', 'Condition', 'own')).toEqual([...everySensitive.filter((mark) => mark !== 'withheld'), 'vip', 'staff']);
    expect(access('patient').rules('Observation', 'read').map(({ criteria }) => criteria)).toEqual([['status=final,amended,corrected,cancelled']]);
  });

  it('shows relatives nothing that the person may wish to keep from them', () => {
    expect(marksBy('relative', 'Condition', 'own')).toEqual(['vip', 'staff']);
  });

  it('shows another hospital only what a consent permits', () => {
    expect(relationsOf('partner', [...record, 'Patient', 'Encounter', 'Coverage'])).toEqual(['consent']);
    expect(ways('partner', resourceTypes.filter((type) => type !== 'AuditEvent'), ['create', 'update', 'delete'])).toEqual([]);
  });

  it('lets a device hand in results and read its work list, not the record', () => {
    expect(relationsOf('device', ['Observation', 'DiagnosticReport', 'Condition'], ['read', 'history', 'update', 'delete'])).toEqual([]);
    expect(access('device').hidden('Patient')).toContain('address');
  });
});

describe('What nobody may', () => {
  it('delete what a law says must be kept', () => {
    const kept = [...record, 'Patient', 'Encounter', 'Consent', 'AuditEvent', 'Invoice', 'Claim'];
    expect(roles.filter((role) => role !== 'integration' && ways(role, kept, ['delete']).length > 0)).toEqual([]);
  });

  it('write the audit: systems hand in what they have audited, and change nothing', () => {
    expect(roles.filter((role) => role !== 'integration' && ways(role, ['AuditEvent'], ['update', 'delete']).length > 0)).toEqual([]);
    expect(roles.filter((role) => ways(role, ['AuditEvent'], ['create']).length > 0)).toEqual(['partner', 'device', 'integration']);
  });

  it('have both: change the policy and make accounts', () => {
    expect(roles.filter((role) => access(role).permits('policy.change') && access(role).permits('account.manage'))).toEqual([]);
    expect(roles.filter((role) => access(role).permits('policy.change'))).toEqual(['privacy']);
  });

  it('see a sensitive mark of anybody without a relation, in the record, save where the work is exactly that', () => {
    const seen = staffRoles.flatMap((role) => record.filter((type) => access(role).rules(type, 'read').some(({ relation, marks: bits, criteria }) => relation === 'any' && criteria.length === 0 && (bits & marks.hiv) !== 0)).map((type) => `${role} ${type}`));
    expect(seen).toEqual([
      'laboratory Specimen', 'radiographer ImagingStudy', 'radiographer Media', 'radiologist ImagingStudy', 'radiologist Media', 'pharmacist AllergyIntolerance',
      'pharmacist Immunization', 'pharmacist MedicationAdministration', 'pharmacist MedicationDispense', 'pharmacist MedicationRequest', 'pharmacist MedicationStatement',
    ]);
  });
});

describe('Several roles of one person', () => {
  it('add up', () => {
    expect(access('cashier', 'auditor').permits('audit.read')).toBe(true);
    expect(access('cashier', 'doctor').rules('Observation', 'read').length).toBe(access('doctor').rules('Observation', 'read').length);
  });

  it('hide only what each of them hides', () => {
    expect(access('laboratory', 'cashier').hidden('Patient')).toEqual(['communication', 'contact', 'generalPractitioner', 'maritalStatus', 'photo', 'contained', 'text']);
    expect(access('laboratory', 'doctor').hidden('Patient')).toEqual([]);
  });
});

describe('An app', () => {
  it('never has more than its user', () => {
    const app = accessOf({ ...somebody('cashier'), grant: { client: 'app', scopes: ['user/*.cruds'] } });
    expect([app.rules('Observation', 'read'), app.granted('Observation', 'read'), app.permits('chart.read')]).toEqual([[], 'all', false]);
  });
});

describe('What a policy is refused for', () => {
  const changed = (change: (policy: typeof starterPolicy) => void) => {
    const copy = structuredClone(starterPolicy);
    change(copy);
    return policyFindings(copy);
  };

  it.each<[string, (policy: typeof starterPolicy) => void, RegExp]>([
    ['an unknown type', (p) => p.roles.doctor.rules[0]!.of.push('Observatoin'), /Observatoin is neither a group nor a type/],
    ['an unknown permission', (p) => p.roles.doctor.permissions.push('everything' as never), /permissions/],
    ['an unknown element', (p) => void (p.roles.cashier.hidden!['Patient'] = ['shoeSize']), /no element shoeSize/],
    ['writing what is hidden', (p) => p.roles.cashier.rules.push({ of: ['Patient'], may: ['update'], by: ['any'] }), /may not be written/],
    ['a permission of nobody', (p) => void (p.roles.privacy.permissions = []), /nobody has the permission policy\.change/],
    ['a missing role', (p) => Reflect.deleteProperty(p.roles, 'auditor'), /auditor/],
    ['a type in no group', (p) => void p.groups['other']!.types.pop(), /ResearchSubject must stand in one group/],
    ['criteria that look elsewhere', (p) => p.roles.doctor.rules.push({ of: ['Observation'], may: ['read'], by: ['any'], where: ['subject.name=x'] }), /no plain search/],
    ['criteria of no parameter', (p) => p.roles.doctor.rules.push({ of: ['Observation'], may: ['read'], by: ['any'], where: ['colour=red'] }), /no plain search/],
    ['an emergency without the permission to open one', (p) => p.roles.cashier.rules.push({ of: ['Patient'], may: ['read'], by: ['emergency'] }), /need the permission emergency\.open/],
    ['more than a policy says', (p) => void Object.assign(p.roles.doctor, { superuser: true }), /doctor/],
  ])('%s', (_, change, expected) => {
    expect(changed(change).join('\n')).toMatch(expected);
  });
});

describe('Asking what somebody may', () => {
  it('works out an actor once, and again when another policy comes into force', () => {
    const actor = somebody('doctor');
    const first = accessOf(actor);
    expect(accessOf(actor)).toBe(first);
    const shut = structuredClone(starterPolicy);
    shut.roles.doctor.rules = [];
    putInForce({ version: 2, policy: compilePolicy(shut) });
    expect([accessOf(actor).rules('Observation', 'read'), policyInForce()?.version]).toEqual([[], 2]);
    putInForce({ version: 3, policy: compilePolicy(starterPolicy) });
  });
});
