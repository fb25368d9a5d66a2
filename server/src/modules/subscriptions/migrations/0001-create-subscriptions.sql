-- Who is told of which changes, what they have been told, and what could not be told.
create schema if not exists subscriptions;

-- What a Subscription of the record asks for, as it was understood in the transaction that stored it. Instants are ms since 1970.
create table subscriptions.subscription (
  id         text collate "C" primary key,
  -- requested: not yet verified. error: deliveries rest, events still gather. off: nothing happens.
  state      text   not null check (state in ('requested', 'active', 'error', 'off')),
  -- of the resource that the definition was read from
  version    int    not null,
  definition jsonb  not null,
  -- changes before this instant are not told
  since      bigint not null,
  ends       bigint,
  -- number of the last event: numbers are 1, 2, 3 … without gap
  events     bigint not null default 0,
  -- rounds of delivery in a row in which nothing got through
  failures   int    not null default 0,
  next_try   bigint not null default 0,
  -- when the subscriber was last told anything
  notified   bigint not null default 0,
  error      text
);

create table subscriptions.event (
  subscription text   collate "C" not null references subscriptions.subscription on delete cascade,
  number       bigint not null,
  type         text   not null,
  id           text   collate "C" not null,
  version      int    not null,
  method       text   not null check (method in ('create', 'update', 'delete')),
  occurred     bigint not null,
  -- events of one lane (a patient; else the resource itself) are delivered in order
  lane         text   collate "C" not null,
  -- waiting: to be delivered. told: delivered. dead: given up. kept: nobody waits (websockets fetch them; a subscription was switched off)
  state        text   not null check (state in ('waiting', 'told', 'dead', 'kept')),
  attempts     int    not null default 0,
  next_try     bigint not null default 0,
  failure      text,
  primary key (subscription, number)
);
create index event_waiting on subscriptions.event (subscription, number) where state = 'waiting';
create index event_failing on subscriptions.event (subscription, lane, number) where state = 'waiting' and attempts > 0;
create index event_dead on subscriptions.event (subscription, number) where state = 'dead';
create index event_by_time on subscriptions.event using brin (occurred);

-- Topics that the hospital defined itself, as Basic resources.
create table subscriptions.topic (
  id         text collate "C" primary key,
  url        text collate "C" not null unique,
  -- of the resource that the definition was read from
  version    int   not null,
  definition jsonb not null
);

-- Tokens with which a websocket binds to subscriptions; only their hash is kept.
create table subscriptions.binding_token (
  hash          bytea  primary key,
  subscriptions text[] not null,
  expires       bigint not null
);
