-- identity: numbers given out, pairs of records that may be one person, merges with all they moved, requests to act for a relative.
create schema if not exists identity;

-- Last number given by a facility in a year (`''`: of no facility).
create table identity.hospital_number (
  facility text not null,
  year     int  not null,
  last     int  not null check (last between 1 and 999999),
  primary key (facility, year)
);

-- A form sent twice registers once.
create table identity.registration_key (
  key           text primary key,
  patient       text collate "C" not null,
  registered_at timestamptz not null
);

-- left_id is the older record's id by order of text: a pair stands once, however it was found.
create table identity.duplicate_pair (
  id         uuid primary key default gen_random_uuid(),
  left_id    text collate "C" not null,
  right_id   text collate "C" not null,
  bits       real not null,
  score      real not null,
  grade      text not null check (grade in ('certain', 'probable', 'possible')),
  -- codes and bits only; no names, no numbers
  reasons    jsonb not null,
  weights    text not null,
  found_at   timestamptz not null,
  decision   text check (decision in ('different', 'later', 'merged')),
  decided_at timestamptz,
  decided_by text,
  check (left_id < right_id),
  unique (left_id, right_id)
);
create index duplicate_pair_waiting on identity.duplicate_pair (bits desc, id) where decision is null or decision = 'later';
create index duplicate_pair_right on identity.duplicate_pair (right_id);

create table identity.merge (
  id          uuid primary key default gen_random_uuid(),
  kept        text collate "C" not null,
  gone        text collate "C" not null check (gone <> kept),
  at          timestamptz not null,
  by_id       text not null,
  by_name     text not null,
  moved       int  not null,
  -- accounts that opened the record that is gone
  accounts    text[] not null default '{}',
  undone_at   timestamptz,
  undone_by   text,
  stayed      int
);
-- A record goes into one other at a time.
create unique index merge_standing on identity.merge (gone) where undone_at is null;
create index merge_kept on identity.merge (kept, at desc);
create index merge_latest on identity.merge (at desc);

-- Every resource that a merge wrote, with its versions before and after.
create table identity.merge_move (
  merge_id uuid not null references identity.merge on delete cascade,
  type     text not null,
  id       text collate "C" not null,
  before   int  not null,
  after    int  not null,
  primary key (merge_id, type, id)
);

-- Asked for by an account; patient is null where nobody matched, so that the answer tells nothing. The code is kept as a keyed hash.
create table identity.family_request (
  id         uuid primary key default gen_random_uuid(),
  account    text not null,
  requester  text collate "C" not null,
  patient    text collate "C",
  relation   text not null,
  asked_at   timestamptz not null,
  code_hash  text,
  code_until timestamptz,
  tries      int not null default 0,
  state      text not null default 'asked' check (state in ('asked', 'confirmed', 'refused'))
);
create index family_request_account on identity.family_request (account, asked_at desc);
create index family_request_patient on identity.family_request (patient, asked_at desc) where state = 'asked';
