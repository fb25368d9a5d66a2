-- The access policy: every version that was ever in force or will be; the highest version whose time has come is in force.
CREATE TABLE security.policy (
  version int PRIMARY KEY CHECK (version > 0),
  effective_from timestamptz NOT NULL,
  document jsonb NOT NULL,
  -- Account, or `sen` for the house itself.
  changed_by text NOT NULL,
  reason text NOT NULL CHECK (reason <> ''),
  created_at timestamptz NOT NULL
);

CREATE FUNCTION security.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of %.% are only added', TG_TABLE_SCHEMA, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER policy_is_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON security.policy EXECUTE FUNCTION security.refuse_change();

-- Who has to do with which patient, and until when. Each row comes from one resource (source: its type and key) and goes with it.
-- patient, source_key: keys of the record. subject: `Practitioner/x`, `PractitionerRole/x`, `CareTeam/x` or `Location/x` (care), `Organization/x` (department).
-- since, until: when it begins and ends, in ms since 1970; open: the largest number. How much longer it holds, the policy in force says.
CREATE TABLE security.care_relation (
  patient bigint NOT NULL,
  subject text COLLATE "C" NOT NULL,
  since bigint NOT NULL,
  until bigint NOT NULL,
  source_type text COLLATE "C" NOT NULL,
  source_key bigint NOT NULL,
  PRIMARY KEY (patient, subject, source_type, source_key)
) WITH (autovacuum_vacuum_scale_factor = 0.05);
CREATE INDEX care_relation_subject ON security.care_relation (subject, until, patient, since);
CREATE INDEX care_relation_source ON security.care_relation (source_key, source_type);

-- Marks of a whole patient (policy/marks.ts: famous, works here, has consents), which every resource about them carries.
CREATE TABLE security.patient_guard (
  patient bigint PRIMARY KEY,
  marks int NOT NULL CHECK (marks <> 0)
);

-- Whom an account is or works for: id of its Practitioner; departments, wards, teams (`Organization/x`, `Location/x`, `CareTeam/x`, `PractitionerRole/x`);
-- ids of the Patients it is or may act for.
ALTER TABLE security.account
  ADD COLUMN practitioner text CHECK (practitioner ~ '^[A-Za-z0-9.-]{1,64}$'),
  ADD COLUMN places text[] NOT NULL DEFAULT '{}',
  ADD COLUMN patients text[] NOT NULL DEFAULT '{}',
  -- `service`: a system of the house, which nobody signs in to.
  ADD COLUMN kind text NOT NULL DEFAULT 'person' CHECK (kind IN ('person', 'service'));
