// The audit over HTTP: the auditor's questions, and the patient's.
import { countAudit, exportAuditQuery, exportOwnAccessQuery, findUnusualAccess as unusual, listOwnAccess as ownAccess, searchAudit as search } from '@sen/contracts';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { Compile } from 'typebox/compile';
import { Refusal } from '../../../platform/refusal.ts';
import { bind } from '../../../platform/route.ts';
import { exportAudit, exportOwnAccess } from './export-audit.ts';
import { findUnusualAccess } from './find-unusual-access.ts';
import { listOwnAccess } from './list-own-access.ts';
import { barsOf } from './queries.ts';
import { filterOf, searchAudit, settleAudit } from './search-audit.ts';
import { tellAudit } from './tell-audit.ts';

const unlessAsked = 100;
const longestTimeMs = { hour: 8 * 86_400_000, day: 400 * 86_400_000 };

/** Adds the routes of /api/audit and /api/my/access-log. */
export function addAuditRoutes(app: FastifyInstance): void {
  bind(app, search, async (work, { page, count, ...question }) => {
    tellAudit(work, { kind: 'audit' });
    return searchAudit(work, question, count ?? unlessAsked, page);
  });
  bind(app, countAudit, async (work, { per, ...question }) => {
    tellAudit(work, { kind: 'audit' });
    await settleAudit();
    const filter = await filterOf(work, question);
    const to = Math.min(filter.to ?? Infinity, work.now + 1);
    const from = Math.max(filter.from ?? 0, to - longestTimeMs[per]);
    const bars = await barsOf(work.db, { ...filter, from, to }, per === 'hour' ? 3_600_000 : 86_400_000);
    return { bars: bars.map(({ at, ...counts }) => ({ at: new Date(at).toISOString(), ...counts })) };
  });
  bind(app, unusual, async (work, { days }) => {
    tellAudit(work, { kind: 'audit' });
    return findUnusualAccess(work, days ?? 7);
  });
  bind(app, ownAccess, (work, question) => listOwnAccess(work, question));
  addFiles(app);
}

/** Answers that are files, which contracts do not describe. */
function addFiles(app: FastifyInstance): void {
  const asked = Compile(exportAuditQuery);
  app.get('/api/audit/export', { config: { needs: 'audit.read' } }, async (request, reply) => {
    const query: unknown = request.query;
    if (!asked.Check(query)) throw badQuestion();
    const { format = 'ndjson', ...question } = query;
    return file(reply, `nhat-ky-truy-cap.${format}`, format === 'csv' ? 'text/csv' : 'application/x-ndjson').send(await exportAudit(request.work, question, format));
  });
  const askedOwn = Compile(exportOwnAccessQuery);
  app.get('/api/my/access-log.csv', { config: { needs: 'access.own' } }, async (request, reply) => {
    const query: unknown = request.query;
    if (!askedOwn.Check(query)) throw badQuestion();
    tellAudit(request.work, { kind: 'export', action: 'R' });
    return file(reply, 'ai-da-xem-ho-so-cua-toi.csv', 'text/csv').send(await exportOwnAccess(request.work, query, request.language));
  });
}

function file(reply: FastifyReply, name: string, type: string): FastifyReply {
  return reply.header('content-disposition', `attachment; filename="${name}"`).type(`${type}; charset=utf-8`);
}

function badQuestion(): Refusal {
  return new Refusal('incorrect', 'security.audit-question', { vi: 'Điều kiện lọc không hợp lệ.', en: 'The filter is not valid.' });
}
