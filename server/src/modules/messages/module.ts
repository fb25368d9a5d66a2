import type { ModuleManifest } from '../../platform/module.ts';
import { movePatient } from '../identity/index.ts';
import { deliverCode } from '../security/index.ts';
import { answerCode } from './answer-code.ts';
import { repliedEvent } from './events.ts';
import { messageRoutes } from './http.ts';
import { holdMeans, releaseMeans } from './means-now.ts';
import { moveMessages } from './move-messages.ts';
import { purgeMessages } from './purge-messages.ts';

export const messages: ModuleManifest = {
  name: 'messages',
  owns: 'What is told to people outside: words, ways, preferences, delivery, replies.',
  migrations: new URL('./migrations/', import.meta.url),
  routes: messageRoutes,
  tells: [repliedEvent],
  answers: { ...deliverCode.answeredBy(answerCode), ...movePatient.answeredBy(moveMessages) },
  jobs: { 'purge-messages': { cron: '40 2 * * *', run: purgeMessages } },
  start: async ({ settings }) => void holdMeans(settings),
  stop: async () => releaseMeans(),
};
