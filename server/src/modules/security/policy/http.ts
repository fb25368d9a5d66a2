// The policy over HTTP.
import { changePolicy as change, readPolicy as read } from '@sen/contracts';
import type { FastifyInstance } from 'fastify';
import { bind } from '../../../platform/route.ts';
import { changePolicy } from './change-policy.ts';
import { readPolicy, shownVersion } from './read-policy.ts';

export function addPolicyRoutes(app: FastifyInstance): void {
  bind(app, read, (work, { version }) => readPolicy(work, version));
  bind(app, change, async (work, { document, basedOn, reason, effectiveFrom }) => {
    const stored = await changePolicy(work, { document, basedOn, reason, ...(effectiveFrom === undefined ? {} : { effectiveFrom: Date.parse(effectiveFrom) }) });
    return shownVersion(stored, work.actor.name, stored.effectiveFrom <= work.now ? stored.version : undefined, work.now);
  });
}
