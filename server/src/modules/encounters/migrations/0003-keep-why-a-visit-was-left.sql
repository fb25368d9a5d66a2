-- Why the patient went home before the end, in the words of whoever said so.
ALTER TABLE encounters.visit ADD COLUMN leave_reason text;
