-- A job does what whoever began it may do on the day it is done: who that is (security/read-actor.ts). Null: begun before rights were kept; it ends.
alter table bulk.job add column acts_for jsonb;
