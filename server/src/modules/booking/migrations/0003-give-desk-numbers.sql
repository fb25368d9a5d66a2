-- booking: numbers that the machines at the door give for the reception desk; no patient in it, forgotten after a day.
CREATE TABLE booking.desk_count (
  facility text NOT NULL,
  day date NOT NULL,
  last integer NOT NULL CHECK (last > 0),
  PRIMARY KEY (facility, day)
);
CREATE TABLE booking.desk_number (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  facility text NOT NULL,
  day date NOT NULL,
  number integer NOT NULL,
  given timestamptz NOT NULL,
  help boolean NOT NULL,
  kiosk text NOT NULL,
  served timestamptz,
  served_by text,
  UNIQUE (facility, day, number)
);
CREATE INDEX desk_number_open ON booking.desk_number (facility, day) WHERE served IS NULL;
