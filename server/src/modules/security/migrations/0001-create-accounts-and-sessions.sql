CREATE SCHEMA IF NOT EXISTS security;

CREATE TABLE security.account (
  id text PRIMARY KEY CHECK (id ~ '^[0-9a-z]{13}$'),
  -- Stored as compared: lower case, so that one person cannot hold `Quantri` beside `quantri`.
  username text NOT NULL UNIQUE CHECK (username = lower(username) AND username ~ '^[a-z0-9][a-z0-9._-]{1,63}$'),
  name text NOT NULL CHECK (name <> ''),
  roles text[] NOT NULL DEFAULT '{}',
  facility text,
  -- scrypt with its own parameters and salt in PHC string format.
  password_hash text NOT NULL CHECK (password_hash LIKE '$scrypt$%'),
  demo boolean NOT NULL DEFAULT false,
  disabled boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL
);

CREATE TABLE security.session (
  -- SHA-256 of the token: whoever reads this table cannot act with it.
  token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
  account_id text NOT NULL REFERENCES security.account ON DELETE CASCADE,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  last_used_at timestamptz NOT NULL,
  CHECK (expires_at > created_at)
);
CREATE INDEX session_account ON security.session (account_id);
CREATE INDEX session_expires ON security.session (expires_at);
