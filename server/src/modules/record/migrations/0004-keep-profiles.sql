-- StructureDefinition resources that constrain a type, in the form that judges by them, without their documentation.
-- id: of the resource. definition: packages/fhir, profile/definition.ts.
create table record.profile (
  id         text collate "C" primary key,
  url        text not null,
  version    text,
  definition jsonb not null
);

-- Packages of definitions (npm format) that were loaded, so that what another package needs can be told.
create table record.package (
  name      text primary key,
  version   text not null,
  loaded_at timestamptz not null default now()
);
