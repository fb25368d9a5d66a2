// Doors of the switchboard and its operators.
import { readFileSync } from 'node:fs';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { listSwitchboardCalls, reportSwitchboardCall, stepSwitchboardMenu, takeSwitchboardCall } from '@sen/contracts';
import { allowTopic } from '../../../platform/live.ts';
import type { House } from '../../../platform/module.ts';
import { bind } from '../../../platform/route.ts';
import type { Work } from '../../../platform/work.ts';
import { accessOf } from '../../security/index.ts';
import { badSignature, callUnreadable, noSuchPrompt, noSwitchboard } from '../refusals.ts';
import { listCalls } from './list-calls.ts';
import { readPromptSound } from './read-prompt-sound.ts';
import { recordCall } from './record-call.ts';
import { isSigned } from './signature.ts';
import { takeCall } from './take-call.ts';
import { takeMenuStep } from './take-menu-step.ts';

/** Adds the doors of the telephone, and says who may follow its calls live. */
export function telephoneRoutes(app: FastifyInstance, house: House): void {
  // One switchboard for the house: its calls are not those of a facility.
  allowTopic('switchboard', async ({ actor }, key) => (key === 'house' && accessOf(actor).permits('booking.operate') ? ['switchboard/house'] : undefined));
  bind(app, listSwitchboardCalls, listCalls);
  bind(app, takeSwitchboardCall, takeCall);
  app.get<{ Params: { '*': string } }>('/api/switchboard/prompts/*', { config: { needs: 'open' } }, async (request, reply) => {
    const sound = await readPromptSound(request.params['*'], house.settings.promptsFolder);
    if (sound === undefined) throw noSuchPrompt();
    return reply.type(sound.type).header('cache-control', 'public, max-age=3600').send(sound.bytes);
  });
  void app.register(async (scope) => {
    const bodies = keepBodies(scope);
    const checkSigned = (work: Work, request: FastifyRequest) => {
      const { switchboardKeyFile: file } = house.settings;
      if (file === '') throw noSwitchboard();
      if (!isSigned(String(request.headers['x-sen-signature'] ?? ''), bodies.get(request) ?? '', readFileSync(file, 'utf8').trim(), work.now)) throw badSignature();
    };
    bind(scope, reportSwitchboardCall, async (work, told, { request }) => {
      checkSigned(work, request);
      return recordCall(work, told);
    });
    bind(scope, stepSwitchboardMenu, async (work, step, { request }) => {
      checkSigned(work, request);
      return takeMenuStep(work, step, house.settings.sipOperator);
    });
  });
}

/** A signature is over the body as it was sent, to the byte. */
function keepBodies(scope: FastifyInstance): WeakMap<FastifyRequest, string> {
  const bodies = new WeakMap<FastifyRequest, string>();
  scope.removeContentTypeParser('application/json');
  scope.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit: 16_384 }, (request, body, done) => {
    bodies.set(request, String(body));
    try {
      done(null, JSON.parse(String(body)));
    } catch {
      done(callUnreadable());
    }
  });
  return bodies;
}
