-- What machines were told of their objects (storage commitment), and who called that is not in the list.
CREATE TABLE imaging.commitment (
  id uuid PRIMARY KEY,
  machine text NOT NULL,
  transaction_uid text NOT NULL,
  -- [{class, instance}] as asked; what is here is looked up anew whenever it is reported
  asked jsonb NOT NULL,
  asked_at timestamptz NOT NULL,
  told_at timestamptz,
  tries integer NOT NULL DEFAULT 0,
  next_try_at timestamptz NOT NULL
);
CREATE INDEX commitment_untold ON imaging.commitment (next_try_at) WHERE told_at IS NULL;

CREATE TABLE imaging.stranger (
  ae_title text NOT NULL,
  address text NOT NULL,
  because text NOT NULL,
  times integer NOT NULL DEFAULT 1,
  first_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL,
  PRIMARY KEY (ae_title, address)
);
