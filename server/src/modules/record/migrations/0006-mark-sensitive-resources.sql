-- What is sensitive of a resource, as bits (modules/security/policy/marks.ts): its own categories, and those of its patient, copied to every resource
-- about the patient. A search of somebody who may not see them asks one number of each row, and looks up nothing.
-- The default is right for what is not marked; the rest is filled by the walk through the index that its new form asks for (store/index-format.ts).
alter table record.resource add column marks int not null default 0;
