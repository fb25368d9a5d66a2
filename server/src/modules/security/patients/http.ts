// Sign-in of patients over HTTP.
import * as contracts from '@sen/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { House } from '../../../platform/module.ts';
import { bind } from '../../../platform/route.ts';
import { fromOf, rulesOf } from '../signin/caller.ts';
import { clearTicketCookie, setTicketCookie, ticketOf } from '../signin/cookies.ts';
import { welcome } from '../signin/http.ts';
import { beginCitizenSignIn, completeCitizenSignIn } from './sign-in-by-citizen-identity.ts';
import { givePhoneCode, givePhonePerson, requestPhoneCode } from './sign-in-by-phone.ts';

const begin = '/api/session/citizen';
const callback = '/api/session/citizen/callback';

export function addPatientRoutes(app: FastifyInstance, { settings }: House): void {
  const rules = rulesOf(settings);
  bind(app, contracts.requestPhoneCode, (work, { phone }, { request }) =>
    requestPhoneCode(work, phone, request.ip, settings.data, (error) => request.log.error({ err: (error as Error).name }, 'a code was not delivered')));
  bind(app, contracts.givePhoneCode, (work, { ticket, code }) => givePhoneCode(work, ticket, code));
  bind(app, contracts.givePhonePerson, async (work, input, exchange) => welcome(work, await givePhonePerson(work, input, fromOf(exchange.request), rules), exchange));
  app.get(begin, { config: { needs: 'open' } }, async (request, reply) => {
    const { location, ticket } = await beginCitizenSignIn(request.work, settings, publicAddress(request, settings.publicUrl) + callback);
    setTicketCookie(request, reply, ticket);
    return reply.redirect(location, 303);
  });
  app.get(callback, { config: { needs: 'open' } }, async (request, reply) => {
    const address = new URL(request.url, publicAddress(request, settings.publicUrl));
    const brought = { ticket: ticketOf(request) ?? '', address };
    clearTicketCookie(request, reply);
    const outcome = await completeCitizenSignIn(request.work, settings, brought, fromOf(request), rules)
      .then((signedIn) => welcome(request.work, signedIn, { request, reply })).then(() => '/', (error: { code?: string }) => `/sign-in/patient?failed=${codeOf(error)}`);
    return reply.redirect(outcome, 303);
  });
}

/** The page tells it in words; a fault is one like any other failure of the provider. */
function codeOf({ code = '' }: { code?: string }): string {
  return /^security\.[a-z-]+$/.test(code) ? code : 'security.citizen-provider-failed';
}

function publicAddress(request: FastifyRequest, publicUrl: string): string {
  return publicUrl === '' ? `${request.protocol}://${request.host}` : publicUrl.replace(/\/+$/, '');
}
