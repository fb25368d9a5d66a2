// The house at work: settings, database and the house's own unit of work.
import { systemActor } from '../platform/actors.ts';
import type { Database } from '../platform/database.ts';
import type { Settings } from '../platform/config.ts';
import { systemClock } from '../platform/clock.ts';
import type { Clock } from '../platform/clock.ts';
import { eventSender } from '../platform/events.ts';
import { requestId } from '../platform/ids.ts';
import type { House, ModuleManifest } from '../platform/module.ts';
import { holdKeyring } from '../platform/seal.ts';
import { beginWork } from '../platform/work.ts';

/** Makes the house that routes, jobs and commands share. */
export function openHouse(settings: Settings, database: Database, manifests: readonly ModuleManifest[], clock: Clock = systemClock): House {
  holdKeyring(settings);
  const send = eventSender(database, manifests);
  return {
    settings,
    database,
    systemWork: () => beginWork(database, send, { actor: systemActor, requestId: requestId(undefined), language: 'vi', now: clock() }),
  };
}
