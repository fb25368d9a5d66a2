-- booking: calls at the switchboard, for the screen of the operators. A telephone number stays for ten minutes after the call (purged by the next report).
CREATE TABLE booking.call (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  key text NOT NULL UNIQUE CHECK (length(key) <= 200),
  state text NOT NULL CHECK (state IN ('menu', 'ringing', 'answered', 'ended')),
  number text CHECK (number ~ '^[0-9+]{3,20}$'),
  extension text,
  began timestamptz NOT NULL,
  answered timestamptz,
  ended timestamptz,
  handed_over text,
  appointment text,
  patient text,
  taken_by text,
  taken_by_name text
);
CREATE INDEX call_ended ON booking.call (ended);
