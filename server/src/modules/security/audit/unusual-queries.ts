// What the rules of unusual access look at, counted from the entries and joined with the relations the record knew.
import type { Queryable } from '../../../platform/database.ts';
import { scanEntries } from './queries.ts';
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
const vietnamMs = 25_200_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;
const nightHours = new Set([22, 23, 0, 1, 2, 3, 4]);

interface Seen {
  readonly actor: string;
  readonly patient: string;
  entries: number;
  first: number;
  last: number;
  night: number;
  emergencies: number;
}

/**
 * Pairs of a person and a patient whom the person has looked at since an instant, with the relation the record knew then: those that are not
 * related, or whose patient is marked.
 */
export async function loadPairs(db: Queryable, since: number, until: number, limit: number): Promise<Pair[]> {
  const pairs = new Map<string, Seen>();
  await scanEntries(db, { from: since, to: until, outcomes: [0], actions: ['R', 'E'] }, ({ at, actor, actorKind, patients = [], emergency }) => {
    if (actorKind !== undefined || patients.length > fewPatients) return;
    for (const patient of patients) {
      const seen = pairs.get(`${actor} ${patient}`) ?? { actor, patient, entries: 0, first: at, last: at, night: 0, emergencies: 0 };
      pairs.set(`${actor} ${patient}`, seen);
      seen.entries++;
      seen.first = Math.min(seen.first, at);
      seen.last = Math.max(seen.last, at);
      if (nightHours.has(Math.floor((at + vietnamMs) / hourMs) % 24)) seen.night++;
      if (emergency === true) seen.emergencies++;
    }
  });
  return judgePairs(db, [...pairs.values()], limit);
}

async function judgePairs(db: Queryable, seen: readonly Seen[], limit: number): Promise<Pair[]> {
  const column = <K extends keyof Seen>(name: K) => seen.map((pair) => pair[name]);
  const { rows } = await db.query<PairRow>({
    text: `with judged as (
        select s.*, coalesce(g.marks, 0) as marks, exists (
            select from security.care_relation c
            where c.patient = s.patient and c.since <= s.last and c.until >= s.first and (c.subject in ('Practitioner/' || w.practitioner, 'asks:Practitioner/' || w.practitioner) or c.subject = any(w.places))) as related
        from unnest($1::text[], $2::bigint[], $3::int[], $4::bigint[], $5::bigint[], $6::int[], $7::int[]) as s(actor, patient, entries, first, last, night, emergencies)
        join security.account w on w.id = s.actor and w.kind = 'person' and not (w.roles && '{patient,relative}')
        left join security.patient_guard g on g.patient = s.patient
      )
      select * from judged where not related or marks <> 0 order by related, marks desc, entries desc limit $8`,
    values: [column('actor'), column('patient'), column('entries'), column('first'), column('last'), column('night'), column('emergencies'), limit], plan: 'custom',
  });
  return rows.map(({ first, last, ...row }) => ({ ...row, first: Number(first), last: Number(last) }));
}

/** Days of each person in a time: how many different patients and refusals. */
export async function loadDays(db: Queryable, since: number, until: number): Promise<DayCount[]> {
  const days = new Map<string, { actor: string; day: number; patients: Set<string>; refused: number; first: number; last: number; entries: number }>();
  await scanEntries(db, { from: since, to: until }, ({ at, actor, patients = [], outcome }) => {
    if (actor === 'sen' || (patients.length === 0 && outcome !== 4)) return;
    const day = Math.floor((at + vietnamMs) / dayMs);
    const counted = days.get(`${actor} ${day}`) ?? { actor, day, patients: new Set<string>(), refused: 0, first: at, last: at, entries: 0 };
    days.set(`${actor} ${day}`, counted);
    counted.entries++;
    counted.first = Math.min(counted.first, at);
    counted.last = Math.max(counted.last, at);
    if (outcome === 4) counted.refused++;
    if (patients.length <= fewPatients) for (const patient of patients) counted.patients.add(patient);
  });
  return [...days.values()].map(({ patients, ...day }) => ({ ...day, patients: patients.size }));
}
