import type { Work } from '../../platform/work.ts';
import { findAuditEvents, readAuditEvent } from '../security/index.ts';
import { bundleJson } from './bundle-json.ts';
import { pageLinks } from './query-values.ts';
import { resourceNotFound } from './refusals.ts';
import { indexZone } from './store.ts';

/** Answers a search of AuditEvents from the audit, which has those of this house and those sent to it. */
export async function searchAuditEvents(work: Work, query: URLSearchParams, base: string): Promise<Buffer> {
  const { events, next, total } = await findAuditEvents(work, query, indexZone());
  const entries = events.map(({ id, json }) => ({ fullUrl: `${base}/AuditEvent/${id}`, json: Buffer.from(json), rest: '"search":{"mode":"match"}' }));
  return bundleJson('searchset', total, pageLinks(`${base}/AuditEvent`, query, next), entries);
}

const own = /^audit-([1-9]\d{0,14})$/;

/** An entry of this house is no stored resource: it is written as one when somebody asks. */
export function isOwnEvent(type: string, id: string): boolean {
  return type === 'AuditEvent' && own.test(id);
}

export async function readOwnEvent(work: Work, id: string): Promise<{ version: number; updated: number; json: Buffer }> {
  const event = await readAuditEvent(work, Number(own.exec(id)?.[1]));
  if (event === undefined) throw resourceNotFound('AuditEvent', id);
  return { version: 1, updated: event.at, json: Buffer.from(event.json) };
}
