// The account of a patient or a relative: made at the first proof of who it is, its records looked up anew at every later one.
import { createHmac } from 'node:crypto';
import { randomId } from '../../../platform/ids.ts';
import { heldKeyring } from '../../../platform/seal.ts';
import type { Work } from '../../../platform/work.ts';
import type { AccountId } from '../account.ts';
import { addAccount } from '../store.ts';
import { tellSessionsChanged } from '../tell-sessions-changed.ts';
import { findCredentials, type Credentials } from '../signin/store.ts';
import { findOwnRecords, findSameRecords, type OwnRecords, type Proven } from './find-own-records.ts';

/** One person is one account, by whichever way the number was proven. Only a keyed hash of it is kept here. */
const numbers = 'urn:sen:citizen-number';

/** Gives the account of a person who has proven who it is; undefined where the hospital has no record of, or through, this person. */
export async function openPatientAccount(work: Work, proven: Proven): Promise<Credentials | undefined> {
  const records = await findOwnRecords(work, proven);
  if (records === undefined) return undefined;
  const subject = createHmac('sha256', heldKeyring().derive('citizen-number')).update(proven.citizenNumber).digest('base64url');
  const id = await work.transact(async (inside) => {
    const known = await findLinked(inside, subject);
    const account = known ?? (await addPatientAccount(inside, subject, records));
    await setRecords(inside, account, records);
    return account;
  });
  return findCredentials(work.db, { id }, work.now);
}

/** Looks up anew what a patient or a relative may open, for a sign-in that says nothing of it, such as by passkey. Nothing changes for others. */
export async function refreshPatientAccount(work: Work, account: AccountId): Promise<void> {
  const { rows } = await work.db.query<{ sources: string[] }>({
    name: 'security.find-sources', text: 'SELECT sources FROM security.upstream_identity WHERE account_id = $1 AND issuer = $2', values: [account, numbers],
  });
  const [link] = rows;
  if (link === undefined) return;
  const records = await findSameRecords(work, link.sources);
  await work.transact((inside) => (records === undefined ? closeRecords(inside, account) : setRecords(inside, account, records)));
}

/** Nothing is left that the person may open: until the next proof. */
async function closeRecords(work: Work, id: AccountId): Promise<void> {
  await work.db.query({ name: 'security.close-own-records', text: "UPDATE security.account SET roles = '{}', patients = '{}' WHERE id = $1", values: [id] });
  await tellSessionsChanged(work.db, id);
}

async function findLinked(work: Work, subject: string): Promise<AccountId | undefined> {
  await work.db.query({ name: 'security.lock-identity', text: 'SELECT pg_advisory_xact_lock(hashtext($1))', values: [subject] });
  const { rows } = await work.db.query<{ account_id: AccountId }>({
    name: 'security.find-linked', text: 'SELECT account_id FROM security.upstream_identity WHERE issuer = $1 AND subject = $2', values: [numbers, subject],
  });
  return rows[0]?.account_id;
}

async function addPatientAccount(work: Work, subject: string, { name }: OwnRecords): Promise<AccountId> {
  const id = randomId<'Account'>();
  await addAccount(work.db, { id, username: `nb-${id}`, name, roles: [], kind: 'person', places: [], patients: [], demo: false }, work.now);
  await work.db.query({
    name: 'security.link-identity', text: 'INSERT INTO security.upstream_identity (issuer, subject, account_id, linked_at) VALUES ($1, $2, $3, $4)', values: [numbers, subject, id, new Date(work.now)],
  });
  return id;
}

async function setRecords(work: Work, id: AccountId, { name, self, others, sources }: OwnRecords): Promise<void> {
  const roles = [...(self.length > 0 ? ['patient'] : []), ...(others.length > 0 ? ['relative'] : [])];
  await work.db.query({
    name: 'security.set-own-records', text: 'UPDATE security.account SET name = $2, roles = $3, patients = $4 WHERE id = $1', values: [id, name, roles, [...self, ...others]],
  });
  await work.db.query({ name: 'security.set-sources', text: 'UPDATE security.upstream_identity SET sources = $2 WHERE account_id = $1 AND issuer = $3', values: [id, sources, numbers] });
  await tellSessionsChanged(work.db, id);
}
