// The search parameters of AuditEvent that the audit answers (R4 auditevent.html, section Search Parameters).
import { dateInterval } from '@sen/fhir';

import { Refusal } from '../../platform/refusal.ts';
import { kindsWith } from './audit/kinds.ts';
import { instantOf } from './audit/search-audit.ts';
import type { Outcome } from './audit/entry.ts';
import type { AuditFilter } from './audit/filter.ts';
import { seqOfEventId } from './fhir-audit-event.ts';
import { patientKeyOf } from './fhir-audit-keys.ts';

export type Zone = Parameters<typeof dateInterval>[1];

export interface EventSearch {
  readonly filter: AuditFilter;
  /** Names, references and ids of agents, still to be looked up: each must fit one of its own list. */
  readonly agents: readonly { readonly by: 'name' | 'id'; readonly texts: readonly string[] }[];
  readonly count: number | undefined;
  readonly page: string | undefined;
  readonly oldestFirst: boolean;
  readonly isTotalAsked: boolean;
}

/** The search parameters that the audit answers. */
export const auditEventParameters: readonly string[] = ['_id', '_lastUpdated', 'action', 'address', 'agent', 'agent-name', 'date', 'entity', 'outcome', 'patient', 'subtype', 'type'];

const ignored = new Set(['_format', '_pretty', '_elements', '_summary']);

/** Reads a query. Refuses what the audit does not know (`security.audit-parameter`). */
export function readEventSearch(query: URLSearchParams, zone: Zone): EventSearch {
  let filter: AuditFilter = {};
  const agents: { by: 'name' | 'id'; texts: string[] }[] = [];
  for (const [name, value] of query) {
    const values = value.split(',').map((text) => text.trim()).filter((text) => text !== '');
    if (ignored.has(name) || values.length === 0 || ['_count', '_page', '_sort', '_total'].includes(name)) continue;
    if (name === 'agent' || name === 'agent:Practitioner' || name === 'agent:Device') agents.push({ by: 'id', texts: values.map((text) => text.replace(/^(?:Device|PractitionerRole)\//, '')) });
    else if (name === 'agent-name') agents.push({ by: 'name', texts: values });
    else filter = { ...filter, ...part(name, values, filter, zone) };
  }
  const sort = query.get('_sort') ?? '-date';
  if (sort !== 'date' && sort !== '-date') throw unknownParameter('_sort');
  return { filter, agents, count: countOf(query), page: pageOf(query), oldestFirst: sort === 'date', isTotalAsked: query.get('_total') === 'accurate' || query.get('_summary') === 'count' };
}

function part(name: string, values: readonly string[], filter: AuditFilter, zone: Zone): AuditFilter {
  const [first = ''] = values;
  switch (name) {
    case 'date':
    case '_lastUpdated':
      return values.length > 1 ? refuse(name) : dates(first, filter, zone);
    case 'patient':
    case 'patient:Patient':
      return { patients: values.map((value) => patientKeyOf(value.replace(/^Patient\//, ''))) };
    case 'entity':
      return values.length === 1 && first.startsWith('Patient/') ? { patients: [patientKeyOf(first.slice('Patient/'.length))] } : { touched: values };
    case 'action': return { actions: values };
    case 'outcome': return { outcomes: values.map((value) => codeOf(value)).filter((code) => /^(0|4|8|12)$/.test(code)).map((code) => Number(code) as Outcome) };
    case 'type': return { kinds: both(filter.kinds, values.flatMap((value) => kindsWith('type', codeOf(value)))) };
    case 'subtype': return { kinds: both(filter.kinds, values.flatMap((value) => kindsWith('subtype', codeOf(value)))) };
    case 'address': return values.length > 1 ? refuse(name) : { address: first };
    case '_id': {
      const seq = seqOfEventId(first);
      if (values.length > 1) refuse(name);
      return seq === undefined ? { foreignId: first } : { seq };
    }
    default: return refuse(name);
  }
}

/** R4 search.html §3.1.1.4.8: a prefix and a date of any precision. */
function dates(text: string, { from, to }: AuditFilter, zone: Zone): AuditFilter {
  const [, prefix = 'eq', date = ''] = /^(eq|ge|gt|le|lt|sa|eb)?(.*)$/.exec(text.replace(' ', '+')) ?? [];
  const interval = dateInterval(date, zone);
  if (interval === undefined) return { from: instantOf(date) }; // refuses it
  const { low, high } = interval;
  const lower = { eq: low, ge: low, gt: high, sa: high }[prefix];
  const upper = { eq: high, le: high, lt: low, eb: low }[prefix];
  return {
    ...(lower === undefined ? {} : { from: Math.max(from ?? -Infinity, lower) }),
    ...(upper === undefined ? {} : { to: Math.min(to ?? Infinity, upper) }),
  };
}

/** `system|code` or `code`. */
function codeOf(token: string): string {
  return token.slice(token.lastIndexOf('|') + 1);
}

function both(before: readonly string[] | undefined, kinds: readonly string[]): string[] {
  return before === undefined ? [...kinds] : kinds.filter((kind) => before.includes(kind));
}

function countOf(query: URLSearchParams): number | undefined {
  const text = query.get('_count');
  if (text === null || text === '') return undefined;
  return /^\d{1,6}$/.test(text) ? Number(text) : refuse('_count');
}

function pageOf(query: URLSearchParams): string | undefined {
  const text = query.get('_page');
  if (text === null) return undefined;
  return /^-?\d{1,16}\.\d{1,16}$/.test(text) ? text : refuse('_page');
}

function refuse(name: string): never {
  throw unknownParameter(name);
}

function unknownParameter(name: string): Refusal {
  return new Refusal('incorrect', 'security.audit-parameter', { vi: 'Nhật ký truy cập không tìm được theo tham số này.', en: 'The audit is not searched by this parameter in this way.' }, [
    { severity: 'error', code: 'not-supported', diagnostics: `"${name.slice(0, 60)}": known are ${auditEventParameters.join(', ')}; _sort=date or -date, _count, _total=accurate.` },
  ]);
}
