-- The audit: one row an entry, in one chain without gaps (docs/decisions/0011). `entry` is what the hash covers, byte for byte; the columns beside
-- it repeat parts of it for searches, and `sen verify-audit` compares them.
create table security.audit (
  seq      bigint   primary key,
  -- ms since 1970
  at       bigint   not null,
  kind     text     collate "C" not null,
  action   text     collate "C" not null check (action in ('C', 'R', 'U', 'D', 'E')),
  -- AuditEvent.outcome of R4: 0 done, 4 refused, 8 failed, 12 the house itself failed
  outcome  smallint not null check (outcome in (0, 4, 8, 12)),
  actor    text     collate "C" not null,
  -- Keys of the patients it is about, as in record.resource.
  patients bigint[],
  -- Only of entries that name writes: so that the writes told by the record are not told twice.
  request  text     collate "C",
  -- Id of the AuditEvent that a device or partner sent.
  foreign_id text   collate "C",
  entry    text     not null,
  -- SHA-256 of the hash before it, seq (8 bytes, big-endian) and entry (UTF-8).
  hash     bytea    not null check (octet_length(hash) = 32)
);
create index audit_at on security.audit (at, seq);
create index audit_actor on security.audit (actor, at);
create index audit_patients on security.audit using gin (patients) with (fastupdate = on, gin_pending_list_limit = 1024) where patients is not null;
create index audit_request on security.audit (request) where request is not null;
create unique index audit_foreign on security.audit (foreign_id) where foreign_id is not null;
-- What was not done is looked for often and is rare.
create index audit_undone on security.audit (at) where outcome <> 0;

-- Nobody edits it, whatever the role: neither by mistake nor by a statement of the application.
create function security.refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit is only added to' using errcode = '42501';
end
$$;
create trigger audit_rows_stay before update or delete on security.audit for each row execute function security.refuse_audit_change();
create trigger audit_stays before truncate on security.audit for each statement execute function security.refuse_audit_change();

-- How far the journal file of each process has been moved into the chain; moved with what it tells, in one transaction.
create table security.audit_journal (
  journal  text collate "C" primary key,
  segment  int    not null,
  position bigint not null
);

-- Ends of the chain that have been told outside the database.
create table security.audit_anchor (
  seq     bigint primary key,
  at      bigint not null,
  hash    bytea  not null check (octet_length(hash) = 32),
  sent_at bigint
);
