import { describe, expect, it } from 'vitest';
import { grantAccess } from './grant-access.ts';

const access = (scopes: string, patient?: string) => grantAccess({ client: 'app', scopes: scopes.split(' '), ...(patient === undefined ? {} : { patient }) });

describe('SMART App Launch 2.2: what a grant leaves', () => {
  it('is what its letters say, and nothing of another type', () => {
    const app = access('user/Observation.rs');
    expect([app.granted('Observation', 'read'), app.granted('Observation', 'search'), app.granted('Observation', 'history')]).toEqual(['all', 'all', 'all']);
    expect([app.granted('Observation', 'create'), app.granted('Observation', 'update'), app.granted('Observation', 'delete'), app.granted('Condition', 'read')]).toEqual(['none', 'none', 'none', 'none']);
    expect(access('user/Observation.s').granted('Observation', 'read')).toBe('none');
  });

  it('adds up several searches, and forgets them beside a scope without one', () => {
    expect(access('user/Observation.rs?category=laboratory user/Observation.rs?category=vital-signs').granted('Observation', 'read')).toEqual(['category=laboratory', 'category=vital-signs']);
    expect(access('user/Observation.rs?category=laboratory user/*.rs').granted('Observation', 'read')).toBe('all');
  });

  it('keeps patient/ scopes with the patient of the launch, and gives nothing when there is none', () => {
    const app = access('patient/*.cruds', 'hanh');
    expect([app.granted('Observation', 'read'), app.grantPatient('Observation'), app.grantPatient('Observation', 'create')]).toEqual(['all', 'hanh', 'hanh']);
    expect(access('patient/*.rs').granted('Observation', 'read')).toBe('none');
  });

  it('lets a patient/ scope look up what tells of no patient, and change none of it', () => {
    const app = access('patient/*.cruds', 'hanh');
    expect([app.granted('Practitioner', 'read'), app.grantPatient('Practitioner'), app.granted('Practitioner', 'update')]).toEqual(['all', undefined, 'none']);
  });

  it('never widens a patient/ scope by a user/ scope of other letters', () => {
    const app = access('patient/Observation.cruds user/Observation.rs', 'hanh');
    expect([app.grantPatient('Observation', 'read'), app.grantPatient('Observation', 'create'), app.grantPatient('Observation')]).toEqual([undefined, 'hanh', 'hanh']);
  });

  it('passes over a malformed scope', () => {
    expect(access('user/Observation.zz user/Condition.rs').granted('Observation', 'read')).toBe('none');
  });

  it('reaches the FHIR API only, and bulk data only as a service', () => {
    const app = access('user/*.cruds');
    expect((['fhir.use', 'policy.change', 'account.manage', 'audit.read', 'access.own', 'consent.own', 'emergency.open', 'bulk.export', 'session.own'] as const).filter(app.permits)).toEqual(['fhir.use']);
    expect(access('system/*.rs').permits('bulk.export')).toBe(true);
  });
});
