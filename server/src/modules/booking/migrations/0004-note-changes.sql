-- Which transaction changed a row last, as encounters does, so that the list of a day reads again only what changed since.
CREATE FUNCTION booking.note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.changed := pg_current_xact_id();
  RETURN NEW;
END $$;
ALTER TABLE booking.session ADD COLUMN changed xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE TRIGGER session_changes_are_noted BEFORE UPDATE ON booking.session FOR EACH ROW EXECUTE FUNCTION booking.note_change();

-- An appointment that is moved to another day is gone from the list of the days it left.
CREATE FUNCTION booking.note_appointment_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.changed := pg_current_xact_id();
  IF NEW.day <> OLD.day THEN
    NEW.left_days := array_append(OLD.left_days, OLD.day);
  END IF;
  RETURN NEW;
END $$;
ALTER TABLE booking.appointment ADD COLUMN changed xid8 NOT NULL DEFAULT pg_current_xact_id(), ADD COLUMN left_days date[];
CREATE TRIGGER appointment_changes_are_noted BEFORE UPDATE ON booking.appointment FOR EACH ROW EXECUTE FUNCTION booking.note_appointment_change();
DROP INDEX booking.appointment_of_day;
CREATE INDEX appointment_of_day ON booking.appointment (facility, day, changed);
CREATE INDEX appointment_left_a_day ON booking.appointment (facility, changed) WHERE left_days IS NOT NULL;
