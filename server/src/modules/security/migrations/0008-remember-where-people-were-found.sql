ALTER TABLE security.upstream_identity
  -- The Patients and RelatedPersons in which the person was found: looked at again at each sign-in. Links made before know none:
  -- their people prove once more who they are.
  ADD COLUMN sources text[] NOT NULL DEFAULT '{}';
CREATE INDEX upstream_identity_account ON security.upstream_identity (account_id);
