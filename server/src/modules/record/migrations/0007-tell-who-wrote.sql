-- Who made each change, in which request, and about which patient (key, 0: none): the audit tells every write from the log of changes, which is
-- committed with it (docs/decisions/0011). Changes made before this migration tell none of it.
alter table record.change add column patient bigint, add column actor text collate "C", add column request text collate "C";
