import { indexOf, readVersions, searchJson, type FeedChange, type Version } from '../record/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Work } from '../../platform/work.ts';
import { laneOf, sideOf, type Side } from './fhir-change.ts';
import { readSubscriber } from './read-subscriber.ts';
import type { Rule, RuleBook } from './rule-book.ts';
import type { NewEvent } from './store-events.ts';
import type { Method } from './subscription.ts';

/** A change with what it made of the resource. */
interface Seen {
  readonly change: FeedChange;
  readonly method: Method;
  readonly previous: Side | undefined;
  readonly current: Side | undefined;
}

interface Match {
  readonly rule: Rule;
  readonly seen: Seen;
}

/** Most ids of one question to the search. */
const asked = 200;

export interface Matches {
  readonly events: NewEvent[];
  /** Subscriptions whose search failed, though it was understood when they were stored. */
  readonly broken: string[];
}

/** Finds the events that changes are, in their order: by memory where it can tell, else by one search for each subscription that still might match. */
export async function matchChanges(work: Work, book: RuleBook, changes: readonly FeedChange[]): Promise<Matches> {
  const relevant = changes.filter(({ type }) => book.tellsOf(type));
  const matched: Match[] = [];
  const open = new Map<Rule, Seen[]>();
  for (const seen of await look(work, book, relevant)) {
    for (const rule of book.candidates(seen.change.type, seen.current?.tokens)) {
      const verdict = judge(rule, seen);
      if (verdict === true) matched.push({ rule, seen });
      else if (verdict === undefined) open.set(rule, [...(open.get(rule) ?? []), seen]);
    }
  }
  const broken: string[] = [];
  const subscribers = subscribersOf(work);
  for (const [rule, list] of open) {
    const subscriber = await subscribers(rule);
    const found = subscriber === undefined ? [] : await searchSafely(subscriber, rule, list);
    if (found === undefined) broken.push(rule.subscription);
    else matched.push(...found);
  }
  const place = new Map(relevant.map((change, at) => [change, at]));
  const told = await seenOnly(subscribers, matched);
  return { events: told.sort((a, b) => place.get(a.seen.change)! - place.get(b.seen.change)!).map(eventOf), broken };
}

type Subscribers = (rule: Rule) => Promise<Work | undefined>;

/** Those who are told, each read once a round. */
function subscribersOf(work: Work): Subscribers {
  const known = new Map<string, Promise<Work | undefined>>();
  return (rule) => {
    const name = JSON.stringify(rule.actsFor ?? null);
    const subscriber = known.get(name) ?? readSubscriber(work, rule);
    known.set(name, subscriber);
    return subscriber;
  };
}

/** Nobody is told, nor counted a thing, of what they may not see. */
async function seenOnly(subscribers: Subscribers, matched: readonly Match[]): Promise<Match[]> {
  const seen: Match[] = [];
  for (const group of Map.groupBy(matched, ({ rule }) => JSON.stringify(rule.actsFor ?? null)).values()) {
    const subscriber = await subscribers((group[0] as Match).rule);
    if (subscriber === undefined) continue;
    const versions = await readVersions(subscriber, group.map(({ seen: { change } }) => change));
    seen.push(...group.filter((_match, i) => versions[i] !== undefined));
  }
  return seen;
}

/** Loads what the changes made, and what was before where a topic asks for that. */
async function look(work: Work, book: RuleBook, changes: readonly FeedChange[]): Promise<Seen[]> {
  const before = changes.filter(({ type, version, method }) => version > 1 && (book.needsPrevious(type) || method === 'DELETE'));
  const versions = await readVersions(work, [...changes, ...before.map((change) => ({ ...change, version: change.version - 1 }))]);
  const previous = new Map(before.map((change, at) => [change, versions[changes.length + at]]));
  return changes.map((change, at) => {
    const was = side(previous.get(change));
    const born = change.version === 1 || (previous.has(change) && was === undefined);
    const method = change.method === 'DELETE' ? 'delete' : born ? 'create' : 'update';
    return { change, method, previous: was, current: side(versions[at]) };
  });
}

function side(version: Version | undefined): Side | undefined {
  return version?.json === undefined ? undefined : sideOf(version.id, version.json, indexOf);
}

function judge(rule: Rule, { change, method, previous, current }: Seen): boolean | undefined {
  if (change.updated < rule.since || !rule.triggers(method, previous, current)) return false;
  const shown = current ?? previous;
  if (rule.filter === undefined) return true;
  const verdict = shown === undefined ? false : rule.filter.judge(shown);
  // a deleted resource is found by no search: what memory cannot tell of it is not told
  return verdict === undefined && method === 'delete' ? false : verdict;
}

/**
 * A search that is refused must not hold up all others: the follower would meet the same changes again for ever. Any other failure passes, and so is
 * no verdict on the subscription: the changes are met again.
 */
async function searchSafely(work: Work, rule: Rule, open: readonly Seen[]): Promise<Match[] | undefined> {
  await work.db.query({ text: 'savepoint one_search' });
  const found = await search(work, rule, open).catch((error: unknown) => {
    if (isPassing(error)) throw error;
    return undefined;
  });
  await work.db.query({ text: found === undefined ? 'rollback to savepoint one_search' : 'release savepoint one_search' });
  return found;
}

const passing = new Set<unknown>(['busy', 'unavailable']);

/** PostgreSQL's classes 08 (connection), 40 (rollback), 53 (resources), 57P (shut down), and a connection that broke without a code of PostgreSQL. */
function isPassing(error: unknown): boolean {
  if (error instanceof Refusal) return passing.has(error.category);
  const { code } = error as { code?: unknown };
  return typeof code !== 'string' || !/^[0-9A-Z]{5}$/.test(code) || /^(08|40|53|57P)/.test(code);
}

async function search(work: Work, rule: Rule, open: readonly Seen[]): Promise<Match[]> {
  const found = new Set<string>();
  const ids = [...new Set(open.map(({ change }) => change.id))];
  for (let at = 0; at < ids.length; at += asked) {
    const some = ids.slice(at, at + asked);
    const { entries } = await searchJson(work, rule.type, `${rule.query}&_id=${some.join(',')}&_count=${some.length}`);
    for (const { id } of entries) found.add(id);
  }
  return open.filter(({ change }) => found.has(change.id)).map((seen) => ({ rule, seen }));
}

function eventOf({ rule, seen: { change, method, previous, current } }: Match): NewEvent {
  const { type, id, version, updated } = change;
  return { subscription: rule.subscription, kept: rule.kept, type, id, version, method, occurred: updated, lane: laneOf(type, id, current ?? previous) };
}
