ALTER TABLE security.account
  DROP CONSTRAINT account_password_hash_check,
  -- A patient, or a person who comes through the citizen-identity provider, has none.
  ALTER COLUMN password_hash DROP NOT NULL,
  ADD CONSTRAINT account_password_hash_check CHECK (password_hash ~ '^\$(argon2id|scrypt)\$'),
  -- A one-time code of an administrator stands in place of the password: it ends, and lets one do nothing but choose a password.
  ADD COLUMN must_change boolean NOT NULL DEFAULT false,
  ADD COLUMN password_until timestamptz,
  ADD COLUMN password_changed_at timestamptz,
  -- From when on this person must have a second factor, whatever the role; NULL: the role decides.
  ADD COLUMN second_factor_from timestamptz,
  ADD COLUMN quick_code_hash text CHECK (quick_code_hash LIKE '$argon2id$%'),
  ADD COLUMN last_signed_in_at timestamptz;

-- Sessions of before tell neither what they are nor where: their people sign in again.
DELETE FROM security.session;
ALTER TABLE security.session
  ADD COLUMN id text NOT NULL UNIQUE CHECK (id ~ '^[0-9a-z]{13}$'),
  ADD COLUMN kind text NOT NULL CHECK (kind IN ('browser', 'script', 'machine')),
  ADD COLUMN method text NOT NULL CHECK (method <> ''),
  ADD COLUMN address text,
  ADD COLUMN agent text CHECK (length(agent) <= 80),
  -- The last proof that it is still the same person: dangerous acts ask for a new one.
  ADD COLUMN fresh_at timestamptz NOT NULL,
  ADD COLUMN idle_minutes integer NOT NULL CHECK (idle_minutes > 0),
  -- After so many minutes without use the session waits for its person; 0: never.
  ADD COLUMN lock_minutes integer NOT NULL CHECK (lock_minutes >= 0),
  ADD COLUMN locked_at timestamptz,
  ADD COLUMN unlock_failures integer NOT NULL DEFAULT 0,
  -- What must be done before anything else: choose a password, set up a second factor.
  ADD COLUMN owes text CHECK (owes IN ('must-change', 'must-enrol'));

-- A step between two requests of a sign-in: the bearer of the ticket has shown this much.
CREATE TABLE security.sign_in_step (
  ticket_hash bytea PRIMARY KEY CHECK (octet_length(ticket_hash) = 32),
  purpose text NOT NULL CHECK (purpose <> ''),
  account_id text REFERENCES security.account ON DELETE CASCADE,
  data jsonb NOT NULL DEFAULT '{}',
  -- What its number is limited by: the hash of a phone number, and the network address.
  subject bytea,
  address text,
  tries integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  CHECK (expires_at > created_at)
);
CREATE INDEX sign_in_step_subject ON security.sign_in_step (subject, created_at) WHERE subject IS NOT NULL;
CREATE INDEX sign_in_step_address ON security.sign_in_step (address, created_at) WHERE address IS NOT NULL;
CREATE INDEX sign_in_step_expires ON security.sign_in_step (expires_at);

-- A browser in which this person has signed in before: failures of strangers elsewhere do not slow it.
CREATE TABLE security.device (
  token_hash bytea NOT NULL CHECK (octet_length(token_hash) = 32),
  account_id text NOT NULL REFERENCES security.account ON DELETE CASCADE,
  last_used_at timestamptz NOT NULL,
  PRIMARY KEY (token_hash, account_id)
);

-- Told to the person at the next sign-in.
CREATE TABLE security.sign_in_failure (
  account_id text NOT NULL REFERENCES security.account ON DELETE CASCADE,
  at timestamptz NOT NULL,
  address text NOT NULL
);
CREATE INDEX sign_in_failure_account ON security.sign_in_failure (account_id, at);

CREATE TABLE security.totp (
  account_id text PRIMARY KEY REFERENCES security.account ON DELETE CASCADE,
  -- Sealed by the master key.
  secret_sealed text NOT NULL,
  confirmed_at timestamptz,
  -- Time step of the last code that was taken: a code is good once (RFC 6238 §5.2).
  last_step bigint NOT NULL DEFAULT 0
);

CREATE TABLE security.recovery_code (
  account_id text NOT NULL REFERENCES security.account ON DELETE CASCADE,
  salt bytea NOT NULL CHECK (octet_length(salt) = 16),
  hash bytea NOT NULL CHECK (octet_length(hash) = 32),
  used_at timestamptz,
  PRIMARY KEY (account_id, hash)
);

CREATE TABLE security.passkey (
  -- Credential id, base64url.
  id text PRIMARY KEY CHECK (id ~ '^[A-Za-z0-9_-]+$' AND length(id) BETWEEN 16 AND 1400),
  account_id text NOT NULL REFERENCES security.account ON DELETE CASCADE,
  public_key bytea NOT NULL,
  counter bigint NOT NULL CHECK (counter >= 0),
  transports text[] NOT NULL DEFAULT '{}',
  backed_up boolean NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
  created_at timestamptz NOT NULL,
  last_used_at timestamptz
);
CREATE INDEX passkey_account ON security.passkey (account_id);

-- Who a person is to a citizen-identity provider.
CREATE TABLE security.upstream_identity (
  issuer text NOT NULL,
  subject text NOT NULL,
  account_id text NOT NULL REFERENCES security.account ON DELETE CASCADE,
  linked_at timestamptz NOT NULL,
  PRIMARY KEY (issuer, subject)
);

-- Passwords known to thieves, as the first 10 bytes of their SHA-1 (the form of the lists one can get); filled by a command.
CREATE TABLE security.breached_password (hash bytea PRIMARY KEY CHECK (octet_length(hash) = 10));
