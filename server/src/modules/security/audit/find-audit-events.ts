import type { Work } from '../../../platform/work.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { auditEventOf } from '../fhir-audit-event.ts';
import { readEventSearch, type EventSearch, type Zone } from '../fhir-audit-search.ts';
import { accessOf } from '../policy/access-of.ts';
import { fold } from '../fhir-fold.ts';
import type { AuditFilter } from './filter.ts';
import { lookUpActors, lookUpPatients } from './look-up-names.ts';
import { countOf, loadActors, pageOf, type Linked } from './queries.ts';
import { placeOf, settleAudit } from './search-audit.ts';
import { tellAudit } from './tell-audit.ts';

export interface FoundEvents {
  /** AuditEvents. */
  readonly events: readonly { readonly id: string; readonly json: string }[];
  readonly next?: string;
  readonly total?: number;
}

const unlessAsked = 50;
const most = 1000;

/** Answers a search of AuditEvent from the chain. Refuses those who may not read the audit. */
export async function findAuditEvents(work: Work, query: URLSearchParams, zone: Zone): Promise<FoundEvents> {
  mayReadAudit(work);
  const search = readEventSearch(query, zone);
  await settleAudit();
  const filter = await withAgents(work, search);
  const count = Math.min(search.count ?? unlessAsked, most);
  const found = count === 0 ? [] : await pageOf(work.db, filter, count + 1, search.page === undefined ? undefined : placeOf(search.page), search.oldestFirst);
  const last = found[count - 1];
  return {
    events: await eventsOf(work, found.slice(0, count)),
    ...(found.length > count && last !== undefined ? { next: `${last.at}.${last.seq}` } : {}),
    ...(search.isTotalAsked || count === 0 ? { total: await countOf(work.db, filter) } : {}),
  };
}

/** The AuditEvent of one of our own entries, by its place in the chain. */
export async function readAuditEvent(work: Work, seq: number): Promise<{ json: string; at: number } | undefined> {
  mayReadAudit(work);
  await settleAudit();
  const [linked] = await pageOf(work.db, { seq }, 1);
  if (linked === undefined) return undefined;
  const [event] = await eventsOf(work, [linked]);
  return { json: event!.json, at: linked.at };
}

function mayReadAudit(work: Work): void {
  if (!accessOf(work.actor).permits('audit.read')) {
    throw new Refusal('forbidden', 'security.not-permitted', { vi: 'Tài khoản này không được làm việc đó.', en: 'This account is not permitted to do that.' });
  }
  tellAudit(work, { kind: 'audit' });
}

async function eventsOf(work: Work, found: readonly Linked[]): Promise<{ id: string; json: string }[]> {
  const names = {
    actors: await lookUpActors(work, found.map(({ entry }) => entry.actor)),
    patients: await lookUpPatients(work, found.flatMap(({ entry }) => entry.patients ?? [])),
  };
  return found.map((linked) => {
    const event = auditEventOf(linked, names);
    return { id: event.id ?? '', json: linked.entry.resource ?? JSON.stringify(event) };
  });
}

async function withAgents(work: Work, { filter, agents }: EventSearch): Promise<AuditFilter> {
  if (agents.length === 0) return filter;
  const known = await loadActors(work.db);
  const sets = agents.map(({ by, texts }) => new Set(texts.flatMap((text) => {
    const asked = fold(text);
    const fit = known.filter(({ id, name, practitioner }) => (by === 'name' ? fold(name).split(' ').some((word) => word.startsWith(asked)) || fold(name).startsWith(asked) : id === text || `Practitioner/${practitioner}` === text));
    return [...fit.map(({ id }) => id), text];
  })));
  const [first = new Set<string>(), ...rest] = sets;
  return { ...filter, actors: [...first].filter((id) => rest.every((set) => set.has(id))) };
}
