-- The audit in blocks: the entries that were moved together are one row and one link of the chain (docs/decisions/0011). A row for each entry cost a read
-- half of itself again in PostgreSQL, most of it for indexes.
create table security.audit_block (
  first_seq   bigint primary key,
  last_seq    bigint not null unique check (last_seq >= first_seq),
  -- ms since 1970, of the oldest and the newest entry
  from_at     bigint not null,
  to_at       bigint not null check (to_at >= from_at),
  -- Entries whose outcome is 4, and 8 or 12.
  refused     int    not null,
  failed      int    not null,
  actors      text[] collate "C" not null,
  -- Keys of the patients it is about, as in record.resource.
  patients    bigint[],
  -- Of entries that name writes: so that the writes told by the record are not told twice.
  requests    text[] collate "C",
  -- Ids of the AuditEvents that devices or partners sent.
  foreign_ids text[] collate "C",
  -- `block`: the hash is SHA-256 of the hash before it, first_seq (8 bytes, big-endian) and the lines (UTF-8, one an entry, without the last line feed).
  -- `entries`: told before blocks; each entry is a link of its own, and the hash is that of the last.
  links       text   not null check (links in ('block', 'entries')),
  -- The lines, by Zstandard (RFC 8878); of `entries` plain.
  body        bytea  not null,
  hash        bytea  not null check (octet_length(hash) = 32)
);
alter table security.audit_block alter column body set storage external;

insert into security.audit_block
select min(seq), max(seq), min(at), max(at), count(*) filter (where outcome = 4), count(*) filter (where outcome > 4), array_agg(distinct actor),
  (select array_agg(distinct p) from security.audit o, unnest(o.patients) p where o.seq > a.part * 1000 and o.seq <= (a.part + 1) * 1000),
  array_agg(distinct request) filter (where request is not null), array_agg(distinct foreign_id) filter (where foreign_id is not null), 'entries',
  convert_to(string_agg(entry, E'\n' order by seq), 'UTF8'), (array_agg(hash order by seq desc))[1]
from (select *, (seq - 1) / 1000 as part from security.audit) a group by part order by 1;

create index audit_block_to on security.audit_block (to_at, first_seq);
create index audit_block_from on security.audit_block (from_at, first_seq);
create index audit_block_about on security.audit_block using gin (actors, patients, requests, foreign_ids);

create trigger audit_blocks_stay before update or delete on security.audit_block for each row execute function security.refuse_audit_change();
create trigger audit_stays_whole before truncate on security.audit_block for each statement execute function security.refuse_audit_change();

drop table security.audit;
