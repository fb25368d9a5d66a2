-- Terminology: code systems, value sets and concept maps in the form in which they are asked. The resources themselves lie in the record.
create schema terminology;

-- One row for each edition of a code system, and for each supplement. id: of the CodeSystem in the record; null: one of R4's own.
-- effective: days on which the edition is in force. dated: CodeSystem.date.
-- has_days: some concept is in force on some days only. declared: codes of its properties and filters. definition: the resource without its concepts.
create table terminology.code_system (
  system              int generated always as identity primary key,
  id                  text collate "C" unique,
  url                 text collate "C",
  version             text collate "C",
  status              text not null,
  content             text not null,
  supplements         text collate "C",
  supplements_version text collate "C",
  value_set           text collate "C",
  case_sensitive      boolean not null,
  language            text,
  effective           daterange not null,
  dated               date,
  concepts            int not null,
  has_days            boolean not null,
  name                text,
  declared            text[] not null,
  definition          json not null
);
create index code_system_by_url on terminology.code_system (url);
create index code_system_by_supplemented on terminology.code_system (supplements) where supplements is not null;
create index code_system_by_value_set on terminology.code_system (value_set) where value_set is not null;

-- place: position in the order of the list, parents before children; a concept's descendants are the places after it up to last, and those
-- of further_parent. key: the code as it is compared (lower case where the system does not tell case apart). parent: place, null at the top.
-- properties: code of the property → its values as text. detail: definition, designation and property as the resource has them.
-- words: folded words of code, display and designations, each behind the number of the system (`12.gan`).
create table terminology.concept (
  system     int not null,
  place      int not null,
  last       int not null,
  parent     int,
  inactive   boolean not null,
  abstract   boolean not null,
  valid      daterange not null,
  code       text collate "C" not null,
  key        text collate "C" not null,
  display    text,
  properties jsonb,
  detail     json,
  words      tsvector not null,
  primary key (system, place)
);
create index concept_by_key on terminology.concept (system, key);
create index concept_by_parent on terminology.concept (system, parent) where parent is not null;
create index concept_by_words on terminology.concept using gin (words) with (fastupdate = on, gin_pending_list_limit = 1024);

-- Parents beside the one in concept.parent, where a concept has several.
create table terminology.further_parent (
  system int not null,
  parent int not null,
  child  int not null,
  primary key (system, parent, child)
);
create index further_parent_by_child on terminology.further_parent (system, child);

create table terminology.value_set (
  value_set  int generated always as identity primary key,
  id         text collate "C" unique,
  url        text collate "C",
  version    text collate "C",
  status     text not null,
  effective  daterange not null,
  dated      date,
  definition json not null
);
create index value_set_by_url on terminology.value_set (url);

create table terminology.concept_map (
  concept_map int generated always as identity primary key,
  id          text collate "C" unique,
  url         text collate "C",
  version     text collate "C",
  status      text not null,
  source      text collate "C",
  target      text collate "C",
  effective   daterange not null,
  dated       date,
  definition  json not null
);
create index concept_map_by_url on terminology.concept_map (url);

create table terminology.concept_map_group (
  concept_map    int not null,
  place          int not null,
  source         text collate "C",
  source_version text collate "C",
  target         text collate "C",
  target_version text collate "C",
  unmapped       json,
  primary key (concept_map, place)
);
create index concept_map_group_by_source on terminology.concept_map_group (source);
create index concept_map_group_by_target on terminology.concept_map_group (target);

-- One row for each target of an element. detail: comment, dependsOn and product as the resource has them.
create table terminology.concept_map_entry (
  concept_map    int not null,
  place          int not null,
  group_place    int not null,
  source_code    text collate "C" not null,
  source_display text,
  target_code    text collate "C",
  target_display text,
  equivalence    text not null,
  detail         json,
  primary key (concept_map, place)
);
create index concept_map_entry_by_source on terminology.concept_map_entry (concept_map, source_code);
create index concept_map_entry_by_target on terminology.concept_map_entry (concept_map, target_code);
