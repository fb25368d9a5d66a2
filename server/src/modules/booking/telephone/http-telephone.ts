// Doors of the switchboard and its operators.
import { readFileSync } from 'node:fs';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { listSwitchboardCalls, reportSwitchboardCall, takeSwitchboardCall } from '@sen/contracts';
import { allowTopic } from '../../../platform/live.ts';
import type { House } from '../../../platform/module.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { bind } from '../../../platform/route.ts';
import { accessOf } from '../../security/index.ts';
import { listCalls } from './list-calls.ts';
import { recordCall } from './record-call.ts';
import { isSigned } from './signature.ts';
import { takeCall } from './take-call.ts';

/** Adds the doors of the telephone, and says who may follow its calls live. */
export function telephoneRoutes(app: FastifyInstance, house: House): void {
  allowTopic('switchboard', async ({ actor }, key) => (actor.facility === key && accessOf(actor).permits('booking.operate') ? [`switchboard/${key}`, 'switchboard/house'] : undefined));
  bind(app, listSwitchboardCalls, listCalls);
  bind(app, takeSwitchboardCall, takeCall);
  void app.register(async (scope) => {
    const bodies = new WeakMap<FastifyRequest, string>();
    scope.removeContentTypeParser('application/json');
    scope.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit: 16_384 }, (request, body, done) => {
      bodies.set(request, String(body));
      try {
        done(null, JSON.parse(String(body)));
      } catch {
        done(new Refusal('incorrect', 'booking.call-unreadable', { vi: 'Nội dung không phải JSON.', en: 'The body is no JSON.' }));
      }
    });
    bind(scope, reportSwitchboardCall, async (work, told, { request }) => {
      const { switchboardKeyFile: file } = house.settings;
      if (file === '') throw new Refusal('unsupported', 'booking.no-switchboard', { vi: 'Bệnh viện chưa nối tổng đài điện thoại.', en: 'No switchboard is connected here.' });
      const signed = isSigned(String(request.headers['x-sen-signature'] ?? ''), bodies.get(request) ?? '', readFileSync(file, 'utf8').trim(), work.now);
      if (!signed) throw new Refusal('unauthenticated', 'booking.bad-signature', { vi: 'Chữ ký của tổng đài không đúng.', en: 'The signature of the switchboard is wrong.' });
      return recordCall(work, told);
    });
  });
}
