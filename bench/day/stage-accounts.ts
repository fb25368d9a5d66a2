import { issueToken } from '../../server/src/modules/security/index.ts';
import type { House } from '../../server/src/platform/module.ts';
import { randomId } from '../../server/src/platform/ids.ts';

interface Staff {
  readonly username: string;
  readonly role: string;
  readonly facility: string;
  readonly practitioner?: string;
  readonly places?: readonly string[];
}

/** Adds an account that nobody signs in to with a password, and gives it a token for the day. */
export async function createAccount(house: House, { username, role, facility, practitioner, places = [] }: Staff): Promise<string> {
  const work = house.systemWork();
  await work.db.query({
    text: `INSERT INTO security.account (id, username, name, roles, facility, kind, practitioner, places, patients, demo, created_at) VALUES ($1, $2, $2, $3, $4, 'person', $5, $6, '{}', false, $7)`,
    values: [randomId<'Account'>(), username, [role], facility, practitioner ?? null, places, new Date(work.now)],
  });
  return issueToken(work, username, 240);
}
