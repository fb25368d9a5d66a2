-- What the consents of patients (FHIR Consent) come to, one row a provision: made by the keeper in the transaction that stores the Consent.
CREATE TABLE security.consent_rule (
  -- Key of the Patient in the record.
  patient bigint NOT NULL,
  consent text COLLATE "C" NOT NULL,
  -- Order within the consent, parents before their exceptions.
  position smallint NOT NULL,
  depth smallint NOT NULL,
  deny boolean NOT NULL,
  -- `Practitioner/x`, `Organization/x`, `Location/x`, `role/insurance`, `outside` (any other hospital or company); null: anyone.
  actors text[],
  -- How narrowly it names whom (0 anyone, 1 role, 2 place or organization, 3 person) and what (0 everything, 1 types, 2 categories, 4 single resources).
  actor_rank smallint NOT NULL,
  data_rank smallint NOT NULL,
  -- Codes of v3-PurposeOfUse; null: any.
  purposes text[],
  types smallint[],
  -- Bits of policy/marks.ts; 0: whatever the marks.
  marks int NOT NULL,
  resources bigint[],
  -- ms since 1970; `until` is exclusive.
  decided bigint NOT NULL,
  since bigint NOT NULL,
  until bigint NOT NULL,
  PRIMARY KEY (patient, consent, position)
);
CREATE INDEX consent_rule_consent ON security.consent_rule (consent);

-- A record opened in an emergency: why, until when, and what the privacy officer found.
CREATE TABLE security.emergency (
  id text PRIMARY KEY CHECK (id ~ '^[0-9a-z]{13}$'),
  account text NOT NULL,
  name text NOT NULL,
  patient text COLLATE "C" NOT NULL,
  reason text NOT NULL,
  explanation text NOT NULL CHECK (length(explanation) >= 10),
  opened_at timestamptz NOT NULL,
  until timestamptz NOT NULL,
  -- By the person, before `until`.
  closed_at timestamptz,
  review_due timestamptz NOT NULL,
  -- When the lateness of the review was told.
  escalated_at timestamptz,
  reviewer text,
  reviewer_name text,
  reviewed_at timestamptz,
  verdict text CHECK (verdict IN ('justified', 'not-justified')),
  note text,
  CHECK (until > opened_at),
  CHECK (closed_at IS NULL OR closed_at <= until),
  CHECK ((verdict IS NULL) = (reviewed_at IS NULL) AND (verdict IS NULL) = (reviewer IS NULL)),
  -- Nobody judges what they did themselves.
  CHECK (reviewer <> account)
);
CREATE INDEX emergency_open ON security.emergency (account, until);
CREATE INDEX emergency_patient ON security.emergency (patient, opened_at DESC);
CREATE INDEX emergency_to_review ON security.emergency (review_due) WHERE verdict IS NULL;

-- Day limits of the law for requests of data subjects: data, by the day they take effect.
CREATE TABLE security.request_limit (
  kind text NOT NULL,
  effective_from date NOT NULL,
  answer_days smallint NOT NULL CHECK (answer_days > 0),
  work_days smallint NOT NULL CHECK (work_days > 0),
  source text NOT NULL,
  PRIMARY KEY (kind, effective_from)
);
INSERT INTO security.request_limit (kind, effective_from, answer_days, work_days, source)
SELECT kind, date '2026-01-01', 2, days, 'Luật 91/2025/QH15 và NĐ 356/2025/NĐ-CP (nguồn thứ cấp, chờ đối chiếu văn bản gốc)'
FROM (VALUES ('see', 10), ('copy', 10), ('correct', 10), ('restrict', 15), ('delete', 20), ('withdraw', 15), ('object', 15)) AS l(kind, days);

-- Days off that are not Saturdays or Sundays, and Saturdays or Sundays that are worked in exchange.
CREATE TABLE security.calendar_day (
  day date PRIMARY KEY,
  working boolean NOT NULL,
  name text NOT NULL
);
-- Bộ luật Lao động 45/2019/QH14 Điều 112: the days fixed in the solar calendar. Tết, Giỗ Tổ, the second day of 2/9 and days exchanged follow the
-- decision of each year and are entered by the hospital; until then a limit ends earlier than it must, never later.
INSERT INTO security.calendar_day (day, working, name)
SELECT make_date(y, m, d), false, name
FROM generate_series(2026, 2040) AS y,
  (VALUES (1, 1, 'Tết Dương lịch'), (4, 30, 'Ngày Chiến thắng'), (5, 1, 'Quốc tế lao động'), (9, 2, 'Quốc khánh')) AS h(m, d, name);

CREATE TABLE security.data_request (
  id text PRIMARY KEY CHECK (id ~ '^[0-9a-z]{13}$'),
  -- What people say on the phone and what stands on letters: YC-2026-000123.
  number text NOT NULL UNIQUE,
  patient text COLLATE "C" NOT NULL,
  kind text NOT NULL CHECK (kind IN ('see', 'correct', 'copy', 'restrict', 'delete', 'withdraw', 'object')),
  details text NOT NULL,
  channel text NOT NULL CHECK (channel IN ('app', 'desk', 'letter')),
  -- How the person was recognised: `signed-in`, `identity-card`, `known-phone`; null: not yet.
  identity text,
  state text NOT NULL CHECK (state IN ('received', 'answered', 'in-work', 'done', 'refused', 'cancelled')),
  received_at timestamptz NOT NULL,
  received_by text NOT NULL,
  received_name text NOT NULL,
  answer_due date NOT NULL,
  work_due date NOT NULL,
  answered_at timestamptz,
  closed_at timestamptz,
  -- Code of the reason in law for a refusal, and words to the person.
  reason text,
  reply text,
  -- A Consent made by the request, or a Task for the records office.
  result text,
  -- Of a copy: until when it may be fetched, and when it was.
  copy_until timestamptz,
  copied_at timestamptz,
  reminded_on date,
  CHECK (state <> 'refused' OR (reason IS NOT NULL AND reply IS NOT NULL)),
  CHECK ((closed_at IS NOT NULL) = (state IN ('done', 'refused', 'cancelled')))
);
CREATE INDEX data_request_patient ON security.data_request (patient, received_at DESC);
CREATE INDEX data_request_open ON security.data_request (work_due) WHERE closed_at IS NULL;
CREATE SEQUENCE security.data_request_number;

-- Everything that happened to a request, never changed.
CREATE TABLE security.data_request_step (
  request text NOT NULL REFERENCES security.data_request,
  position bigint GENERATED ALWAYS AS IDENTITY,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  name text NOT NULL,
  step text NOT NULL,
  note text,
  PRIMARY KEY (request, position)
);

-- Breaches of personal data: the clock of 72 hours (Luật 91/2025/QH15) starts when one is found.
CREATE TABLE security.breach (
  id text PRIMARY KEY CHECK (id ~ '^[0-9a-z]{13}$'),
  found_at timestamptz NOT NULL,
  notice_due timestamptz NOT NULL,
  what text NOT NULL,
  data_kinds text NOT NULL,
  people int CHECK (people >= 0),
  measures text NOT NULL,
  recorded_by text NOT NULL,
  recorded_name text NOT NULL,
  recorded_at timestamptz NOT NULL,
  -- To the authority (A05), with its number.
  notified_at timestamptz,
  notice_number text,
  subjects_told_at timestamptz,
  closed_at timestamptz,
  CHECK (notified_at IS NULL OR notice_number IS NOT NULL)
);
