// Whoever asked for something that goes on without them (an export, a subscription): kept by name, and given the rights of today each time.
import { systemActor } from '../../platform/actors.ts';
import type { Queryable } from '../../platform/database.ts';
import type { Actor, Work } from '../../platform/work.ts';
import { actorOf, type Account, type AccountId } from './account.ts';
import { emergenciesOf } from './emergency/store.ts';
import { livingGrant } from './oidc/store.ts';
import { accountColumns, accountOf, type AccountRow } from './store.ts';

/** What is kept of an actor: who it is and what an app was granted; not its roles, places and patients, which may change. */
export type KeptActor = Pick<Actor, 'id' | 'purpose' | 'grant'>;

export function keptActor({ grant, id, purpose }: Actor): KeptActor {
  return { id, ...(purpose === undefined ? {} : { purpose }), ...(grant === undefined ? {} : { grant }) };
}

/** Gives the actor as it is now; undefined when its account or its app is gone or disabled, or what was allowed the app has ended. */
export async function readActor(work: Work, kept: KeptActor): Promise<Actor | undefined> {
  if (kept.id === systemActor.id && kept.grant === undefined) return systemActor;
  const extra = { ...(kept.purpose === undefined ? {} : { purpose: kept.purpose }), ...(kept.grant === undefined ? {} : { grant: kept.grant }) };
  if (kept.grant?.client === kept.id) {
    const app = await findService(work.db, kept.id);
    return app && Object.freeze({ ...actorOf(app.account), kind: app.role === 'device' ? 'device' : 'system', ...extra });
  }
  const account = await findLiving(work, kept);
  if (account === undefined) return undefined;
  const emergencies = await emergenciesOf(work.db, account.id, work.now);
  return Object.freeze({ ...actorOf(account), ...(emergencies.length === 0 ? {} : { emergencies }), ...extra });
}

/** The account, where no app acts for it, or one that it still allows. */
async function findLiving({ db, now }: Work, { grant, id }: KeptActor): Promise<Account | undefined> {
  const { rows } = await db.query<AccountRow>({
    name: 'security.read-actor',
    text: `SELECT ${accountColumns} FROM security.account a WHERE a.id = $1 AND NOT a.disabled AND ($3::text IS NULL OR EXISTS (
      SELECT FROM security.app_grant g JOIN security.app app ON app.id = g.app_id
      WHERE g.account_id = a.id AND g.app_id = $3 AND NOT app.disabled AND ${livingGrant}))`,
    values: [id, new Date(now), grant?.client ?? null],
  });
  return rows[0] && accountOf(rows[0]);
}

async function findService(db: Queryable, id: string): Promise<{ account: Account; role: string } | undefined> {
  const { rows } = await db.query<{ name: string; role: string; organisation: string | null }>({
    name: 'security.read-service-actor',
    text: "SELECT name, role, organisation FROM security.app WHERE id = $1 AND kind = 'service' AND NOT disabled",
    values: [id],
  });
  const [row] = rows;
  if (row === undefined) return undefined;
  const facility = row.organisation === null ? {} : { facility: row.organisation };
  return { role: row.role, account: { id: id as AccountId, username: id, name: row.name, roles: [row.role], kind: 'service', places: [], patients: [], ...facility } };
}
