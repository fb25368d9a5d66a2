// What a write did, apart from HTTP: the edge and the bundles put it into their own words.
import type { Current } from './store.ts';

export type WriteOutcome =
  | 'created'
  | 'updated'
  | 'unchanged' // the content was the same: no new version
  | 'matched' // a conditional create found the resource
  | 'deleted'
  | 'absent'; // nothing to delete

export interface Written {
  readonly outcome: WriteOutcome;
  readonly type: string;
  /** Undefined only when a conditional delete found nothing. */
  readonly id: string | undefined;
  readonly version: number | undefined;
  readonly updated: number | undefined;
  /** The resource as stored; undefined after a delete. */
  readonly json: Buffer | string | undefined;
}

/** A resource that a write left as it was. */
export function untouched(outcome: 'unchanged' | 'matched' | 'absent', current: Current): Written {
  const { type, id, version, updated, json } = current;
  return { outcome, type, id, version, updated, json };
}

const statuses: Readonly<Record<WriteOutcome, number>> = { created: 201, updated: 200, unchanged: 200, matched: 200, deleted: 204, absent: 204 };

/** The HTTP status of R4 §3.1.0 for what was done. */
export function statusOfWrite(written: Written): number {
  return statuses[written.outcome];
}
