-- Seats of the clinic: who sees patients where and when, what is taken, and by whom. Two people can never have one seat: PostgreSQL forbids it.
CREATE SCHEMA IF NOT EXISTS booking;
CREATE EXTENSION IF NOT EXISTS btree_gist; -- equality beside a range in one exclusion constraint; trusted, so no superuser is needed

-- What can be booked: a department that sees patients by appointment.
CREATE TABLE booking.specialty (
  id text PRIMARY KEY,
  facility text NOT NULL,
  name text NOT NULL,
  plain_vi text,
  plain_en text,
  active boolean NOT NULL DEFAULT true
);

CREATE TABLE booking.visit_type (
  code text NOT NULL,
  valid_from date NOT NULL,
  name_vi text NOT NULL,
  name_en text NOT NULL,
  minutes integer NOT NULL CHECK (minutes BETWEEN 3 AND 480),
  place integer NOT NULL DEFAULT 9,
  PRIMARY KEY (code, valid_from)
);
INSERT INTO booking.visit_type (code, valid_from, name_vi, name_en, minutes, place) VALUES
  ('first', '2025-01-01', 'Khám lần đầu', 'First visit', 15, 1),
  ('follow-up', '2025-01-01', 'Tái khám', 'Follow-up', 10, 2),
  ('insurance-follow-up', '2025-01-01', 'Tái khám bảo hiểm (giấy hẹn)', 'Insurance follow-up (with slip)', 10, 3),
  ('check-up', '2025-01-01', 'Khám sức khỏe', 'Check-up', 20, 4);

CREATE TABLE booking.template (
  id uuid PRIMARY KEY,
  facility text NOT NULL,
  doctor_id text,
  doctor_name text,
  room_id text NOT NULL,
  room_name text NOT NULL,
  specialty_id text NOT NULL REFERENCES booking.specialty,
  weekday integer NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  -- minutes since midnight, local
  from_minute integer NOT NULL CHECK (from_minute BETWEEN 0 AND 1439),
  until_minute integer NOT NULL CHECK (until_minute > from_minute AND until_minute <= 1440),
  step_minutes integer NOT NULL CHECK (step_minutes BETWEEN 3 AND 240),
  lanes integer NOT NULL CHECK (lanes BETWEEN 1 AND 20),
  visit_types text[] NOT NULL DEFAULT '{}',
  seats jsonb NOT NULL DEFAULT '[]',
  valid_from date NOT NULL,
  valid_until date,
  CHECK (valid_until IS NULL OR valid_until >= valid_from)
);
CREATE INDEX template_in_force ON booking.template (facility, weekday, valid_from);

CREATE TABLE booking.session (
  id uuid PRIMARY KEY,
  template_id uuid REFERENCES booking.template,
  facility text NOT NULL,
  day date NOT NULL,
  doctor_id text,
  doctor_name text,
  room_id text NOT NULL,
  room_name text NOT NULL,
  specialty_id text NOT NULL REFERENCES booking.specialty,
  during tstzrange NOT NULL CHECK (NOT isempty(during)),
  step_minutes integer NOT NULL,
  lanes integer NOT NULL,
  visit_types text[] NOT NULL DEFAULT '{}',
  seats jsonb NOT NULL DEFAULT '[]',
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed')),
  UNIQUE (template_id, day),
  CONSTRAINT doctor_is_in_one_place EXCLUDE USING gist (doctor_id WITH =, during WITH &&) WHERE (doctor_id IS NOT NULL AND state = 'open')
);
CREATE INDEX session_of_specialty ON booking.session (specialty_id, day);
CREATE INDEX session_of_doctor ON booking.session (doctor_id, day);
CREATE INDEX session_of_room ON booking.session (room_id, day);
CREATE INDEX session_of_day ON booking.session (facility, day);

CREATE TABLE booking.appointment (
  id text PRIMARY KEY,
  facility text NOT NULL,
  patient_id text NOT NULL,
  -- as the record has them: kept in step by keep-people.ts, so that the list of a day is read in one statement
  person_name text NOT NULL,
  person_sex text NOT NULL,
  person_birth_date text,
  state text NOT NULL CHECK (state IN ('booked', 'arrived', 'fulfilled', 'cancelled', 'no-show')),
  session_id uuid NOT NULL REFERENCES booking.session,
  during tstzrange NOT NULL,
  day date NOT NULL,
  visit_type text NOT NULL,
  channel text NOT NULL,
  code text NOT NULL UNIQUE,
  qr text NOT NULL UNIQUE,
  reason text,
  contact_phone text,
  booked_by text NOT NULL,
  booked_at timestamptz NOT NULL,
  confirmed_at timestamptz,
  cancelled_at timestamptz,
  cancel_reason text,
  visit_id text,
  -- the hospital changed it and nobody has been reached yet: why, and since when
  to_call text,
  to_call_since timestamptz
);
CREATE INDEX appointment_of_patient ON booking.appointment (patient_id, day);
CREATE INDEX appointment_of_day ON booking.appointment (facility, day);
CREATE INDEX appointment_of_session ON booking.appointment (session_id);
CREATE INDEX appointment_to_call ON booking.appointment (facility, to_call_since) WHERE to_call IS NOT NULL;

