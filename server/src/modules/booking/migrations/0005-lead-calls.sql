-- booking: where each call stands that a switchboard leads through the voice menu over HTTP.
CREATE TABLE booking.call_menu (
  key text PRIMARY KEY CHECK (length(key) <= 200),
  -- Counts the answers of the caller: the same step told twice is done once.
  turn integer NOT NULL,
  state jsonb,
  -- NULL while the step is being done.
  answer jsonb,
  at timestamptz NOT NULL
);
CREATE INDEX call_menu_at ON booking.call_menu (at);
