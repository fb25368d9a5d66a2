// What an app's grant leaves of what its user may do (SMART App Launch 2.2, §3.0): scopes narrow, they never widen.
import type { Permission } from '@sen/contracts';
import type { Grant } from '../../../platform/work.ts';
import { isAboutPatients } from '../fhir-types.ts';
import type { Access, Interaction } from './access.ts';
import { readScope, type ResourceScope, type ScopeLetter } from './scopes.ts';

type Asked = Interaction | 'search';
type GrantAccess = Pick<Access, 'granted' | 'grantPatient' | 'permits'>;

/** history: past versions come by reading (vread, history of an instance), SMART 2.2 §3.0.2.2. */
const letterOf: Readonly<Record<Asked, ScopeLetter>> = { read: 'r', history: 'r', search: 's', create: 'c', update: 'u', delete: 'd' };

/** An app reaches the FHIR API and nothing else of the house: no accounts, policy, audit or consents, whoever its user is. */
const throughApps: ReadonlySet<Permission> = new Set(['fhir.use', 'patient.find', 'chart.read', 'terminology.use', 'signature.verify', 'subscription.manage']);
const throughServices: ReadonlySet<Permission> = new Set(['bulk.export', 'bulk.import']);

export function grantAccess(grant: Grant): GrantAccess {
  const scopes = grant.scopes.map(readScope).filter((scope) => scope !== undefined);
  const service = scopes.some(({ context }) => context === 'system');
  return {
    granted: (type, asked) => granted(grant, scopes, type, asked),
    grantPatient: (type, asked) => (boundToPatient(scopes, type, asked) ? grant.patient : undefined),
    permits: (permission) => throughApps.has(permission) || (service && throughServices.has(permission)),
  };
}

function granted(grant: Grant, scopes: readonly ResourceScope[], type: string, asked: Asked): ReturnType<Access['granted']> {
  const found = leading(scopes, type, asked);
  if (found.length === 0) return 'none';
  if (found.some(({ context }) => context === 'patient')) {
    if (grant.patient === undefined) return 'none';
    // What tells of no patient (a Practitioner that a result names) may be looked up, not changed.
    if (!isAboutPatients(type) && !['read', 'search'].includes(asked)) return 'none';
  }
  const criteria = found.map((scope) => scope.criteria).filter((each) => each !== undefined);
  return criteria.length < found.length ? 'all' : criteria;
}

function boundToPatient(scopes: readonly ResourceScope[], type: string, asked: Asked | undefined): boolean {
  if (!isAboutPatients(type)) return false;
  if (asked !== undefined) return leading(scopes, type, asked).some(({ context }) => context === 'patient');
  return scopes.some((scope) => scope.context === 'patient' && covers(scope, type));
}

/** Scopes of the user or the system where there are any, else those of the launch patient: never both, so that one condition says it. */
function leading(scopes: readonly ResourceScope[], type: string, asked: Asked): readonly ResourceScope[] {
  const fitting = scopes.filter((scope) => covers(scope, type) && scope.letters.has(letterOf[asked]));
  const wide = fitting.filter(({ context }) => context !== 'patient');
  return wide.length > 0 ? wide : fitting;
}

function covers(scope: ResourceScope, type: string): boolean {
  return scope.type === '*' || scope.type === type;
}
