-- The archive of images: what was received, where its bytes lie, and what is asked of it. The bytes themselves are objects, stored as they came.
CREATE SCHEMA IF NOT EXISTS imaging;
CREATE EXTENSION IF NOT EXISTS pg_trgm; -- parts of names; trusted, so no superuser is needed

CREATE TABLE imaging.study (
  uid text COLLATE "C" PRIMARY KEY,
  facility text NOT NULL,
  -- as the first instance that tells it has it; never corrected here
  patient_id text COLLATE "C",
  issuer text,
  patient_name text,
  -- the words of every reading of the name, folded, with a space around each
  name_words text NOT NULL DEFAULT '',
  birth_date text COLLATE "C",
  sex text,
  accession text COLLATE "C",
  study_id text,
  -- DA and TM as they stand: they compare as text
  study_date text COLLATE "C",
  study_time text COLLATE "C",
  description text,
  referring_name text,
  referring_words text NOT NULL DEFAULT '',
  -- another instance of the study names another patient
  patients_differ boolean NOT NULL DEFAULT false,
  -- the Patient of the record, when it is known whose images these are
  subject text,
  matched_by text CHECK (matched_by IN ('order', 'number', 'person')),
  matched_at timestamptz,
  instances integer NOT NULL DEFAULT 0,
  bytes bigint NOT NULL DEFAULT 0,
  received_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL
);
CREATE INDEX study_by_day ON imaging.study (facility, study_date DESC, study_time DESC, uid);
CREATE INDEX study_of_patient ON imaging.study (patient_id);
CREATE INDEX study_of_accession ON imaging.study (accession) WHERE accession IS NOT NULL;
CREATE INDEX study_of_subject ON imaging.study (subject) WHERE subject IS NOT NULL;
CREATE INDEX study_by_name ON imaging.study USING gin (name_words gin_trgm_ops);
CREATE INDEX study_to_match ON imaging.study (facility, received_at) WHERE subject IS NULL;

CREATE TABLE imaging.series (
  uid text COLLATE "C" PRIMARY KEY,
  study_uid text COLLATE "C" NOT NULL REFERENCES imaging.study,
  modality text,
  number integer,
  description text,
  body_part text,
  protocol text,
  station text,
  series_date text COLLATE "C",
  series_time text COLLATE "C",
  laterality text,
  performed_procedure text,
  -- AE title it came from
  source text,
  instances integer NOT NULL DEFAULT 0,
  received_at timestamptz NOT NULL
);
CREATE INDEX series_of_study ON imaging.series (study_uid, number);

CREATE TABLE imaging.instance (
  uid text COLLATE "C" PRIMARY KEY,
  series_uid text COLLATE "C" NOT NULL REFERENCES imaging.series,
  study_uid text COLLATE "C" NOT NULL REFERENCES imaging.study,
  sop_class text NOT NULL,
  number integer,
  transfer_syntax text NOT NULL,
  -- where the file lies (platform/blobs.ts), and its size
  object text NOT NULL,
  bytes bigint NOT NULL,
  -- where the data set begins in the file, and a hash (XXH64) of it: the same data set with another file head is the same instance
  dataset_offset integer NOT NULL,
  dataset_hash text NOT NULL,
  rows integer,
  columns integer,
  frames integer NOT NULL,
  -- frame index (frames.ts): where each frame lies in the file
  frame_index bytea,
  -- one entry of the metadata of its series, ready to be sent: deflate blocks, closed by a full flush, and what a gzip trailer needs of them
  metadata bytea NOT NULL,
  metadata_crc bigint NOT NULL,
  metadata_bytes integer NOT NULL,
  source text,
  received_at timestamptz NOT NULL
);
CREATE INDEX instance_of_series ON imaging.instance (series_uid, number, uid);
CREATE INDEX instance_of_study ON imaging.instance (study_uid);

-- Another data set under a UID that is taken: both are kept, and a person decides.
CREATE TABLE imaging.conflict (
  id uuid PRIMARY KEY,
  instance_uid text COLLATE "C" NOT NULL REFERENCES imaging.instance,
  object text NOT NULL,
  bytes bigint NOT NULL,
  dataset_hash text NOT NULL,
  source text,
  received_at timestamptz NOT NULL,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'kept-first', 'kept-second')),
  decided_by text,
  decided_at timestamptz,
  UNIQUE (instance_uid, dataset_hash)
);
CREATE INDEX conflict_open ON imaging.conflict (received_at) WHERE state = 'open';

-- What came and could not be filed: kept as it came until a person has looked.
CREATE TABLE imaging.quarantine (
  id uuid PRIMARY KEY,
  object text NOT NULL,
  bytes bigint NOT NULL,
  code text NOT NULL,
  source text,
  sop_class text,
  sop_instance text,
  transfer_syntax text,
  received_at timestamptz NOT NULL,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'filed', 'discarded')),
  decided_by text,
  decided_at timestamptz,
  UNIQUE (object)
);
CREATE INDEX quarantine_open ON imaging.quarantine (received_at) WHERE state = 'open';

-- Machines and archives that may speak with us, and when each was last heard.
CREATE TABLE imaging.machine (
  ae_title text PRIMARY KEY,
  facility text NOT NULL,
  name text NOT NULL,
  modality text,
  room_id text,
  -- addresses it may call from; empty: any
  addresses text[] NOT NULL DEFAULT '{}',
  -- SHA-256 of its certificate; when given, it must call over TLS with it
  certificate text,
  -- where it listens, when we may send to it or ask it
  host text,
  port integer CHECK (port BETWEEN 1 AND 65535),
  secure boolean NOT NULL DEFAULT false,
  may_store boolean NOT NULL DEFAULT true,
  may_query boolean NOT NULL DEFAULT false,
  active boolean NOT NULL DEFAULT true,
  heard_at timestamptz,
  heard_operation text,
  refused_at timestamptz,
  refused_because text
);
