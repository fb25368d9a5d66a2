import { Readable } from 'node:stream';
import type { AuditRow, OwnAccess } from '@sen/contracts';
import type { Work } from '../../../platform/work.ts';
import { csvLine } from './csv.ts';
import { listOwnAccess, type OwnQuestion } from './list-own-access.ts';
import { pageOf, type Place } from './queries.ts';
import { filterOf, rowsOf, settleAudit, type AuditQuestion } from './search-audit.ts';
import { tellAudit } from './tell-audit.ts';

const batch = 500;

/** Writes all entries that fit, oldest first, page by page as they are taken; the export is an entry itself. */
export async function exportAudit(work: Work, question: AuditQuestion, format: 'ndjson' | 'csv'): Promise<Readable> {
  tellAudit(work, { kind: 'export', action: 'R', detail: { what: 'audit', format } });
  await settleAudit();
  // Up to the time of the question, so that an export of a busy house ends.
  const filter = { ...(await filterOf(work, question)) };
  const bounded = { ...filter, to: Math.min(filter.to ?? Infinity, work.now) };
  async function* lines(): AsyncGenerator<string> {
    if (format === 'csv') yield csvHead;
    for (let after: Place | undefined; ; ) {
      const found = await pageOf(work.db, bounded, batch, after, true);
      for (const row of await rowsOf(work, found)) yield format === 'csv' ? csvOf(row) : `${JSON.stringify(row)}\n`;
      if (found.length < batch) return;
      after = found.at(-1);
    }
  }
  return Readable.from(lines());
}

// The mark at the beginning tells spreadsheets that it is UTF-8.
const csvHead = `\uFEFF${csvLine(['seq', 'at', 'did', 'action', 'outcome', 'status', 'code', 'actor', 'actorName', 'roles', 'client', 'address', 'door', 'query', 'patients', 'patientCount', 'touches', 'emergency', 'request', 'hash'])}`;

function csvOf(row: AuditRow): string {
  const { seq, at, did, action, outcome, status = '', code = '', actor, client = '', address = '', door = '', query = '', patients, patientCount, touches, emergency, request = '', hash } = row;
  return csvLine([
    seq, at, did.vi, action, outcome, status, code, actor.id, actor.name, actor.roles.join(' '), client, address, door, query,
    patients.map(({ id, name }) => `${name} (${id})`).join('; '), patientCount, touches.join('; '), emergency ? 'BTG' : '', request, hash,
  ]);
}

/** Writes all accesses to one's own record as CSV. */
export async function exportOwnAccess(work: Work, question: OwnQuestion, language: 'vi' | 'en'): Promise<string> {
  const lines = [`\uFEFF${csvLine(language === 'vi' ? ['Từ', 'Đến', 'Ai', 'Nơi làm việc', 'Việc đã làm', 'Số lượt', 'Mở khẩn cấp: lý do'] : ['From', 'To', 'Who', 'Where', 'What', 'Times', 'Emergency: reason'])}`];
  for (let page = question.page; ; ) {
    const { accesses, next } = await listOwnAccess(work, { ...question, ...(page === undefined ? {} : { page }) });
    for (const access of accesses) lines.push(ownLine(access, language));
    if (next === undefined) return lines.join('');
    page = next;
  }
}

function ownLine({ from, to, actor, sentence, count, emergency }: OwnAccess, language: 'vi' | 'en'): string {
  return csvLine([localTime(from), localTime(to), actor.name, actor.place ?? '', sentence[language], count, emergency?.reason ?? '']);
}

function localTime(iso: string): string {
  return new Date(Date.parse(iso) + 7 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
}
