// What the links of a transaction become once every target has its id. R4 §3.1.0.11.2.
import { isResourceType } from '@sen/fhir';
import type { Work } from '../../../platform/work.ts';
import { criteriaOf, namesOf } from '../criteria.ts';
import { badBundle, unresolvedReference } from '../refusals.ts';
import { atEntry } from './entry-refusals.ts';
import { criteriaKey, matchMany } from './match-many.ts';
import { replaceLinks, type LinkResolver } from './links.ts';
import type { Target } from './targets.ts';

export interface TransactionLinks {
  /** fullUrl → `Type/id`. */
  readonly byFullUrl: ReadonlyMap<string, string>;
  /** Conditional reference (`Patient?identifier=…`) → `Type/id`; grows as they are resolved. */
  readonly bySearch: Map<string, string>;
}

const restful = /^(https?:\/\/.+)\/[A-Za-z]+\/[A-Za-z0-9\-.]{1,64}$/;
const relative = /^[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}$/;
const search = /^([A-Z][A-Za-z]+)\?./;

/** Reads what the fullUrls of the targets stand for; refuses two entries with the same one (bdl-7). */
export function transactionLinks(targets: readonly Target[], base: string): TransactionLinks {
  const byFullUrl = new Map<string, string>();
  for (const { step, id } of targets) {
    const { fullUrl, index } = step.entry;
    if (fullUrl === undefined || step.kind === 'delete') continue;
    const address = `${step.type}/${id}`;
    if (byFullUrl.has(fullUrl)) throw badBundle('Two entries have the same fullUrl (bdl-7).', `Bundle.entry[${index}].fullUrl`, 'duplicate');
    // a link to this server's own address of the resource already says what it means
    byFullUrl.set(fullUrl, fullUrl === `${base}/${address}` ? fullUrl : address);
  }
  return { byFullUrl, bySearch: new Map() };
}

/** The resolver for the links of one entry; relative ones mean a neighbour below the same root (R4 §2.36.4.1). */
export function resolverFor(links: TransactionLinks, fullUrl: string | undefined): LinkResolver {
  const root = fullUrl === undefined ? undefined : restful.exec(fullUrl)?.[1];
  return (link) => {
    const found = links.byFullUrl.get(link) ?? links.bySearch.get(link);
    if (found !== undefined || root === undefined || !relative.test(link)) return found;
    const neighbour = links.byFullUrl.get(`${root}/${link}`);
    return neighbour?.startsWith(root) ? link : neighbour;
  };
}

/** The conditional references of a resource, each with the type it searches. */
export function searchesIn(resource: unknown): Map<string, string> {
  const found = new Map<string, string>();
  replaceLinks(resource, (link) => {
    const type = search.exec(link)?.[1];
    if (type !== undefined && isResourceType(type)) found.set(link, type);
    return undefined;
  });
  return found;
}

/** A conditional reference and the entry that holds it. */
export interface Search {
  readonly text: string;
  readonly type: string;
  readonly index: number;
}

/** Resolves conditional references; refuses (412) unless each selects exactly one resource. */
export async function resolveSearches(work: Work, links: TransactionLinks, searches: readonly Search[]): Promise<void> {
  const open = new Map(searches.filter(({ text }) => !links.bySearch.has(text)).map((one) => [one.text, one]));
  const asked = Array.from(open.values(), (one) => ({ ...one, criteria: atEntry(one.index, () => criteriaOf(one.type, one.text)) }));
  const found = asked.length === 0 ? new Map<string, string[]>() : await matchMany(work, asked, 2);
  for (const { text, type, index, criteria } of asked) {
    const ids = found.get(criteriaKey(criteria)) ?? [];
    if (ids.length !== 1) atEntry(index, () => refuse(`${type}?${namesOf(criteria)}`, ids.length));
    links.bySearch.set(text, `${type}/${ids[0]}`);
  }
}

function refuse(names: string, matches: number): never {
  throw unresolvedReference(names, matches);
}
