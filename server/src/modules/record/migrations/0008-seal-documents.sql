-- Content of documents lies sealed (store/sealed-content.ts, docs/decisions/0014): each under a key of its own, that key wrapped by a content key, the
-- content key sealed by the master key. A change of the master key rewraps these few rows and no content.
create table record.content_key (
  id         text collate "C" primary key check (id ~ '^[0-9a-f]{16}$'),
  key_sealed text not null,
  made_at    timestamptz not null
);

-- How far the walk has come that seals what was stored before. walked: the table it is in; type, key, version: the last row done.
create table record.sealing (
  only_row boolean primary key default true check (only_row),
  walked   text not null default 'resource' check (walked in ('resource', 'version')),
  type     smallint not null default 0,
  key      bigint not null default -9223372036854775808,
  version  int not null default 0,
  seen     bigint not null default 0,
  sealed   bigint not null default 0,
  ended_at timestamptz
);
insert into record.sealing default values;