-- A seat that is kept or taken. An expired hold is none: whoever wants the seat removes it first.
CREATE TABLE booking.claim (
  id uuid PRIMARY KEY,
  session_id uuid NOT NULL REFERENCES booking.session,
  lane integer NOT NULL,
  during tstzrange NOT NULL CHECK (NOT isempty(during)),
  state text NOT NULL CHECK (state IN ('held', 'booked', 'freed')),
  pool text NOT NULL,
  channel text NOT NULL,
  visit_type text NOT NULL,
  holder text NOT NULL,
  token_hash bytea UNIQUE,
  held_until timestamptz,
  patient_id text,
  appointment_id text REFERENCES booking.appointment,
  CHECK ((state = 'held') = (held_until IS NOT NULL)),
  CHECK (state <> 'booked' OR patient_id IS NOT NULL),
  CONSTRAINT seat_is_taken_once EXCLUDE USING gist (session_id WITH =, lane WITH =, during WITH &&) WHERE (state IN ('held', 'booked')),
  CONSTRAINT patient_is_in_one_place EXCLUDE USING gist (patient_id WITH =, during WITH &&) WHERE (state = 'booked' AND appointment_id IS NOT NULL)
);
CREATE INDEX claim_of_session ON booking.claim (session_id) WHERE state IN ('held', 'booked');
CREATE INDEX claim_of_holder ON booking.claim (holder, held_until) WHERE state = 'held';
CREATE UNIQUE INDEX claim_of_appointment ON booking.claim (appointment_id) WHERE state = 'booked';

CREATE TABLE booking.holiday (
  facility text NOT NULL,
  day date NOT NULL,
  name text NOT NULL,
  -- true: open although the law has it as a holiday
  is_open boolean NOT NULL,
  PRIMARY KEY (facility, day)
);

CREATE TABLE booking.leave (
  id uuid PRIMARY KEY,
  facility text NOT NULL,
  doctor_id text NOT NULL,
  doctor_name text NOT NULL,
  during tstzrange NOT NULL,
  replacement_id text,
  replacement_name text,
  reason text,
  recorded_by text NOT NULL,
  recorded_at timestamptz NOT NULL
);
CREATE INDEX leave_of_doctor ON booking.leave USING gist (doctor_id, during);

CREATE TABLE booking.waiting (
  id uuid PRIMARY KEY,
  facility text NOT NULL,
  patient_id text NOT NULL,
  specialty_id text REFERENCES booking.specialty,
  doctor_id text,
  doctor_name text,
  visit_type text NOT NULL,
  from_day date NOT NULL,
  until_day date NOT NULL CHECK (until_day >= from_day),
  part text NOT NULL CHECK (part IN ('any', 'morning', 'afternoon')),
  state text NOT NULL CHECK (state IN ('waiting', 'offered', 'taken', 'withdrawn')),
  joined_at timestamptz NOT NULL,
  joined_by text NOT NULL,
  claim_id uuid REFERENCES booking.claim ON DELETE SET NULL,
  token_sealed text,
  offered_until timestamptz,
  CHECK (specialty_id IS NOT NULL OR doctor_id IS NOT NULL)
);
CREATE INDEX waiting_in_line ON booking.waiting (facility, joined_at) WHERE state IN ('waiting', 'offered');
CREATE INDEX waiting_of_patient ON booking.waiting (patient_id);

-- Visitors of the public page: a code sent to a telephone, then a token for half an hour.
CREATE TABLE booking.visitor (
  id uuid PRIMARY KEY,
  phone text NOT NULL,
  address text NOT NULL,
  code_hash bytea NOT NULL,
  tries integer NOT NULL DEFAULT 0,
  asked_at timestamptz NOT NULL,
  until timestamptz NOT NULL,
  token_hash bytea UNIQUE,
  taken boolean NOT NULL DEFAULT false
);
CREATE INDEX visitor_of_phone ON booking.visitor (phone, asked_at);
CREATE INDEX visitor_of_address ON booking.visitor (address, asked_at);

-- What a merge of two records moved, so that undoing it puts exactly that back.
CREATE TABLE booking.moved_by_merge (
  merge_id text NOT NULL,
  appointment_id text NOT NULL REFERENCES booking.appointment,
  PRIMARY KEY (merge_id, appointment_id)
);
