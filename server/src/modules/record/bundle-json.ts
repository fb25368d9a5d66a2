// Bundles written straight from stored bytes: a search result or a history never parses a resource. R4 §2.36.
import type { Issue } from '@sen/fhir';

export type BundleType = 'searchset' | 'history' | 'batch-response' | 'transaction-response';

export interface BundleLink {
  readonly relation: 'self' | 'next' | 'first' | 'previous';
  readonly url: string;
}

export interface BundleEntry {
  readonly fullUrl: string | undefined;
  /** The resource as bytes; undefined for a deletion. */
  readonly json: Buffer | undefined;
  /** Further members of the entry as JSON text, such as `"search":{"mode":"match"}`. */
  readonly rest: string;
}

/** Writes a Bundle; the bytes of each entry are copied once, into the answer. */
export function bundleJson(type: BundleType, total: number | undefined, links: readonly BundleLink[], entries: readonly BundleEntry[]): Buffer {
  const counted = total === undefined ? '' : `,"total":${total}`;
  const linked = links.length === 0 ? '' : `,"link":${JSON.stringify(links)}`;
  const head = `{"resourceType":"Bundle","type":"${type}"${counted}${linked}`;
  if (entries.length === 0) return Buffer.from(`${head}}`);
  const parts: Buffer[] = [];
  let before = `${head},"entry":[`;
  for (const { fullUrl, json, rest } of entries) {
    before += fullUrl === undefined ? '{' : `{"fullUrl":"${fullUrl}"`;
    if (json !== undefined) {
      parts.push(Buffer.from(`${before}${fullUrl === undefined ? '' : ','}"resource":`), json);
      before = '';
    }
    const comma = rest !== '' && (json !== undefined || fullUrl !== undefined) ? ',' : '';
    before += `${comma}${rest}},`;
  }
  parts.push(Buffer.from(`${before.slice(0, -1)}]}`));
  return Buffer.concat(parts);
}

/** The entry that carries warnings of a search (R4 §3.1.1.5: search.mode outcome). */
export function warningEntry(issues: readonly Issue[]): BundleEntry {
  const outcome = { resourceType: 'OperationOutcome', issue: issues.map(outcomeIssue) };
  return { fullUrl: undefined, json: Buffer.from(JSON.stringify(outcome)), rest: '"search":{"mode":"outcome"}' };
}

function outcomeIssue({ severity, code, diagnostics, expression }: Issue): object {
  return { severity, code, diagnostics, ...(expression === undefined ? {} : { expression: [expression] }) };
}
