-- booking: how often somebody gave a wrong birth date for a patient, by telephone or at a kiosk, and until when it counts.
CREATE TABLE booking.birth_guess (
  patient_id text PRIMARY KEY,
  wrong integer NOT NULL CHECK (wrong >= 0),
  until timestamptz NOT NULL
);
CREATE INDEX birth_guess_until ON booking.birth_guess (until);
