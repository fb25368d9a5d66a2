-- present: one bit for each search parameter of the type that the resource has a value for (packages/fhir, search/presence.ts).
alter table record.resource add column present bigint not null default 0;

-- What tokens stand for, each once: the text beside a code, a URI, a unit, the system of a composite's code. text: 11 characters for the place, as in
-- text_value. Not unique, so that no writer waits for another: store/spellings.ts.
create table record.token_text (
  text  text collate "C" not null,
  token bigint not null
);
create index token_text_text on record.token_text (text, token);

-- Which of many tokens (the codes of a value set) occur in a partition. The common ones are known from its statistics; the others are looked up in one
-- pass through the index, which the planner, who takes each unknown token for a common one, would not use of itself.
create function record.tokens_in_use(relation regclass, asked bigint[]) returns setof bigint
language plpgsql stable set enable_seqscan = off set enable_indexscan = off as $$
declare
  common bigint[] := array(
    select unnest(s.most_common_elems::text::bigint[]) from pg_stats s join pg_class c on c.relname = s.tablename and c.oid = relation
    where s.schemaname = 'record' and s.attname = 'tokens'
    intersect select unnest(asked));
  rare bigint[] := array(select unnest(asked) except select unnest(common));
begin
  return query select unnest(common);
  return query execute format('select distinct t from %s r, unnest(r.tokens) t where r.tokens && $1 and t = any($1)', relation) using rare;
end
$$;
