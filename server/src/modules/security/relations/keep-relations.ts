import type { Work } from '../../../platform/work.ts';
import { keyOf } from '../fhir-types.ts';
import { careFacts } from './care-facts.ts';
import type { StoredChange } from './changes.ts';

/**
 * Keeps the relations that changed resources make (types: careTypes), in the transaction that stores them: rows of what they say no more go, those of
 * what they say now come. One statement for all; none when there is nothing to say.
 */
export async function keepRelations(work: Work, changes: readonly StoredChange[]): Promise<void> {
  const latest = [...new Map(changes.map((change) => [`${change.type}/${change.id}`, change])).values()];
  const facts = latest.flatMap(({ type, id, after }) => (after === undefined ? [] : careFacts(after.resource)).map((fact) => ({ ...fact, type, key: keyOf(id) })));
  const changed = latest.filter(({ current }) => current !== undefined);
  if (facts.length === 0 && changed.length === 0) return;
  await work.db.query({
    name: 'security.keep-relations',
    text: keepText,
    values: [
      changed.map(({ type }) => type), changed.map(({ id }) => String(keyOf(id))),
      facts.map(({ type }) => type), facts.map(({ key }) => String(key)), facts.map(({ patient }) => String(patient)), facts.map(({ subject }) => subject),
      facts.map(({ since }) => since), facts.map(({ until }) => until),
    ],
  });
}

// Rows that go and rows that stay are never the same: a row changed twice by one statement would fail.
const keepText = `
with sources as (select * from unnest($1::text[], $2::bigint[]) as u(type, key)),
facts as materialized (select * from unnest($3::text[], $4::bigint[], $5::bigint[], $6::text[], $7::bigint[], $8::bigint[]) as u(type, key, patient, subject, since, until)),
gone as (
  delete from security.care_relation r using sources s
  where r.source_type = s.type and r.source_key = s.key
    and not exists (select from facts f where f.type = r.source_type and f.key = r.source_key and f.patient = r.patient and f.subject = r.subject)
)
insert into security.care_relation as r (patient, subject, since, until, source_type, source_key)
select patient, subject, since, until, type, key from facts f
where not exists (select from security.ended_relation e where e.source_key = f.key and e.source_type = f.type and e.patient = f.patient and e.subject = f.subject)
order by patient, subject, type, key
on conflict (patient, subject, source_type, source_key) do update set since = excluded.since, until = excluded.until
where (r.since, r.until) is distinct from (excluded.since, excluded.until)`;
