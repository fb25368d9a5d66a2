-- Which entries of the waiting list went with a merged patient, so that undoing the merge gives back exactly those.
CREATE TABLE booking.moved_waiting (
  merge_id text NOT NULL,
  waiting_id uuid NOT NULL REFERENCES booking.waiting,
  PRIMARY KEY (merge_id, waiting_id)
);
