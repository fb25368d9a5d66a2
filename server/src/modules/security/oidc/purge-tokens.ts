// Gives back the room of what has ended. It is refused anyway.
import type { Work } from '../../../platform/work.ts';

/** Removes codes, tokens, launches and grants whose time is over. */
export async function purgeTokens(work: Work): Promise<void> {
  const now = new Date(work.now);
  await work.db.query({ text: 'DELETE FROM security.oidc_payload WHERE expires_at <= $1', values: [now] });
  await work.db.query({ text: 'DELETE FROM security.app_launch WHERE expires_at <= $1', values: [now] });
  await work.db.query({ text: "DELETE FROM security.app_grant g WHERE g.expires_at <= $1 OR ('offline_access' <> ALL (g.scopes) AND NOT EXISTS (SELECT FROM security.session s WHERE s.id = g.session_id))", values: [now] });
}
