import type { ModuleManifest } from '../../platform/module.ts';
import { startAudit } from './audit/start-audit.ts';
import { reportOverdueReviews } from './emergency/report-overdue-reviews.ts';
import { addSecurityRoutes } from './http.ts';
import { purgeTokens } from './oidc/purge-tokens.ts';
import { followPolicy } from './policy/follow-policy.ts';
import { ensureStarterPolicy, loadPolicy } from './policy/load-policy.ts';
import { tellDueRequests } from './requests/tell-due-requests.ts';
import { checkKeys } from './seal/check-keys.ts';
import { awaitDeliveries } from './patients/sign-in-by-phone.ts';
import { holdSigningSettings } from './signing/signing-settings.ts';
import { startSessions } from './signin/start-sessions.ts';

let stopAudit: (() => Promise<void>) | undefined;
let stopFollowing: (() => Promise<void>) | undefined;
let stopSessions: (() => Promise<void>) | undefined;

export const security: ModuleManifest = {
  name: 'security',
  owns: 'Who asks, what they may see, and what they did: accounts, policy, consent, emergencies, keys, the audit.',
  migrations: new URL('./migrations/', import.meta.url),
  routes: addSecurityRoutes,
  tells: [
    'security.consent-given', 'security.consent-withdrawn', 'security.emergency-opened', 'security.emergencies-unusual', 'security.emergency-reviewed', 'security.emergency-review-overdue',
    'security.request-received', 'security.request-changed', 'security.request-due', 'security.breach-recorded',
  ],
  jobs: {
    'purge-tokens': { cron: '20 2 * * *', run: purgeTokens },
    'report-overdue-reviews': { cron: '*/10 * * * *', run: reportOverdueReviews },
    'tell-due-requests': { cron: '0 7 * * *', run: tellDueRequests },
  },
  // Once at start and not by cron: sessions that have ended are refused anyway; this only gives the room back.
  start: async (house) => {
    await checkKeys(house.systemWork());
    holdSigningSettings(house.settings);
    stopAudit = await startAudit(house);
    const work = house.systemWork();
    stopSessions = await startSessions(house);
    await ensureStarterPolicy(work);
    await loadPolicy(work);
    stopFollowing = followPolicy(house);
  },
  stop: async () => {
    await awaitDeliveries();
    await stopSessions?.();
    stopSessions = undefined;
    await stopFollowing?.();
    stopFollowing = undefined;
    await stopAudit?.();
    stopAudit = undefined;
  },
};
