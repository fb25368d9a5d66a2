-- Which transaction changed a row last, so that who shows a day reads again only what changed since (list-day.ts): exact also when transactions
-- commit in another order than they began, because everything below the oldest one still open (pg_snapshot_xmin) has been seen.
CREATE FUNCTION encounters.note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.changed := pg_current_xact_id();
  RETURN NEW;
END $$;
ALTER TABLE encounters.visit ADD COLUMN changed xid8 NOT NULL DEFAULT pg_current_xact_id();
ALTER TABLE encounters.turn ADD COLUMN changed xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE TRIGGER visit_changes_are_noted BEFORE UPDATE ON encounters.visit FOR EACH ROW EXECUTE FUNCTION encounters.note_change();
CREATE TRIGGER turn_changes_are_noted BEFORE UPDATE ON encounters.turn FOR EACH ROW EXECUTE FUNCTION encounters.note_change();
-- Instead of the indexes of a day alone.
DROP INDEX encounters.visit_of_day;
DROP INDEX encounters.turn_of_day;
CREATE INDEX visit_of_day ON encounters.visit (facility, day, changed);
CREATE INDEX turn_of_day ON encounters.turn (facility, day, changed) INCLUDE (visit_id);
