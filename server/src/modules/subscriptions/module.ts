import type { Settings } from '../../platform/config.ts';
import type { ModuleManifest } from '../../platform/module.ts';
import { addCapabilities, keepDefinitions } from '../record/index.ts';
import { addSubscriptions } from './http.ts';
import { capabilities } from './fhir-capabilities.ts';
import { keepSubscriptions } from './keep-subscriptions.ts';
import { keepTopics } from './keep-topics.ts';
import { operations } from './operations.ts';
import { purgeEvents } from './purge-events.ts';

/** Of the house that started last; keepers are registered once a process, however many houses it starts. */
let current: Settings | undefined;

function settingsNow(): Settings {
  if (current === undefined) throw new Error('subscriptions have not been started');
  return current;
}

export const subscriptions: ModuleManifest = {
  name: 'subscriptions',
  owns: 'Who is told of which changes of the record: topics, events, deliveries and dead letters.',
  migrations: new URL('./migrations/', import.meta.url),
  routes: addSubscriptions,
  operations,
  jobs: { 'purge-events': { cron: '30 2 * * *', run: (work) => purgeEvents(work, settingsNow().subscriptionEventDays) } },
  start: async ({ settings }) => {
    const first = current === undefined;
    current = settings;
    if (!first) return;
    keepDefinitions(['Subscription'], keepSubscriptions(settingsNow));
    keepDefinitions(['Basic'], keepTopics);
    addCapabilities(capabilities);
  },
};
