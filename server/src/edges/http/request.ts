// What the house adds to every request: language, actor and unit of work.
import type { Permission } from '@sen/contracts';
import type { FastifyInstance } from 'fastify';
import { pickLanguage, type Language } from '../../platform/i18n.ts';
import { beginWork, type Actor, type EventSender, type Work } from '../../platform/work.ts';
import type { Database } from '../../platform/database.ts';
import { anonymous } from './actor.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The unit of work of this request, begun when it arrived. */
    readonly work: Work;
    readonly language: Language;
    /** Who asks; `anonymous` on public routes when nobody has signed in. */
    readonly actor: Actor;
    /** Set by authenticate.ts only. */
    knownActor: Actor | undefined;
    /** ms since 1970 at which the request arrived. */
    arrivedAt: number;
    /** The session token the request carries, believed or not. */
    token: string | undefined;
    startedWork: Work | undefined;
    /** Code of the refusal that is the answer. */
    refusalCode: string | undefined;
    auditTold: boolean;
  }
  interface FastifyContextConfig {
    /** What the caller must be permitted; `open`: answers also those who have not signed in. Every route says it (server.ts). */
    needs?: Permission | 'open';
    /** Answered also while the session is held (contracts/route.ts). */
    whileHeld?: readonly ('locked' | 'must-change' | 'must-enrol')[];
    /** Asks for a proof of the last five minutes that it is the same person. */
    needsFresh?: true;
    /** The body may take its time: it streams to a file. */
    longBody?: boolean;
  }
}

/** Decorates requests; work and language are made when first asked for, since many requests need neither. */
export function decorateRequests(app: FastifyInstance, database: Database, send: EventSender, house: Language): void {
  app.decorateRequest('knownActor', undefined);
  app.decorateRequest('actor', {
    getter() {
      return this.knownActor ?? anonymous;
    },
  });
  app.decorateRequest('arrivedAt', 0);
  app.decorateRequest('token', undefined);
  app.decorateRequest('startedWork', undefined);
  app.decorateRequest('refusalCode', undefined);
  app.decorateRequest('auditTold', false);
  app.decorateRequest('language', {
    getter() {
      const { cookie } = this.headers;
      const chosen = cookie === undefined ? undefined : /(?:^|;\s*)sen_language=(vi|en)\b/.exec(cookie)?.[1];
      return pickLanguage(chosen, this.headers['accept-language'], house);
    },
  });
  app.decorateRequest('work', {
    getter() {
      const { actor, id: requestId, language, arrivedAt: now } = this;
      this.startedWork ??= beginWork(database, send, { actor, requestId, language, now });
      return this.startedWork;
    },
  });
}
