-- When each reader looked at each chart: for "what changed since I last looked" and "opened recently".
CREATE SCHEMA IF NOT EXISTS encounters;

CREATE TABLE encounters.chart_view (
  reader_id  text NOT NULL,
  patient_id text NOT NULL,
  -- The latest look, and the end of the look before it: a look goes on while its pauses are shorter than half an hour.
  seen_at    timestamptz NOT NULL,
  before_at  timestamptz,
  PRIMARY KEY (reader_id, patient_id),
  CHECK (before_at IS NULL OR before_at <= seen_at)
);

CREATE INDEX chart_view_recent ON encounters.chart_view (reader_id, seen_at DESC);
