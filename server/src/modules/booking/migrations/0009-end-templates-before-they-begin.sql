-- A template that is given up before its first day ends before it begins: it held on no day.
DO $$
DECLARE name text;
BEGIN
  SELECT conname INTO name FROM pg_constraint WHERE conrelid = 'booking.template'::regclass AND contype = 'c' AND pg_get_constraintdef(oid) LIKE '%valid_until%';
  IF name IS NOT NULL THEN
    EXECUTE format('ALTER TABLE booking.template DROP CONSTRAINT %I', name);
  END IF;
END $$;
