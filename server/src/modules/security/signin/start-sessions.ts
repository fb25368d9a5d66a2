// Sessions in this process: what another process changes is forgotten at once.
import { listenTo } from '../../../platform/listen.ts';
import type { House } from '../../../platform/module.ts';
import { forgetAllSessions, forgetSessionsOf } from '../remembered-sessions.ts';
import { sessionsChannel } from '../tell-sessions-changed.ts';
import { removeEndedSessions } from './session-store.ts';
import { removeLeftovers } from './store.ts';

/** Gives back the room of sessions that have ended, and listens; gives a function that stops it. */
export async function startSessions(house: House): Promise<() => Promise<void>> {
  const work = house.systemWork();
  await removeEndedSessions(work.db, work.now);
  await removeLeftovers(work.db, work.now);
  return listenTo(house.database, sessionsChannel, (account) => (account === '' ? forgetAllSessions() : forgetSessionsOf(account)));
}
