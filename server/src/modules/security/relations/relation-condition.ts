import type { Actor } from '../../../platform/work.ts';
import type { Relation } from '../policy/access.ts';
import { policyInForce } from '../policy/policy-in-force.ts';
import { starterPolicy } from '../policy/starter-policy.ts';
import { careSubjects, departments, emergencyPatients, ownPatients } from './subjects.ts';

const dayMs = 86_400_000;

/** Keeps a value and gives its placeholder: `$7`. */
export type AddValue = (value: unknown) => string;

/**
 * Gives the SQL condition under which an actor stands in a relation to the patient whose key an expression gives (0: none); 'true' or 'false' where it
 * is known beforehand. `consent` is 'false' here: permittedCondition (consent/condition.ts) says it.
 */
export function relationCondition(actor: Actor, relation: Relation, patientExpression: string, add: AddValue, now: number): string {
  if (relation === 'any') return 'true';
  if (relation === 'own') return isOneOf(ownPatients(actor), patientExpression, add);
  if (relation === 'emergency') return isOneOf(emergencyPatients(actor, now), patientExpression, add);
  if (relation === 'consent') return 'false';
  const subjects = relation === 'care' ? careSubjects(actor) : departments(actor);
  if (subjects.length === 0) return 'false';
  return `exists (select from security.care_relation c where c.patient = ${patientExpression} and c.subject = any(${add(subjects)}::text[]) and ${inTime(relation, add, now)})`;
}

/** From its beginning to its end and the days of the policy beyond. The numbers are parameters, so that the text stays the same. */
export function inTime(relation: 'care' | 'department', add: AddValue, now: number): string {
  const limits = (policyInForce()?.policy.document ?? starterPolicy).limits;
  const days = (count: number) => `${add(count * dayMs)}::bigint`;
  const at = `${add(now)}::bigint`;
  const afterVisit = relation === 'care' ? limits.careDaysAfterVisit : limits.departmentDaysAfterVisit;
  return `c.since <= ${at} + case c.source_type when 'Appointment' then ${days(limits.careDaysBeforeAppointment)} else 0 end
    and c.until > ${at} - case c.source_type when 'Appointment' then ${days(limits.careDaysAfterAppointment)} when 'ServiceRequest' then ${days(limits.careDaysAfterOrder)} else ${days(afterVisit)} end`;
}

function isOneOf(keys: readonly bigint[], patientExpression: string, add: AddValue): string {
  return keys.length === 0 ? 'false' : `${patientExpression} = any(${add(keys.map(String))}::bigint[])`;
}
