// What the rules of unusual access look at, counted by PostgreSQL.
import type { Queryable } from '../../../platform/database.ts';
import type { DayCount, Pair } from './unusual.ts';

interface PairRow {
  actor: string;
  patient: string;
  entries: number;
  first: string;
  last: string;
  night: number;
  emergencies: number;
  related: boolean;
  marks: number;
}

/** An entry about more patients is a list: being in it is no access to one record. */
const fewPatients = 3;

/**
 * Pairs of a person and a patient whom the person has looked at since an instant, with the relation the record knew then: those that are not
 * related, or whose patient is marked.
 */
export async function loadPairs(db: Queryable, since: number, until: number, limit: number): Promise<Pair[]> {
  const { rows } = await db.query<PairRow>({
    text: `with seen as (
        select a.actor, p.patient, count(*)::int as entries, min(a.at) as first, max(a.at) as last,
          count(*) filter (where (a.at / 3600000 + 7) % 24 in (22, 23, 0, 1, 2, 3, 4))::int as night,
          count(*) filter (where a.entry::jsonb ? 'emergency')::int as emergencies
        from security.audit a, unnest(a.patients) as p(patient)
        where a.at >= $1 and a.at < $2 and a.outcome = 0 and a.patients is not null and cardinality(a.patients) <= ${fewPatients} and a.action in ('R', 'E')
        group by 1, 2
      ), judged as (
        select s.*, coalesce(g.marks, 0) as marks, exists (
            select from security.care_relation c
            where c.patient = s.patient and c.since <= s.last and c.until >= s.first and (c.subject in ('Practitioner/' || w.practitioner, 'asks:Practitioner/' || w.practitioner) or c.subject = any(w.places))) as related
        from seen s
        join security.account w on w.id = s.actor and w.kind = 'person' and not (w.roles && '{patient,relative}')
        left join security.patient_guard g on g.patient = s.patient
      )
      select * from judged where not related or marks <> 0 order by related, marks desc, entries desc limit $3`,
    values: [since, until, limit], plan: 'custom',
  });
  return rows.map(({ first, last, ...row }) => ({ ...row, first: Number(first), last: Number(last) }));
}

/** Days of each person in a time: how many different patients and refusals. */
export async function loadDays(db: Queryable, since: number, until: number): Promise<DayCount[]> {
  const { rows } = await db.query<{ actor: string; day: string; patients: number; refused: number; first: string; last: string; entries: number }>({
    text: `select a.actor, (a.at + 25200000) / 86400000 as day, count(distinct p.patient)::int as patients,
        count(distinct a.seq) filter (where a.outcome = 4)::int as refused, min(a.at) as first, max(a.at) as last, count(distinct a.seq)::int as entries
      from security.audit a left join lateral unnest(a.patients) as p(patient) on cardinality(a.patients) <= ${fewPatients}
      where a.at >= $1 and a.at < $2 and a.actor <> 'sen' and (a.patients is not null or a.outcome = 4)
      group by 1, 2`,
    values: [since, until], plan: 'custom',
  });
  return rows.map(({ day, first, last, ...row }) => ({ ...row, day: Number(day), first: Number(first), last: Number(last) }));
}
