// The answer to a batch or transaction: one entry for each that was asked, in the same order. R4 §3.1.0.11.3.
import { STATUS_CODES } from 'node:http';
import type { Answer } from '../answer-get.ts';
import { bundleJson, type BundleEntry } from '../bundle-json.ts';
import { statusOfWrite, type Written } from '../written.ts';
import type { Failure, Returns } from './options.ts';

export type EntryResult =
  | { readonly kind: 'written'; readonly written: Written }
  | { readonly kind: 'answer'; readonly answer: Answer; readonly head: boolean }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** Writes the response Bundle. */
export function bundleResponse(type: 'batch' | 'transaction', results: readonly EntryResult[], base: string, returns: Returns): Buffer {
  return bundleJson(`${type}-response`, undefined, [], results.map((result) => responseEntry(result, base, returns)));
}

function responseEntry(result: EntryResult, base: string, returns: Returns): BundleEntry {
  switch (result.kind) {
    case 'failed':
      return { fullUrl: undefined, json: undefined, rest: response(result.failure.status, {}, result.failure.outcome) };
    case 'answer':
      return answerEntry(result.answer, result.head);
    case 'written':
      return writtenEntry(result.written, base, returns);
  }
}

function answerEntry(answer: Answer, head: boolean): BundleEntry {
  const empty = head || answer.status === 304;
  return { fullUrl: undefined, json: empty ? undefined : answer.json, rest: response(answer.status, answer) };
}

function writtenEntry(written: Written, base: string, returns: Returns): BundleEntry {
  const { type, id, version, json } = written;
  const status = statusOfWrite(written);
  const location = version === undefined || json === undefined ? undefined : `${type}/${id}/_history/${version}`;
  const told = returns === 'OperationOutcome' ? writtenOutcome(written) : undefined;
  const shown = returns === 'representation' && json !== undefined;
  return {
    fullUrl: shown ? `${base}/${type}/${id}` : undefined,
    json: shown ? (typeof json === 'string' ? Buffer.from(json) : json) : undefined,
    rest: response(told !== undefined && status === 204 ? 200 : status, { ...written, location }, told),
  };
}

const sayings: Readonly<Record<Written['outcome'], string>> = {
  created: 'was created',
  updated: 'was updated',
  unchanged: 'already had this content: no new version was made',
  matched: 'matches If-None-Exist: nothing was created',
  deleted: 'was deleted',
  absent: 'was not there: nothing was deleted',
};

/** The OperationOutcome of a write that went well (Prefer: return=OperationOutcome). */
export function writtenOutcome({ type, id, version, outcome }: Written): object {
  const name = id === undefined ? `A matching ${type}` : `${type}/${id}`;
  const at = version === undefined ? '' : ` (version ${version})`;
  return { resourceType: 'OperationOutcome', issue: [{ severity: 'information', code: 'informational', diagnostics: `${name} ${sayings[outcome]}${at}.` }] };
}

interface ResponseParts {
  readonly location?: string | undefined;
  readonly version?: number | undefined;
  readonly updated?: number | undefined;
}

function response(status: number, { location, version, updated }: ResponseParts, outcome?: object): string {
  const parts = {
    status: `${status} ${STATUS_CODES[status] ?? ''}`.trim(),
    location,
    etag: version === undefined ? undefined : `W/"${version}"`,
    lastModified: updated === undefined ? undefined : new Date(updated).toISOString(),
    outcome,
  };
  return `"response":${JSON.stringify(parts)}`;
}
