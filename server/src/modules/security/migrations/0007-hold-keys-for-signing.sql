-- Ids of master keys under which something of this house may lie (never the keys): a start without any of them is refused before it does harm.
CREATE TABLE security.master_key (
  id text PRIMARY KEY CHECK (id ~ '^[0-9a-f]{16}$'),
  first_seen timestamptz NOT NULL
);

-- With what a person signs documents: a key kept here, or one that a provider keeps.
CREATE TABLE security.signing_key (
  id text PRIMARY KEY CHECK (id ~ '^[0-9a-z]{13}$'),
  account_id text NOT NULL REFERENCES security.account ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN ('software', 'remote')),
  -- DER, the signer's own certificate first, then its issuers.
  certificates bytea[] NOT NULL CHECK (cardinality(certificates) >= 1),
  -- software: the private key (PKCS #8), under the PIN of the person, sealed with the master key of the house.
  key_sealed text,
  -- remote: the id of the credential at the provider.
  credential text,
  wrong_pins int NOT NULL DEFAULT 0 CHECK (wrong_pins >= 0),
  blocked_until timestamptz,
  created_at timestamptz NOT NULL,
  withdrawn_at timestamptz,
  CHECK ((kind = 'software') = (key_sealed IS NOT NULL)),
  CHECK ((kind = 'remote') = (credential IS NOT NULL))
);
-- A person signs with one key at a time; those withdrawn stay, to tell who signed.
CREATE UNIQUE INDEX signing_key_in_use ON security.signing_key (account_id) WHERE withdrawn_at IS NULL;
