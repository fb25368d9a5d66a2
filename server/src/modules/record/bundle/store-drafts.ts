// Makes the next version of every target of a transaction and stores them all: in one statement, or in two when a conditional
// reference may mean a resource that the same transaction writes (R4 §3.1.0.11.2: references are resolved after the writes).
import type { Resource } from '@sen/fhir';
import type { Work } from '../../../platform/work.ts';
import { checkRepeat } from '../access/check-writes.ts';
import { sameContent } from '../content.ts';
import { deletion, nothingDeleted } from '../delete-resource.ts';
import { checkIfMatch, checkIfNoneMatch } from '../identity.ts';
import { storeAndKeep } from '../keep-definitions.ts';
import { patched } from '../patch-resource.ts';
import { idTaken } from '../refusals.ts';
import { type Change, type Current } from '../store.ts';
import { nextVersion } from '../update-resource.ts';
import { untouched, type Written } from '../written.ts';
import { awaitAtEntry, RaceLost } from './entry-refusals.ts';
import { replaceLinks } from './links.ts';
import { withFoundId } from './plan.ts';
import { resolverFor, resolveSearches, searchesIn, type Search, type TransactionLinks } from './references.ts';
import type { Target } from './targets.ts';
import { writtenBy } from './written-by.ts';

interface Draft {
  readonly target: Target;
  readonly current: Current | undefined;
  /** The new content, links not yet replaced; undefined for a delete. */
  readonly content: Resource | undefined;
  /** Conditional references in the content, each with the type it searches. */
  readonly searches: ReadonlyMap<string, string>;
}

/** Stores every target; gives what was done by `Type/id`. */
export async function storeDrafts(
  work: Work,
  targets: readonly Target[],
  currents: ReadonlyMap<string, Current>,
  links: TransactionLinks,
): Promise<Map<string, Written>> {
  const drafts: Draft[] = [];
  for (const target of targets) {
    const current = currents.get(`${target.step.type}/${target.id}`);
    drafts.push(await awaitAtEntry(target.step.entry.index, () => draft(target, current)));
  }
  const types = new Set(targets.map(({ step }) => step.type));
  const waits = ({ searches }: Draft) => [...searches.values()].some((type) => types.has(type));
  const written = new Map<string, Written>();
  for (const wave of [drafts.filter((one) => !waits(one)), drafts.filter(waits)]) {
    await resolveSearches(work, links, wave.flatMap(searchesOf));
    await storeWave(work, wave, links, written);
  }
  return written;
}

function searchesOf({ target, searches }: Draft): Search[] {
  return Array.from(searches, ([text, type]) => ({ text, type, index: target.step.entry.index }));
}

async function draft(target: Target, current: Current | undefined): Promise<Draft> {
  const { step, id } = target;
  checkIfMatch(step.entry.ifMatch, step.type, id, current);
  if (step.kind === 'update') checkIfNoneMatch(step.entry.ifNoneMatch, step.type, id, current);
  const content = await contentOf(target, current);
  return { target, current, content, searches: content === undefined ? new Map() : searchesIn(content) };
}

async function contentOf({ step, id, role }: Target, current: Current | undefined): Promise<Resource | undefined> {
  switch (step.kind) {
    case 'delete':
      return undefined;
    case 'create':
      return step.resource;
    case 'update':
      if (role === 'claimed' && current?.json !== undefined) throw idTaken(step.type, id);
      return role === 'new' ? step.resource : withFoundId(step.type, step.resource!, id);
    case 'patch':
      return patched(step.patch!, step.type, id, current);
  }
}

async function storeWave(work: Work, wave: readonly Draft[], links: TransactionLinks, written: Map<string, Written>): Promise<void> {
  const changes: Change[] = [];
  const places: string[] = [];
  for (const one of wave) {
    const next = changeOf(work.now, one, links);
    if ('outcome' in next) {
      if (next.outcome === 'unchanged' && one.current !== undefined && one.content !== undefined) await checkRepeat(work, one.current, one.content);
      written.set(`${next.type}/${next.id}`, next);
      continue;
    }
    changes.push(next);
    places.push(`Bundle.entry[${one.target.step.entry.index}].resource`);
  }
  if (changes.length === 0) return;
  const stored = await storeAndKeep(work, changes, { places });
  for (const [i, change] of changes.entries()) {
    if (stored[i] !== true) throw new RaceLost(change.type, change.id);
    written.set(`${change.type}/${change.id}`, writtenBy(change));
  }
}

function changeOf(now: number, { target, current, content }: Draft, links: TransactionLinks): Change | Written {
  const { step, id } = target;
  if (content === undefined) {
    if (current === undefined) return nothingDeleted(step.type, id);
    return current.json === undefined ? untouched('absent', current) : deletion(now, current);
  }
  const resource = replaceLinks(content, resolverFor(links, step.entry.fullUrl));
  if (current !== undefined && sameContent(resource, current)) return untouched('unchanged', current);
  return nextVersion(now, step.type, id, current, resource, step.kind === 'create' ? 'POST' : step.kind === 'patch' ? 'PATCH' : 'PUT');
}
