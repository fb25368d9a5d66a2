import type { AuditOutcome, AuditRow } from '@sen/contracts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { patientKeyOf } from '../fhir-audit-keys.ts';
import { fold } from '../fhir-fold.ts';
import type { Outcome } from './entry.ts';
import { kindOf } from './kinds.ts';
import { lookUpActors, lookUpPatients, type NamedPatient } from './look-up-names.ts';
import { auditOf } from './open-audits.ts';
import type { AuditFilter } from './filter.ts';
import { loadActors, pageOf, type KnownActor, type Linked, type Place } from './queries.ts';

export interface AuditQuestion {
  readonly from?: string;
  readonly to?: string;
  readonly who?: string;
  readonly patient?: string;
  readonly action?: string;
  readonly kind?: string;
  readonly outcome?: AuditOutcome;
  readonly door?: string;
  readonly address?: string;
  readonly request?: string;
}

const outcomes: Readonly<Record<AuditOutcome, readonly Outcome[]>> = { done: [0], refused: [4], failed: [8, 12] };
/** Patients of one entry that are shown by name. */
const mostNamed = 5;

/** Finds entries, newest first, with the names of those they speak of. What this process was told so far is among them. */
export async function searchAudit(work: Work, question: AuditQuestion, count: number, page?: string): Promise<{ entries: AuditRow[]; next?: string }> {
  await settleAudit();
  const found = await pageOf(work.db, await filterOf(work, question), count + 1, page === undefined ? undefined : placeOf(page));
  const entries = await rowsOf(work, found.slice(0, count));
  const last = found[count - 1];
  return { entries, ...(found.length > count && last !== undefined ? { next: `${last.at}.${last.seq}` } : {}) };
}

/** Moves what this process has told so far into the chain, so that an answer has it. */
export async function settleAudit(): Promise<void> {
  await auditOf()?.settle();
}

/** What a person asks, as the chain is asked. */
export async function filterOf(work: Work, question: AuditQuestion): Promise<AuditFilter> {
  const { from, to, who, patient, action, kind, outcome, door, address, request } = question;
  return {
    ...(from === undefined ? {} : { from: instantOf(from) }),
    ...(to === undefined ? {} : { to: instantOf(to, true) }),
    ...(who === undefined ? {} : { actors: await actorsLike(work, who) }),
    ...(patient === undefined ? {} : { patients: [patientKeyOf(patient)] }),
    ...(action === undefined ? {} : { actions: [action] }),
    ...(kind === undefined ? {} : { kinds: [kind] }),
    ...(outcome === undefined ? {} : { outcomes: outcomes[outcome] }),
    ...(door === undefined ? {} : { door }),
    ...(address === undefined ? {} : { address }),
    ...(request === undefined ? {} : { request }),
  };
}

/** Entries as rows of a list, with names. */
export async function rowsOf(work: Work, found: readonly Linked[]): Promise<AuditRow[]> {
  const actors = await lookUpActors(work, found.map(({ entry }) => entry.actor));
  const patients = await lookUpPatients(work, found.flatMap(({ entry }) => entry.patients?.slice(0, mostNamed) ?? []));
  return found.map((linked) => rowOf(linked, actors, patients));
}

function rowOf({ seq, entry, hash }: Linked, actors: ReadonlyMap<string, KnownActor>, people: ReadonlyMap<string, NamedPatient>): AuditRow {
  const { at, kind, action, outcome, status, code, actor, actorKind = 'person', roles, client, session, address, purpose, emergency, door, query, patients = [], touches = [], request, detail = {} } = entry;
  const { vi, en } = kindOf(kind);
  const optional = { status, code, client, session, address, purpose, door, query, request };
  return {
    seq, at: new Date(at).toISOString(), kind, did: { vi, en }, action, outcome: outcome === 0 ? 'done' : outcome === 4 ? 'refused' : 'failed',
    ...(Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)) as Partial<typeof optional & AuditRow>),
    actor: { id: actor, name: actorName(actor, actors), kind: actorKind, roles: [...(roles ?? actors.get(actor)?.roles ?? [])] },
    emergency: emergency === true, patientCount: patients.length,
    patients: patients.slice(0, mostNamed).map((key) => people.get(key) ?? { id: key, name: key }),
    touches: [...touches], detail: { ...detail }, hash,
  };
}

export function actorName(id: string, actors: ReadonlyMap<string, KnownActor>): string {
  if (id === 'sen') return 'Sen';
  return actors.get(id)?.name ?? id;
}

async function actorsLike(work: Work, who: string): Promise<string[]> {
  const asked = fold(who);
  const found = (await loadActors(work.db)).filter(({ id, name, username }) => id === who || username.includes(asked) || fold(name).includes(asked));
  return [...found.map(({ id }) => id), who];
}

export function placeOf(page: string): Place {
  const [at = '', seq = ''] = page.split('.');
  return { at: Number(at), seq: Number(seq) };
}

const dayMs = 86_400_000;

/** A day is a day of Vietnam (UTC+7); as an end it is meant whole. */
export function instantOf(text: string, isEnd = false): number {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const instant = Date.parse(isDay ? `${text}T00:00:00+07:00` : text);
  if (Number.isNaN(instant)) throw new Refusal('incorrect', 'security.audit-time', { vi: 'Thời điểm không hợp lệ.', en: 'That is no point in time.' });
  return isDay && isEnd ? instant + dayMs : instant;
}
