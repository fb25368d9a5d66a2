import type { ModuleManifest } from '../../platform/module.ts';
import { addSessionRoutes } from './http.ts';
import { removeEndedSessions } from './store.ts';

export const security: ModuleManifest = {
  name: 'security',
  owns: 'Accounts and their sessions: who asks.',
  migrations: new URL('./migrations/', import.meta.url),
  routes: addSessionRoutes,
  // Once at start and not by cron: sessions that have ended are refused anyway; this only gives the room back.
  start: async (house) => {
    const work = house.systemWork();
    await removeEndedSessions(work.db, work.now);
  },
};
