// Every query of consents.
import type { Queryable } from '../../../platform/database.ts';
import { marks } from '../policy/marks.ts';
import { actorRank, dataRank, rulesByType, type ConsentRule } from './rule.ts';

/** Removes the rules of consents; gives the keys of the patients they were of. */
export async function removeRules(db: Queryable, consents: readonly string[]): Promise<bigint[]> {
  const { rows } = await db.query<{ patient: string }>({
    name: 'security.remove-consent-rules',
    text: 'WITH gone AS (DELETE FROM security.consent_rule WHERE consent = ANY($1::text[]) RETURNING patient) SELECT DISTINCT patient FROM gone',
    values: [consents],
  });
  return rows.map(({ patient }) => BigInt(patient));
}

export async function addRules(db: Queryable, consent: string, patient: bigint, rules: readonly ConsentRule[]): Promise<void> {
  const rows = rules.flatMap(rulesByType).map((rule, position) => ({
    position, depth: rule.depth, deny: rule.deny, actors: rule.actors ?? null, actor_rank: actorRank(rule), data_rank: dataRank(rule),
    purposes: rule.purposes ?? null, types: rule.types ?? null, marks: rule.marks, resources: rule.resources?.map(String) ?? null,
    decided: rule.decided, since: rule.since, until: rule.until,
  }));
  await db.query({
    name: 'security.add-consent-rules',
    text: `INSERT INTO security.consent_rule (patient, consent, position, depth, deny, actors, actor_rank, data_rank, purposes, types, marks, resources, decided, since, until)
      SELECT $1, $2, r.* FROM jsonb_to_recordset($3::jsonb) AS r(position smallint, depth smallint, deny boolean, actors text[], actor_rank smallint, data_rank smallint,
        purposes text[], types smallint[], marks int, resources bigint[], decided bigint, since bigint, until bigint)`,
    values: [patient.toString(), consent, JSON.stringify(rows)],
  });
}

/**
 * Makes those who change the rules of the same patients wait for one another: else one that clears the mark could miss the rule that another has just
 * added. The number keeps these locks apart from others.
 */
export async function lockConsents(db: Queryable, patients: readonly bigint[]): Promise<void> {
  await db.query({
    name: 'security.lock-consents',
    text: 'SELECT pg_advisory_xact_lock(9101, hashint8(p.patient)) FROM (SELECT patient FROM unnest($1::bigint[]) AS u(patient) ORDER BY hashint8(patient)) AS p',
    values: [patients.map(String)],
  });
}

/** Sets or clears the mark `consented` of patients as they have rules or none; gives those whose mark changed. */
export async function markConsented(db: Queryable, patients: readonly bigint[]): Promise<bigint[]> {
  const { rows } = await db.query<{ patient: string }>({
    name: 'security.mark-consented',
    text: `WITH state AS (
        SELECT p.patient, exists (SELECT 1 FROM security.consent_rule r WHERE r.patient = p.patient) AS consented FROM unnest($1::bigint[]) AS p(patient)
      ), come AS (
        INSERT INTO security.patient_guard AS g (patient, marks) SELECT patient, $2::int FROM state WHERE consented
        ON CONFLICT (patient) DO UPDATE SET marks = g.marks | $2::int WHERE (g.marks & $2::int) = 0 RETURNING g.patient
      ), left_over AS (
        UPDATE security.patient_guard g SET marks = g.marks & ~$2::int FROM state s
        WHERE g.patient = s.patient AND NOT s.consented AND (g.marks & $2::int) <> 0 AND g.marks <> $2::int RETURNING g.patient
      ), gone AS (
        DELETE FROM security.patient_guard g USING state s WHERE g.patient = s.patient AND NOT s.consented AND g.marks = $2::int RETURNING g.patient
      )
      SELECT patient FROM come UNION ALL SELECT patient FROM left_over UNION ALL SELECT patient FROM gone`,
    values: [patients.map(String), marks.consented],
  });
  return rows.map(({ patient }) => BigInt(patient));
}
