import type { UnusualAccess } from '@sen/contracts';
import { asHouse } from '../../../platform/as-house.ts';
import type { Work } from '../../../platform/work.ts';
import { findResources, type Json } from '../ask-record.ts';
import { lookUpActors, lookUpPatients, withoutTrail, type NamedPatient } from './look-up-names.ts';
import type { KnownActor } from './queries.ts';
import { actorName, settleAudit } from './search-audit.ts';
import { dayReasons, reasonsOf, scoreOf, type DayCount, type Home, type Pair, type Reason } from './unusual.ts';
import { loadDays, loadPairs } from './unusual-queries.ts';

const dayMs = 86_400_000;
/** Days before the time looked at with which a person is compared. */
const comparedDays = 30;
const mostPairs = 2000;
const mostShown = 200;

/** Finds accesses of the last days that are worth a question, the most unusual first. */
export async function findUnusualAccess(work: Work, days: number): Promise<{ since: string; accesses: UnusualAccess[] }> {
  await settleAudit();
  const since = work.now - days * dayMs;
  const pairs = await loadPairs(work.db, since, work.now + 1, mostPairs);
  const counted = await loadDays(work.db, since - comparedDays * dayMs, work.now + 1);
  const actors = await lookUpActors(work, [...pairs, ...counted].map(({ actor }) => actor));
  const people = await lookUpPatients(work, pairs.map(({ patient }) => patient));
  const homes = await homesOf(work, actors, people);
  const found = [
    ...pairs.map((pair) => accessOf(pair, reasonsOf(pair, homes.get(`Practitioner/${actors.get(pair.actor)?.practitioner}`), homes.get(`Patient/${people.get(pair.patient)?.id}`)), actors, people.get(pair.patient))),
    ...unusualDays(counted, since).map(({ day, reasons }) => accessOf(day, reasons, actors, undefined)),
  ];
  const accesses = found.filter(({ reasons }) => reasons.length > 0).sort((a, b) => b.score - a.score || b.last.localeCompare(a.last)).slice(0, mostShown);
  return { since: new Date(since).toISOString(), accesses };
}

function unusualDays(days: readonly DayCount[], since: number): { day: DayCount; reasons: Reason[] }[] {
  const byActor = Map.groupBy(days, ({ actor }) => actor);
  return days.filter(({ last }) => last >= since).map((day) => {
    const others = (byActor.get(day.actor) ?? []).filter((other) => other.day !== day.day).map(({ patients }) => patients);
    return { day, reasons: dayReasons(day, others) };
  });
}

function accessOf(of: Pair | DayCount, reasons: readonly Reason[], actors: ReadonlyMap<string, KnownActor>, patient: NamedPatient | undefined): UnusualAccess {
  const known = actors.get(of.actor);
  return {
    actor: { id: of.actor, name: actorName(of.actor, actors), kind: 'person', roles: [...(known?.roles ?? [])] },
    ...(patient === undefined ? {} : { patient }),
    first: new Date(of.first).toISOString(), last: new Date(of.last).toISOString(), entries: of.entries,
    score: scoreOf(reasons), reasons: reasons.map(({ rule, vi, en, score }) => ({ rule, vi, en, score })),
  };
}

/** Family names and wards of practitioners and patients, by reference. */
async function homesOf(work: Work, actors: ReadonlyMap<string, KnownActor>, people: ReadonlyMap<string, NamedPatient>): Promise<Map<string, Home>> {
  const homes = new Map<string, Home>();
  const practitioners = [...actors.values()].flatMap(({ practitioner }) => practitioner ?? []);
  await gather(work, 'Practitioner', practitioners, homes);
  await gather(work, 'Patient', [...people.values()].map(({ id }) => id), homes);
  return homes;
}

async function gather(work: Work, type: string, ids: readonly string[], homes: Map<string, Home>): Promise<void> {
  const valid = [...new Set(ids)].filter((id) => /^[A-Za-z0-9.-]{1,64}$/.test(id));
  for (let i = 0; i < valid.length; i += 100) {
    const query = `_id=${valid.slice(i, i + 100).join(',')}&_count=100&_elements=name,address`;
    const [found = []] = await findResources.ask(asHouse(withoutTrail(work)), { type, query });
    for (const resource of found) homes.set(`${type}/${String(resource['id'])}`, homeOf(resource));
  }
}

interface Address {
  readonly use?: string;
  readonly line?: readonly string[];
  readonly district?: string;
  readonly city?: string;
  readonly state?: string;
}

function homeOf({ name, address }: Json): Home {
  const names = (Array.isArray(name) ? name : []) as { family?: string; text?: string }[];
  // Vietnamese names begin with the family name, also where only a text is kept.
  const family = names.map((one) => one.family ?? one.text?.split(/\s+/)[0]).find((one) => one !== undefined && one !== '');
  const home = ((Array.isArray(address) ? address : []) as Address[]).find(({ use }) => use !== 'old' && use !== 'billing');
  const ward = home === undefined ? '' : [home.district ?? home.line?.at(-1), home.city, home.state].filter((part) => part !== undefined && part !== '').join(', ');
  return { ...(family === undefined ? {} : { family }), ...(ward === '' || home?.city === undefined ? {} : { ward }) };
}
