-- messages: its schema, and one row that says since when it stands.
CREATE SCHEMA IF NOT EXISTS messages;

CREATE TABLE messages.foundation (
  only boolean PRIMARY KEY DEFAULT true CHECK (only),
  laid timestamptz NOT NULL DEFAULT now()
);

INSERT INTO messages.foundation DEFAULT VALUES;
