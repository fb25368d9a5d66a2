-- Words of every live resource for _text and _content, filled in the background by a follower of the feed (search/full-text): a write costs nothing
-- more for it. Weight A: words of the narrative. Words are folded by Sen, not by a dictionary of PostgreSQL.
create table record.full_text (
  type  smallint not null,
  key   bigint   not null,
  words tsvector not null,
  primary key (type, key)
);
-- a search reads the whole pending list: 1 MB of it, not the default 4
create index full_text_words on record.full_text using gin (words) with (fastupdate = on, gin_pending_list_limit = 1024);
