-- messages: what is to be told to whom, what became of it, and how people want to be told.
CREATE SCHEMA IF NOT EXISTS messages;

-- Words and addresses are sealed; the once_key is what makes one fact one message, whoever tells it how often.
CREATE TABLE messages.message (
  id text PRIMARY KEY CHECK (id ~ '^[0-9a-z]{13}$'),
  once_key text NOT NULL UNIQUE CHECK (length(once_key) BETWEEN 1 AND 200),
  template text NOT NULL,
  purpose text NOT NULL CHECK (purpose IN ('code', 'appointment', 'visit', 'result', 'notice', 'marketing')),
  patient text,
  -- {to?, data}: wiped when the message has been final for some days
  content_sealed text,
  language text CHECK (language IN ('vi', 'en')),
  about_kind text,
  about_id text,
  answerable boolean NOT NULL DEFAULT false,
  state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'expired', 'unsure', 'suppressed', 'withdrawn')),
  priority smallint NOT NULL,
  due_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  lease_until timestamptz,
  -- of the last attempt
  channel text CHECK (channel IN ('zalo', 'sms', 'email', 'push')),
  to_masked text,
  to_hash bytea,
  why text,
  attempts integer NOT NULL DEFAULT 0,
  channel_attempts integer NOT NULL DEFAULT 0,
  given_up text[] NOT NULL DEFAULT '{}',
  answer text CHECK (answer IN ('confirm', 'cancel', 'other')),
  answered_at timestamptz,
  CHECK ((about_kind IS NULL) = (about_id IS NULL)),
  CHECK ((state = 'sending') = (lease_until IS NOT NULL))
);
CREATE INDEX message_due ON messages.message (priority, due_at) WHERE state = 'queued';
CREATE INDEX message_leased ON messages.message (lease_until) WHERE state = 'sending';
CREATE INDEX message_newest ON messages.message (created_at DESC, id DESC);
CREATE INDEX message_trouble ON messages.message (created_at DESC, id DESC) WHERE state IN ('failed', 'expired', 'unsure');
CREATE INDEX message_changed ON messages.message (changed_at);
CREATE INDEX message_about ON messages.message (about_kind, about_id) WHERE about_id IS NOT NULL;
CREATE INDEX message_patient ON messages.message (patient) WHERE patient IS NOT NULL;
CREATE INDEX message_answerable ON messages.message (to_hash, changed_at) WHERE answerable;

-- Written and committed before a provider is called: one without an end was cut off, and nobody knows what the provider did.
CREATE TABLE messages.attempt (
  message text NOT NULL REFERENCES messages.message ON DELETE CASCADE,
  number integer NOT NULL,
  channel text NOT NULL,
  adapter text NOT NULL,
  began_at timestamptz NOT NULL,
  ended_at timestamptz,
  outcome text CHECK (outcome IN ('accepted', 'refused', 'not-sent', 'unsure')),
  why text,
  provider_id text,
  PRIMARY KEY (message, number)
);
CREATE INDEX attempt_provider ON messages.attempt (adapter, provider_id) WHERE provider_id IS NOT NULL;
CREATE INDEX attempt_began ON messages.attempt (began_at);

-- When the next call of a provider may be made (GCRA): one line for all processes.
CREATE TABLE messages.pace (
  adapter text PRIMARY KEY,
  next_at timestamptz NOT NULL
);

CREATE TABLE messages.wording (
  template text NOT NULL,
  valid_from timestamptz NOT NULL,
  -- null: the words of the house again
  words jsonb,
  zalo_template text,
  changed_by text NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (template, valid_from)
);

CREATE TABLE messages.preference (
  patient text PRIMARY KEY,
  preferences jsonb NOT NULL,
  changed_by text NOT NULL,
  changed_at timestamptz NOT NULL
);

CREATE TABLE messages.push_subscription (
  endpoint_hash bytea PRIMARY KEY,
  account text NOT NULL,
  patients text[] NOT NULL,
  subscription_sealed text NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE INDEX push_subscription_patients ON messages.push_subscription USING gin (patients);
CREATE INDEX push_subscription_account ON messages.push_subscription (account);

-- Tokens and keys that the module makes or renews itself.
CREATE TABLE messages.secret (
  name text PRIMARY KEY,
  value_sealed text NOT NULL,
  changed_at timestamptz NOT NULL
);

-- Signatures of calls that were heard: the same one is not heard twice.
CREATE TABLE messages.heard (
  signature bytea PRIMARY KEY,
  heard_at timestamptz NOT NULL
);
CREATE INDEX heard_at ON messages.heard (heard_at);

-- What a merge of two records has moved, so that undoing it moves exactly that back.
CREATE TABLE messages.moved (
  merge text NOT NULL,
  message text NOT NULL REFERENCES messages.message ON DELETE CASCADE,
  PRIMARY KEY (merge, message)
);
CREATE INDEX moved_message ON messages.moved (message);
