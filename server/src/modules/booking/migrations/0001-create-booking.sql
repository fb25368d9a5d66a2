-- booking: its schema, and one row that says since when it stands.
CREATE SCHEMA IF NOT EXISTS booking;

CREATE TABLE booking.foundation (
  only boolean PRIMARY KEY DEFAULT true CHECK (only),
  laid timestamptz NOT NULL DEFAULT now()
);

INSERT INTO booking.foundation DEFAULT VALUES;
