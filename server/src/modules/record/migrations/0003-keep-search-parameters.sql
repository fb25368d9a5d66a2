-- Active SearchParameter resources in the form that works with them, one row for each base: kept in the transaction that stores the resource.
-- id: of the resource. definition: type, expression, targets and components (search-parameters/definition.ts).
create table record.search_parameter (
  base       text collate "C" not null,
  code       text collate "C" not null,
  id         text collate "C" not null,
  url        text not null,
  definition jsonb not null,
  primary key (base, code)
);
create index search_parameter_by_id on record.search_parameter (id);

-- What the index rows of all types were made by, but those that index_state says are still to be made anew. form: store/index-format.ts;
-- zone: of partial dates, null when not known.
create table record.index_form (
  only_row boolean primary key default true check (only_row),
  form     int not null,
  zone     text
);
insert into record.index_form (form) values (1);

-- Types whose index rows are to be, are being or were last made anew (reindex/). cursor: key of the last resource done, null before the first.
-- codes: custom search parameters that find not all there is until the end; '*': all parameters.
-- seen_at, grace_ms: the walk begins when every process has had that long to learn of new parameters, and what they wrote before has committed.
create table record.index_state (
  type         text collate "C" primary key,
  codes        text[] not null,
  grace_ms     int not null,
  requested_at timestamptz not null,
  seen_at      timestamptz,
  began_at     timestamptz,
  ended_at     timestamptz,
  cursor       bigint,
  total        bigint not null default 0,
  done         bigint not null default 0,
  changed      bigint not null default 0
);
