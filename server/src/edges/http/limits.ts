// How many requests one account, one address and one stranger may make (OWASP ASVS 5.0 V2.4, API4:2023). Counted in the memory of this process.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { networkOf } from '../../platform/addresses.ts';
import type { Settings } from '../../platform/config.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Actor } from '../../platform/work.ts';
import { tokenBuckets } from './token-buckets.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Account among whose running requests this one is counted. */
    countedFor: string | undefined;
  }
}

type LimitSettings = Pick<Settings, 'rateOpenPerMinute' | 'rateAccountPerMinute' | 'rateAddressPerMinute' | 'rateSystemPerMinute' | 'accountRequestsMax'>;

/** Judges one request; `actor` undefined: nobody has signed in. */
export type Limits = (request: FastifyRequest, actor: Actor | undefined) => Refusal | undefined;

const mostKept = 50_000;

/** Makes the limits of a server and counts its requests in flight. */
export function requestLimits(app: FastifyInstance, settings: LimitSettings): Limits {
  const strangers = tokenBuckets(mostKept);
  const accounts = tokenBuckets(mostKept);
  const addresses = tokenBuckets(mostKept);
  const running = new Map<string, number>();
  app.decorateRequest('countedFor', undefined);
  app.addHook('onRequest', (request, reply, done) => {
    // Not Fastify's onResponse, which is not called when the client goes away before the answer: each such request would count for ever.
    reply.raw.once('close', () => leave(running, request.countedFor));
    done();
  });
  return (request, actor) => {
    const now = request.arrivedAt;
    if (actor === undefined) return tooMany(strangers.take(networkOf(request.ip), settings.rateOpenPerMinute, now));
    if (isSystem(actor)) return tooMany(accounts.take(actor.id, settings.rateSystemPerMinute, now));
    const wait = accounts.take(actor.id, settings.rateAccountPerMinute, now) || addresses.take(networkOf(request.ip), settings.rateAddressPerMinute, now);
    return tooMany(wait) ?? enter(running, request, actor.id, settings.accountRequestsMax);
  };
}

/** In-house systems, devices and the house itself send as fast as their work needs. */
function isSystem({ kind, roles }: Actor): boolean {
  return kind !== 'person' || roles.includes('integration');
}

function tooMany(waitMs: number): Refusal | undefined {
  if (waitMs === 0) return undefined;
  return Object.assign(
    new Refusal('busy', 'http.too-many', { vi: 'Quá nhiều yêu cầu trong một phút. Xin chờ rồi thử lại.', en: 'Too many requests in a minute. Please wait and try again.' }),
    { retryAfterSeconds: Math.ceil(waitMs / 1000) },
  );
}

/** One account may not hold all connections to the database. */
function enter(running: Map<string, number>, request: FastifyRequest, account: string, most: number): Refusal | undefined {
  const others = running.get(account) ?? 0;
  if (most > 0 && others >= most) {
    return new Refusal('busy', 'http.too-many-at-once', { vi: 'Tài khoản này đang có quá nhiều yêu cầu cùng lúc. Xin thử lại.', en: 'This account has too many requests at once. Please try again.' });
  }
  running.set(account, others + 1);
  request.countedFor = account;
  return undefined;
}

function leave(running: Map<string, number>, account: string | undefined): void {
  if (account === undefined) return;
  const others = (running.get(account) ?? 1) - 1;
  if (others > 0) running.set(account, others);
  else running.delete(account);
}
