// The person's answer to what an app asks.
import type Provider from 'oidc-provider';
import type { Work } from '../../../platform/work.ts';
import { findResources } from '../ask-record.ts';
import { readAppQuestion, type AppExchange, type AppQuestion } from './read-app-question.ts';
import { badLaunch, needsPatientChoice, notThisPatient } from './refusals.ts';
import { plainScopes } from './smart-scope.ts';
import { addGrant, findConsent, putConsent, takeLaunch } from './store.ts';

export interface AppAnswer {
  readonly allow: boolean;
  /** Those allowed of the asked ones; absent: as answered before, else all. */
  readonly scopes?: readonly string[];
  readonly patientId?: string;
}

/** Takes the person's answer and gives the address at which the request goes on. */
export async function answerAppRequest(work: Work, exchange: AppExchange, answer: AppAnswer): Promise<string> {
  const { provider, request, response } = exchange;
  const finish = (result: Parameters<Provider['interactionResult']>[2]) => provider.interactionResult(request, response, result, { mergeWithLastSubmission: false });
  const question = await readAppQuestion(work, exchange, answer.allow);
  if (!answer.allow) return finish({ error: 'access_denied', error_description: 'the person refused' });
  const before = answer.scopes === undefined ? await findConsent(work.db, work.actor.id, question.app.id) : undefined;
  const wanted = answer.scopes ?? question.scopes.filter((scope) => before?.refused.includes(scope) !== true);
  const allowed = question.scopes.filter((scope) => wanted.includes(scope) || isAlways(scope));
  const patient = await patientOf(work, question, answer.patientId);
  if (question.launchHash !== undefined && !(await takeLaunch(work.db, question.launchHash, work.now))) throw badLaunch();
  const grantId = await storeGrant(work, exchange, { question, allowed, patient });
  return finish({ login: { accountId: work.actor.id, ts: Math.floor(exchange.session.freshAt / 1000), remember: false }, consent: { grantId } });
}

/** Nothing to choose in who one is, and in that the app knows whom it is about. */
function isAlways(scope: string): boolean {
  return scope !== 'offline_access' && (plainScopes as readonly string[]).includes(scope);
}

async function patientOf(work: Work, { launch, choose }: AppQuestion, chosen: string | undefined): Promise<string | undefined> {
  if (choose === 'nobody') return launch?.patient;
  if (chosen === undefined) throw needsPatientChoice();
  if (choose === 'own' && work.actor.patients?.includes(chosen) !== true) throw notThisPatient();
  // With the person's own rights: whom one does not see one cannot give away.
  const found = await findResources.ask(work, { type: 'Patient', query: `_id=${encodeURIComponent(chosen)}` });
  if (choose === 'anybody' && found.flat().length === 0) throw notThisPatient();
  return chosen;
}

interface Allowed {
  readonly question: AppQuestion;
  readonly allowed: readonly string[];
  readonly patient: string | undefined;
}

async function storeGrant(work: Work, { provider, session, settings, fhir }: AppExchange, { question, allowed, patient }: Allowed): Promise<string> {
  const { app, scopes, launch } = question;
  const refused = scopes.filter((scope) => !allowed.includes(scope));
  const grant = new provider.Grant({ accountId: work.actor.id, clientId: app.id });
  const plain = (list: readonly string[]) => list.filter((scope) => (plainScopes as readonly string[]).includes(scope)).join(' ');
  const resources = (list: readonly string[]) => list.filter((scope) => !(plainScopes as readonly string[]).includes(scope)).join(' ');
  if (plain(allowed) !== '') grant.addOIDCScope(plain(allowed));
  if (resources(allowed) !== '') grant.addResourceScope(fhir, resources(allowed));
  if (plain(refused) !== '') grant.rejectOIDCScope(plain(refused));
  if (resources(refused) !== '') grant.rejectResourceScope(fhir, resources(refused));
  const id = await grant.save();
  const context = { ...(patient === undefined ? {} : { patient }), ...(launch?.encounter === undefined ? {} : { encounter: launch.encounter }) };
  const expiresAt = work.now + settings.appRefreshDays * 86_400_000;
  await addGrant(work.db, { id, app: app.id, account: work.actor.id, session: session.id, scopes: allowed, ...context, expiresAt }, work.now);
  await putConsent(work.db, work.actor.id, app.id, { allowed, refused }, work.now);
  return id;
}
