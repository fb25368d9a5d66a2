import { readFileSync } from 'node:fs';
import * as contracts from '@sen/contracts';
import type { FastifyInstance } from 'fastify';
import { openLog } from '../../platform/log.ts';
import type { House } from '../../platform/module.ts';
import { Refusal } from '../../platform/refusal.ts';
import { bind } from '../../platform/route.ts';
import { keepPushKeys } from './channels/send-push.ts';
import { runDeliveries } from './delivery/run-deliveries.ts';
import { listMessages } from './list-messages.ts';
import { holdMeans, meansNow } from './means-now.ts';
import { addPushSubscription, removePushSubscription } from './preferences/add-push-subscription.ts';
import { changePreferences, readPreferences } from './preferences/change-preferences.ts';
import { receiveCall } from './replies/receive-call.ts';
import { sendAgain } from './send-again.ts';
import { changeTemplate } from './templates/change-template.ts';
import { listTemplates, readTemplate } from './templates/list-templates.ts';
import { showPreview } from './templates/show-preview.ts';

export function messageRoutes(app: FastifyInstance, house: House): void {
  bind(app, contracts.listMessages, listMessages);
  bind(app, contracts.resendMessage, (work, { messageId }) => sendAgain(work, messageId));
  bind(app, contracts.listMessageTemplates, listTemplates);
  bind(app, contracts.readMessageTemplate, (work, { code }) => readTemplate(work, code));
  bind(app, contracts.changeMessageTemplate, changeTemplate);
  bind(app, contracts.previewMessageTemplate, async (_work, input) => showPreview(input));
  bind(app, contracts.readMessagePreferences, (work, { patientId }) => readPreferences(work, patientId));
  bind(app, contracts.changeMessagePreferences, changePreferences);
  bind(app, contracts.addPushSubscription, addPushSubscription);
  bind(app, contracts.removePushSubscription, (work, { endpoint }) => removePushSubscription(work, endpoint));
  bind(app, contracts.readPushKey, async (work) => ({ key: (await keepPushKeys(work)).publicKey }));
  void app.register(async (scope) => addProviderCalls(scope, house));
  deliverWhileServing(app, house);
}

/** A provider signs the bytes it sends, so they are taken as they come. */
function addProviderCalls(scope: FastifyInstance, { settings }: House): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: 65_536 }, (_request, body, done) => done(null, body));
  scope.post<{ Params: { adapter: string }; Body: string }>('/api/message-replies/:adapter', { config: { needs: 'open' } }, async (request, reply) => {
    if (settings.messageHookFile === '') throw new Refusal('unsupported', 'messages.no-hook-key', { vi: 'Bệnh viện chưa nhận cuộc gọi của nhà cung cấp tin.', en: 'Calls of message providers are not taken here.' });
    const key = readFileSync(settings.messageHookFile, 'utf8').trim();
    await receiveCall(request.work, { adapter: request.params.adapter, body: String(request.body ?? ''), signature: String(request.headers['x-sen-signature'] ?? '') }, key);
    return reply.code(204).send();
  });
}

/** Messages go out as long as the HTTP server lives: a command over the same data sends nothing. */
function deliverWhileServing(app: FastifyInstance, house: House): void {
  const log = openLog(house.settings.logLevel);
  let running: ReturnType<typeof runDeliveries> | undefined;
  app.addHook('onReady', async () => {
    running = runDeliveries(house, meansNow() ?? holdMeans(house.settings), log);
  });
  app.addHook('preClose', async () => {
    await running?.stop();
    log.flush();
  });
}
