-- Visits of a day and their turns in the queues of rooms. What the record says of a visit (Encounter) is written in the same transaction.
CREATE TABLE encounters.room (
  id text PRIMARY KEY,
  facility text NOT NULL,
  name text NOT NULL,
  short text NOT NULL,
  kind text NOT NULL,
  department_id text,
  department_name text,
  way text,
  active boolean NOT NULL
);
CREATE INDEX room_of_facility ON encounters.room (facility);

CREATE TABLE encounters.room_day (
  room_id text NOT NULL REFERENCES encounters.room,
  day date NOT NULL,
  facility text NOT NULL,
  state text NOT NULL CHECK (state IN ('closed', 'open', 'paused')),
  -- [{id, name}]: who works in the room today
  doctors jsonb NOT NULL DEFAULT '[]',
  opened_at timestamptz,
  pause_reason text,
  paused_until timestamptz,
  -- how many who came back from tests were called one after the other (queue-order.ts)
  returned_in_row integer NOT NULL DEFAULT 0,
  -- minutes of delay that were told last; 0: none
  late_told integer NOT NULL DEFAULT 0,
  PRIMARY KEY (room_id, day)
);
CREATE INDEX room_day_of_facility ON encounters.room_day (facility, day);

-- Numbers without a gap: the row is locked until the visit that takes the number is stored, or is not.
CREATE TABLE encounters.ticket_count (
  facility text NOT NULL,
  day date NOT NULL,
  letter text NOT NULL,
  last integer NOT NULL,
  PRIMARY KEY (facility, day, letter)
);

CREATE TABLE encounters.visit (
  id text PRIMARY KEY,
  facility text NOT NULL,
  day date NOT NULL,
  patient_id text NOT NULL,
  -- as the record has them: kept in step by keep-people.ts, so that a queue is read in one statement
  person_name text NOT NULL,
  person_sex text NOT NULL,
  person_birth_date text,
  entry_room_id text NOT NULL REFERENCES encounters.room,
  appointment_id text,
  slot_at timestamptz,
  class text NOT NULL CHECK (class IN ('emergency', 'urgent', 'priority', 'normal')),
  reasons text[] NOT NULL DEFAULT '{}',
  letter text NOT NULL,
  number integer NOT NULL CHECK (number > 0),
  visit_type text,
  reason text,
  note text,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'left')),
  arrived_at timestamptz NOT NULL,
  began_at timestamptz,
  ended_at timestamptz,
  UNIQUE (facility, day, letter, number)
);
CREATE UNIQUE INDEX visit_of_appointment ON encounters.visit (appointment_id) WHERE state <> 'left';
CREATE UNIQUE INDEX visit_open_in_room ON encounters.visit (patient_id, day, entry_room_id) WHERE state = 'open';
CREATE INDEX visit_of_patient ON encounters.visit (patient_id, day);
CREATE INDEX visit_of_day ON encounters.visit (facility, day);

CREATE TABLE encounters.turn (
  id text PRIMARY KEY,
  visit_id text NOT NULL REFERENCES encounters.visit,
  facility text NOT NULL,
  day date NOT NULL,
  room_id text NOT NULL REFERENCES encounters.room,
  kind text NOT NULL,
  doctor_id text,
  doctor_name text,
  -- place in the path of the visit
  step integer NOT NULL,
  -- the turn that sent the patient here and waits for them to come back
  sent_by text REFERENCES encounters.turn,
  state text NOT NULL CHECK (state IN ('planned', 'waiting', 'called', 'inside', 'away', 'skipped', 'done', 'moved', 'left')),
  slot_at timestamptz,
  -- the instant that decides the place in line, and the rule that gave it
  due_at timestamptz NOT NULL,
  rule text NOT NULL,
  is_late boolean NOT NULL DEFAULT false,
  is_returning boolean NOT NULL DEFAULT false,
  waiting_since timestamptz NOT NULL,
  called_at timestamptz,
  called_by text,
  calls integer NOT NULL DEFAULT 0,
  -- first and latest time inside; what was spent inside before the latest
  first_began_at timestamptz,
  began_at timestamptz,
  served_ms bigint NOT NULL DEFAULT 0,
  ended_at timestamptz
);
-- Nobody is in two lines, or with two doctors, at once.
CREATE UNIQUE INDEX turn_at_hand ON encounters.turn (visit_id) WHERE state IN ('waiting', 'called', 'inside', 'skipped');
CREATE INDEX turn_in_line ON encounters.turn (room_id, day) WHERE state IN ('waiting', 'called', 'inside', 'away', 'skipped');
CREATE INDEX turn_ended ON encounters.turn (room_id, day, ended_at DESC) WHERE state = 'done';
CREATE INDEX turn_of_visit ON encounters.turn (visit_id, step);
CREATE INDEX turn_of_day ON encounters.turn (facility, day);
CREATE INDEX turn_waiting_for ON encounters.turn (sent_by) WHERE sent_by IS NOT NULL;
CREATE INDEX turn_learned ON encounters.turn (day) WHERE state = 'done';

-- How long a turn takes, learned from the hospital's own timestamps: minutes at 20, 50, 60 and 80 of 100.
CREATE TABLE encounters.length (
  kind text NOT NULL,
  -- '' stands for all
  doctor_id text NOT NULL DEFAULT '',
  visit_type text NOT NULL DEFAULT '',
  turns integer NOT NULL,
  p20 real NOT NULL,
  p50 real NOT NULL,
  p60 real NOT NULL,
  p80 real NOT NULL,
  learned_at timestamptz NOT NULL,
  PRIMARY KEY (kind, doctor_id, visit_type)
);

-- A waiting-room screen: whoever has the key sees numbers and masked names of these rooms.
CREATE TABLE encounters.board (
  key text PRIMARY KEY,
  facility text NOT NULL,
  name text NOT NULL,
  room_ids text[] NOT NULL,
  made_at timestamptz NOT NULL,
  made_by text NOT NULL
);

-- Which visits went with a merged patient, so that unmerging gives back exactly those.
CREATE TABLE encounters.moved_visit (
  merge_id text NOT NULL,
  visit_id text NOT NULL REFERENCES encounters.visit,
  PRIMARY KEY (merge_id, visit_id)
);
