import * as contracts from '@sen/contracts';
import type { FastifyInstance } from 'fastify';
import { bind } from '../../../platform/route.ts';
import { changeBreach } from './change-breach.ts';
import { recordBreach } from './record-breach.ts';
import { listBreaches, type Breach } from './store.ts';

export function addBreachRoutes(app: FastifyInstance): void {
  bind(app, contracts.listBreaches, async (work) => ({ breaches: (await listBreaches(work.db)).map(shown) }));
  bind(app, contracts.recordBreach, async (work, input) => shown(await recordBreach(work, { ...input, foundAt: Date.parse(input.foundAt) })));
  bind(app, contracts.changeBreach, async (work, { breachId, ...input }) => shown(await changeBreach(work, { ...input, id: breachId })));
}

function shown({ id, foundAt, noticeDue, what, dataKinds, people, measures, recordedBy, notifiedAt, noticeNumber, subjectsToldAt, closedAt }: Breach) {
  return {
    id, foundAt: iso(foundAt), noticeDue: iso(noticeDue), what, dataKinds, measures, recordedBy: recordedBy.name,
    ...(people === undefined ? {} : { people }),
    ...(notifiedAt === undefined ? {} : { notifiedAt: iso(notifiedAt) }),
    ...(noticeNumber === undefined ? {} : { noticeNumber }),
    ...(subjectsToldAt === undefined ? {} : { subjectsToldAt: iso(subjectsToldAt) }),
    ...(closedAt === undefined ? {} : { closedAt: iso(closedAt) }),
  };
}

const iso = (ms: number): string => new Date(ms).toISOString();
