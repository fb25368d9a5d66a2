-- Who is told: judged with the rights they have when something happens, and again when they are told (security/read-actor.ts). Null: nobody is.
alter table subscriptions.subscription add column acts_for jsonb;
