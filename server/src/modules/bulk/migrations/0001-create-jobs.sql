-- Exports and imports of many resources, each worked off in slices; what is noted here is all that a killed job needs to go on.
create schema bulk;

-- Times are ms since 1970. state: a finished job keeps its files until expires_at, then the row goes.
create table bulk.job (
  id               text primary key,
  kind             text not null check (kind in ('export', 'import')),
  state            text not null default 'running' check (state in ('running', 'done', 'failed')),
  owner            text not null,
  base             text not null,
  request          text not null,
  asked            jsonb not null,
  -- what was decided at the beginning: parts, patients
  plan             jsonb,
  -- where the next slice goes on; null before the first
  place            jsonb,
  transaction_time bigint,
  -- place in the record's feed: changes before it are exported
  snapshot         bigint,
  done_resources   bigint not null default 0,
  -- faults since the last progress
  faults           int not null default 0,
  failure          jsonb,
  created_at       bigint not null,
  finished_at      bigint,
  expires_at       bigint
);
create index job_by_owner on bulk.job (owner) where state = 'running';
create index job_by_expiry on bulk.job (expires_at) where state <> 'running';

-- A file as far as it has been written for good: what lies behind `bytes` on the disk is cut off when the job goes on.
create table bulk.file (
  job           text not null references bulk.job on delete cascade,
  number        int not null,
  purpose       text not null check (purpose in ('output', 'error', 'deleted')),
  type          text not null,
  bytes         bigint not null,
  content_bytes bigint not null,
  crc           bigint not null,
  count         bigint not null,
  finished      boolean not null,
  primary key (job, number)
);

-- Which place of the feed an answered transactionTime stands for, so that `_since` with that time misses nothing and repeats nothing.
create table bulk.snapshot (
  transaction_time bigint primary key,
  snapshot         bigint not null
);

-- The key that signs the links to files.
create table bulk.secret (
  one boolean primary key default true check (one),
  key bytea not null
);
