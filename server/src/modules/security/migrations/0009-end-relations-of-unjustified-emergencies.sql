-- Orders that made a relation for somebody whose opening of the record was found not justified: they make none any more, however often they are written again.
CREATE TABLE security.ended_relation (
  patient bigint NOT NULL,
  subject text COLLATE "C" NOT NULL,
  source_type text COLLATE "C" NOT NULL,
  source_key bigint NOT NULL,
  ended_at timestamptz NOT NULL,
  PRIMARY KEY (source_key, source_type, patient, subject)
);
