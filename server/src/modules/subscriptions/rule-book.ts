// What all subscriptions ask for, arranged so that a change meets only those that could match it.
import type { KeptActor } from '../security/index.ts';
import { compileQuery, type Facts, type Judge } from './fhir-filter.ts';
import type { Method, Subscription } from './subscription.ts';
import type { Topic } from './topic.ts';
import { judgesOf } from './topic-judge.ts';

/** What one subscription asks of one type. */
export interface Rule {
  readonly subscription: string;
  readonly actsFor: KeptActor | undefined;
  readonly type: string;
  /** ms since 1970; changes before it are not told. */
  readonly since: number;
  /** Events are kept for those who ask, nobody is called. */
  readonly kept: boolean;
  readonly needsPrevious: boolean;
  readonly anchor: readonly bigint[] | undefined;
  triggers(method: Method, previous: Facts | undefined, current: Facts | undefined): boolean;
  /** Undefined: everything that triggers is told. */
  readonly filter: Judge | undefined;
  /** The filter as a search. */
  readonly query: string;
}

export interface RuleBook {
  readonly empty: boolean;
  tellsOf(type: string): boolean;
  needsPrevious(type: string): boolean;
  /** The rules that a change with these terms could meet; all of the type when the terms are not known. */
  candidates(type: string, tokens: ReadonlySet<bigint> | undefined): Iterable<Rule>;
}

/** The rules of a subscription; none when its topic is gone. */
export function rulesOf({ actsFor, id, since, definition: { asked, channel } }: Subscription, topic: Topic | undefined): Rule[] {
  const kept = channel.kind === 'websocket';
  if (asked.kind === 'search') {
    const filter = compileQuery(asked.type, asked.query);
    // R4: the criteria are applied to the new value of the resource, so a deletion is never told
    const triggers = (method: Method): boolean => method !== 'delete';
    return [{ subscription: id, actsFor, type: asked.type, since, kept, needsPrevious: false, anchor: filter.anchor, triggers, filter, query: asked.query }];
  }
  if (topic === undefined) return [];
  return judgesOf(topic).map((judge) => {
    const query = asked.filters.filter(({ type }) => type === '' || type === judge.type).map((one) => one.query).join('&');
    const filter = query === '' ? undefined : compileQuery(judge.type, query);
    const tellsDeletions = topic.triggers.some(({ type, on }) => type === judge.type && on.includes('delete'));
    const anchor = judge.anchor ?? (tellsDeletions ? undefined : filter?.anchor);
    return { subscription: id, actsFor, type: judge.type, since, kept, needsPrevious: judge.needsPrevious, anchor, triggers: judge.judge, filter, query };
  });
}

interface Page {
  readonly byTerm: Map<bigint, Rule[]>;
  readonly always: Rule[];
  readonly all: Rule[];
}

/** Arranges rules by type, and within a type by a term that every match must have. */
export function ruleBook(rules: readonly Rule[]): RuleBook {
  const pages = new Map<string, Page>();
  for (const rule of rules) {
    const page: Page = pages.get(rule.type) ?? { byTerm: new Map(), always: [], all: [] };
    pages.set(rule.type, page);
    page.all.push(rule);
    if (rule.anchor === undefined) page.always.push(rule);
    else for (const term of new Set(rule.anchor)) page.byTerm.set(term, [...(page.byTerm.get(term) ?? []), rule]);
  }
  return {
    empty: pages.size === 0,
    tellsOf: (type) => pages.has(type),
    needsPrevious: (type) => pages.get(type)?.all.some((rule) => rule.needsPrevious) === true,
    candidates: (type, tokens) => candidatesOf(pages.get(type), tokens),
  };
}

function candidatesOf(page: Page | undefined, tokens: ReadonlySet<bigint> | undefined): Iterable<Rule> {
  if (page === undefined) return [];
  // a deletion: anchors are terms of what is there, so those who hear of deletions have none
  if (tokens === undefined) return page.always;
  if (page.byTerm.size === 0) return page.always;
  const found = new Set(page.always);
  for (const token of tokens) for (const rule of page.byTerm.get(token) ?? []) found.add(rule);
  return found;
}
