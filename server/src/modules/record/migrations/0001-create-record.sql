-- The record: every live resource once, its index rows, its past versions and the log of changes (docs/decisions/0003).
create schema record;

-- type: number of the R4 type (packages/fhir, type-codes.ts). key: decoded or hashed from the id (search/keys.ts), so a reference needs no look-up.
-- patient: key of the one patient it is about, else 0. date_low/date_high: the main date as [low, high) in ms since 1970;
-- date_high = -9e15 where it has none (then date_low is the time of the write, to keep an order). change: position in the feed.
-- method: of the write that made the version: 1 POST, 2 PUT, 3 PATCH, 4 DELETE.
create table record.resource (
  type      smallint not null,
  method    smallint not null,
  key       bigint   not null,
  patient   bigint   not null,
  date_low  bigint   not null,
  date_high bigint   not null,
  updated   bigint   not null,
  change    bigint   not null,
  version   int      not null,
  id        text collate "C" not null,
  tokens    bigint[] not null,
  content   bytea    not null,
  primary key (type, key)
) partition by list (type);

-- The types of which a hospital has most get their own partition: the pending lists of their indexes stay apart, and a search plans one table.
do $$
declare
  part record;
begin
  for part in
    select * from (values
      ('appointment', 5), ('claim', 19), ('condition', 28), ('diagnostic_report', 40), ('document_reference', 42), ('encounter', 44),
      ('explanation_of_benefit', 53), ('medication_administration', 76), ('medication_request', 79), ('observation', 96), ('patient', 103),
      ('procedure', 110), ('service_request', 124), ('other', null)
    ) as p(name, type)
  loop
    execute format(
      'create table record.resource_%s partition of record.resource %s with (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02)',
      part.name, case when part.type is null then 'default' else format('for values in (%s)', part.type) end);
    -- 256 kB of pending list: the default 4 MB made point searches up to 8 times slower, none made creates 2 times slower
    execute format('create index resource_%s_tokens on record.resource_%1$s using gin (tokens) with (fastupdate = on, gin_pending_list_limit = 256)', part.name);
    -- the 3,000 most common tokens: 1000 would know 10,000, but reads 300,000 rows at each analyze
    execute format('alter table record.resource_%s alter column tokens set statistics 300', part.name);
    execute format('alter table record.resource_%s alter column content set storage external', part.name);
  end loop;
end
$$;

create index resource_by_patient on record.resource (patient, date_low desc) where patient <> 0;
create index resource_by_date on record.resource (date_low desc, key);
-- Long and open periods, which a range of starts alone would miss; two days, as in search/conditions/dates.ts
create index resource_by_long_date on record.resource (date_high) where date_high - date_low > 172800000;
-- BRIN, so that an update that changes no other indexed column stays on its page
create index resource_by_updated on record.resource using brin (updated) with (pages_per_range = 32);

-- Past versions only; content is empty for a deletion.
create table record.version (
  type    smallint not null,
  method  smallint not null,
  key     bigint   not null,
  version int      not null,
  updated bigint   not null,
  change  bigint   not null,
  id      text collate "C" not null,
  content bytea    not null,
  primary key (type, key, version)
);
alter table record.version alter column content set storage external;

-- text: 11 characters for the place (hash of type, path and kind, XOR the code for a composite; search/terms.ts), then the folded text.
-- One column, so that the planner's histogram knows how often a name occurs among names and not among all texts.
create table record.text_value (
  text text collate "C" not null,
  key  bigint not null
);
-- not unique: a check for what cannot occur would cost half of a new patient's write
create index text_value_text on record.text_value (text, key);
create index text_value_key on record.text_value (key, text);
alter table record.text_value alter column text set statistics 200;

create table record.range_value (
  place bigint not null,
  low   float8 not null,
  high  float8 not null,
  key   bigint not null
);
create index range_value_place on record.range_value (place, low, high, key);
create index range_value_key on record.range_value (key, place, low, high);

-- Every committed change in an order that followers can trust: change is the writer's transaction (never before the change it follows), and a
-- follower reads only below the oldest transaction still running.
create table record.change (
  change   bigint   not null,
  position bigint   generated always as identity,
  type     smallint not null,
  key      bigint   not null,
  version  int      not null,
  updated  bigint   not null,
  method   smallint not null,
  id       text collate "C" not null,
  primary key (change, position)
);
create index change_by_type on record.change (type, change, position);
create index change_by_updated on record.change using brin (updated) with (pages_per_range = 32);

-- Where each follower of the feed stands.
create table record.follower (
  name       text primary key,
  cursor     text not null,
  updated_at timestamptz not null default now()
);

-- A database restored into another cluster starts its transaction numbers anew: the base keeps the feed's order rising.
create table record.lineage (
  system_identifier bigint primary key,
  base              bigint not null
);
insert into record.lineage select system_identifier, 0 from pg_control_system();

create view record.clock as
  select max(base) + pg_current_xact_id()::text::bigint as change from record.lineage;
