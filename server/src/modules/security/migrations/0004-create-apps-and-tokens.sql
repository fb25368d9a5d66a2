-- A program that may ask for tokens: an app that acts for the person who uses it, or a service (partner, device, in-house system) that acts for itself.
CREATE TABLE security.app (
  id text PRIMARY KEY CHECK (id ~ '^[A-Za-z0-9._-]{3,64}$'),
  name text NOT NULL CHECK (name <> ''),
  kind text NOT NULL CHECK (kind IN ('person', 'service')),
  -- What a service is in the policy; a person's app has the rights of the person.
  role text CHECK (role IN ('partner', 'device', 'integration')),
  -- Organization id a service works for.
  organisation text,
  -- Why a partner asks (v3-PurposeOfUse): what patients have permitted for treatment is not permitted for payment.
  purpose text CHECK (purpose IN ('TREAT', 'HPAYMT', 'PUBHLTH', 'HRESCH')),
  redirect_uris text[] NOT NULL DEFAULT '{}',
  -- Where an app is opened from a chart (SMART EHR launch).
  launch_uri text,
  client_uri text,
  -- How it shows who it is: none (public, PKCE only), a secret, or a key.
  authentication text NOT NULL CHECK (authentication IN ('none', 'secret', 'key')),
  secret_hash bytea CHECK (octet_length(secret_hash) = 32),
  jwks jsonb,
  jwks_uri text,
  -- SHA-256 of the certificate that a service must show beside its key (mutual TLS), in base64url as in RFC 8705 §3.1.
  certificate text CHECK (certificate ~ '^[A-Za-z0-9_-]{43}$'),
  -- The most it may ask for.
  scopes text[] NOT NULL CHECK (cardinality(scopes) > 0),
  -- Beside its own tokens it may look at those of others: a resource server.
  introspects boolean NOT NULL DEFAULT false,
  disabled boolean NOT NULL DEFAULT false,
  registered_by text NOT NULL CHECK (registered_by <> ''),
  created_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  CHECK ((kind = 'service') = (role IS NOT NULL)),
  CHECK ((role = 'partner') IS TRUE = (purpose IS NOT NULL)),
  CHECK (kind = 'person' OR authentication = 'key'),
  CHECK (kind = 'service' OR certificate IS NULL),
  CHECK ((authentication = 'secret') = (secret_hash IS NOT NULL)),
  CHECK (authentication <> 'key' OR (jwks IS NULL) <> (jwks_uri IS NULL)),
  CHECK (kind = 'service' OR cardinality(redirect_uris) > 0)
);

-- What a person has allowed an app, once for each authorization: its tokens live and die with it.
CREATE TABLE security.app_grant (
  id text PRIMARY KEY CHECK (id <> ''),
  app_id text NOT NULL REFERENCES security.app ON DELETE CASCADE,
  account_id text NOT NULL REFERENCES security.account ON DELETE CASCADE,
  -- The session in which it was allowed: without offline_access the tokens end with it.
  session_id text,
  scopes text[] NOT NULL,
  patient text,
  encounter text,
  created_at timestamptz NOT NULL,
  last_used_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  CHECK (session_id IS NOT NULL OR 'offline_access' = ANY (scopes))
);
CREATE INDEX app_grant_account ON security.app_grant (account_id, app_id);
CREATE INDEX app_grant_app ON security.app_grant (app_id);
CREATE INDEX app_grant_expires ON security.app_grant (expires_at);

-- The answer a person has given an app: not asked again for the same.
CREATE TABLE security.app_consent (
  account_id text NOT NULL REFERENCES security.account ON DELETE CASCADE,
  app_id text NOT NULL REFERENCES security.app ON DELETE CASCADE,
  allowed text[] NOT NULL,
  refused text[] NOT NULL,
  decided_at timestamptz NOT NULL,
  PRIMARY KEY (account_id, app_id)
);
CREATE INDEX app_consent_app ON security.app_consent (app_id);

-- An app opened from a chart: what the person had in view, for that person and that app, once and for a few minutes.
CREATE TABLE security.app_launch (
  token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
  app_id text NOT NULL REFERENCES security.app ON DELETE CASCADE,
  account_id text NOT NULL REFERENCES security.account ON DELETE CASCADE,
  patient text,
  encounter text,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX app_launch_expires ON security.app_launch (expires_at);

-- Codes, tokens, requests under way and the like, as the OpenID provider keeps them. What is a secret stands here only as its SHA-256.
CREATE TABLE security.oidc_payload (
  model text NOT NULL CHECK (model <> ''),
  id_hash bytea NOT NULL CHECK (octet_length(id_hash) = 32),
  payload jsonb NOT NULL,
  grant_id text,
  uid text,
  app_id text REFERENCES security.app ON DELETE CASCADE,
  account_id text REFERENCES security.account ON DELETE CASCADE,
  expires_at timestamptz NOT NULL,
  consumed_at timestamptz,
  PRIMARY KEY (model, id_hash)
);
CREATE INDEX oidc_payload_grant ON security.oidc_payload (grant_id) WHERE grant_id IS NOT NULL;
CREATE INDEX oidc_payload_uid ON security.oidc_payload (model, uid) WHERE uid IS NOT NULL;
CREATE INDEX oidc_payload_app ON security.oidc_payload (app_id) WHERE app_id IS NOT NULL;
CREATE INDEX oidc_payload_account ON security.oidc_payload (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX oidc_payload_expires ON security.oidc_payload (expires_at);

-- Keys that sign id tokens. A retired one no longer signs, but is still told, so that what it signed can be checked.
CREATE TABLE security.oidc_key (
  id text PRIMARY KEY CHECK (id <> ''),
  algorithm text NOT NULL CHECK (algorithm IN ('RS256', 'ES256')),
  private_key_sealed text NOT NULL,
  created_at timestamptz NOT NULL,
  retired_at timestamptz
);
CREATE UNIQUE INDEX oidc_key_signing ON security.oidc_key (algorithm) WHERE retired_at IS NULL;
