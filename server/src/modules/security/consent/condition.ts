// The consents of patients as conditions of SQL, for whoever reads the record.
import type { Actor } from '../../../platform/work.ts';
import { marks } from '../policy/marks.ts';
import { actorNames, purposesOf } from './asker.ts';

/** SQL expressions of the row that is judged. */
export interface ConsentColumns {
  readonly patient: string;
  readonly type: string;
  readonly marks: string;
  readonly key: string;
}

type Add = (value: unknown) => string;

/**
 * SQL: true unless the patient's consents deny this actor the row. A denial yields only to a permission that names both whom and what at least as
 * narrowly, and is narrower in one of them, later, or an exception to it (R4 Consent.provision.provision). Rows without the mark `consented` are
 * let through without a look at the rules. Not for the relations `own` and `emergency`, which no denial binds.
 */
export function consentCondition(actor: Actor, row: ConsentColumns, add: Add, now: number): string {
  const matches = matcher(actor, row, add, now);
  return `((${row.marks} & ${marks.consented}) = 0 or not exists (select 1 from security.consent_rule d
    where d.patient = ${row.patient} and d.deny and ${matches('d')} and (d.types is not null or d.resources is not null or ${row.type} <> ${patientType}) and not exists (
      select 1 from security.consent_rule p where p.patient = d.patient and not p.deny and ${matches('p')}
        and p.actor_rank >= d.actor_rank and p.data_rank >= d.data_rank
        and (p.actor_rank > d.actor_rank or p.data_rank > d.data_rank or p.decided > d.decided or (p.consent = d.consent and p.depth > d.depth)))))`;
}

/** SQL: true when a consent names this actor, or a place of the actor, and permits the row. What others deny is for consentCondition beside it. */
export function permittedCondition(actor: Actor, row: ConsentColumns, add: Add, now: number): string {
  const matches = matcher(actor, row, add, now);
  return `exists (select 1 from security.consent_rule p where p.patient = ${row.patient} and not p.deny and p.actor_rank > 0 and ${matches('p')})`;
}

/** Number of the type Patient in the record: who somebody is stays to be found, whatever of the record is closed, unless a rule names the type. */
const patientType = 103;

function matcher(actor: Actor, row: ConsentColumns, add: Add, now: number): (rule: string) => string {
  const [names, purposes, at] = [`${add(actorNames(actor))}::text[]`, `${add(purposesOf(actor))}::text[]`, `${add(now)}::bigint`];
  return (rule) => [
    `${rule}.since <= ${at} and ${rule}.until > ${at}`,
    `(${rule}.actors is null or ${rule}.actors && ${names})`,
    `(${rule}.purposes is null or ${rule}.purposes && ${purposes})`,
    `(${rule}.types is null or ${row.type} = any(${rule}.types))`,
    `(${rule}.marks = 0 or (${row.marks} & ${rule}.marks) <> 0)`,
    `(${rule}.resources is null or ${row.key} = any(${rule}.resources))`,
  ].join(' and ');
}
