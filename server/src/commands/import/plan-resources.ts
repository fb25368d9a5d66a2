// From the entries of a document to resources ready to store: ids set, every reference inside the import turned into `Type/id`.
import type { Issue, Resource } from '@sen/fhir';
import type { Entries, Entry, RefusedEntry } from './entries.ts';

/** What criteria such as `Practitioner?identifier=…` stand for: an id, none, or several. */
export type Match = { readonly id: string } | 'none' | 'several';

export interface PlannedResource {
  readonly resource: Resource;
  readonly position: string;
}

export interface Plan {
  readonly resources: readonly PlannedResource[];
  readonly refused: readonly RefusedEntry[];
  readonly skipped: number;
}

/** Plans one document; pure but for the resources of the entries, whose references are rewritten in place. */
export function planResources(found: Entries, match: (criteria: string) => Match): Plan {
  const refused: RefusedEntry[] = [...found.refused];
  const settled = found.entries.map((entry) => settle(entry, match));
  const targets = new Map<string, string>();
  for (const { entry, id } of settled) if (entry.fullUrl !== undefined) targets.set(entry.fullUrl, `${entry.resource.resourceType}/${id}`);
  const resources: PlannedResource[] = [];
  let skipped = found.skipped;
  for (const { entry, id, there, several } of settled) {
    const issues = several === undefined ? [] : [ambiguous(several, 'Bundle.entry.request')];
    if (there) skipped++;
    else {
      rewriteLinks(entry.resource, { targets, match, issues }, entry.resource.resourceType);
      if (issues.length > 0) refused.push({ position: entry.position, type: entry.resource.resourceType, id, issues });
      else resources.push({ resource: withId(entry.resource, id), position: entry.position });
    }
  }
  return { resources, refused, skipped };
}

interface Settled {
  readonly entry: Entry;
  readonly id: string;
  /** True when another resource already answers its `ifNoneExist`: nothing is written, references lead to that one. */
  readonly there: boolean;
  readonly several: string | undefined;
}

function settle(entry: Entry, match: (criteria: string) => Match): Settled {
  const criteria = entry.createUnless ?? entry.replaces;
  const matched = criteria === undefined ? 'none' : match(criteria);
  if (matched === 'several') return { entry, id: entry.id, there: false, several: criteria };
  if (matched === 'none') return { entry, id: entry.id, there: false, several: undefined };
  return { entry, id: matched.id, there: entry.createUnless !== undefined && matched.id !== entry.id, several: undefined };
}

/** R4 §3.1.0.11.2: links are found in Reference.reference and in elements of type uri, url, canonical, oid, uuid. An Identifier's value is none of these. */
const linkNames = new Set(['reference', 'url', 'uri', 'valueUri', 'valueUrl', 'valueUuid', 'valueOid', 'valueCanonical']);

interface Rewriting {
  readonly targets: ReadonlyMap<string, string>;
  readonly match: (criteria: string) => Match;
  readonly issues: Issue[];
}

function rewriteLinks(node: object, rewriting: Rewriting, path: string): void {
  for (const [name, value] of Object.entries(node)) {
    if (typeof value === 'object' && value !== null) rewriteLinks(value as object, rewriting, Array.isArray(node) ? `${path}[${name}]` : `${path}.${name}`);
    else if (typeof value === 'string' && linkNames.has(name)) {
      const link = rewriteLink(value, name, rewriting, `${path}.${name}`);
      if (link !== value) (node as Record<string, unknown>)[name] = link;
    }
  }
}

const conditional = /^([A-Z][A-Za-z]+)\?./;

function rewriteLink(link: string, name: string, { targets, match, issues }: Rewriting, path: string): string {
  // The canonical url of a CodeSystem may equal its fullUrl: outside references only names made for the exchange are replaced.
  const target = name === 'reference' || link.startsWith('urn:uuid:') ? targets.get(link) : undefined;
  if (target !== undefined) return target;
  if (name !== 'reference') return link;
  const type = conditional.exec(link)?.[1];
  if (type !== undefined) {
    const matched = match(link);
    if (typeof matched === 'object') return `${type}/${matched.id}`;
    issues.push(matched === 'several' ? ambiguous(link, path) : unresolved(link, path));
  } else if (link.startsWith('urn:uuid:') || link.startsWith('urn:oid:')) issues.push(unresolved(link, path));
  return link;
}

function unresolved(link: string, expression: string): Issue {
  return { severity: 'error', code: 'not-found', diagnostics: `The reference ${link} leads to nothing, neither in the import nor in the record.`, expression };
}

function ambiguous(criteria: string, expression: string): Issue {
  return { severity: 'error', code: 'multiple-matches', diagnostics: `${criteria} fits several resources.`, expression };
}

function withId(resource: Resource, id: string): Resource {
  if (resource.id === id) return resource;
  const { resourceType, id: _given, ...rest } = resource;
  return { resourceType, id, ...rest };
}
