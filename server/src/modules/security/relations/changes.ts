// What the record tells its keepers of a stored change, as far as security reads it.
import type { Json } from './care-facts.ts';

export interface StoredChange {
  readonly type: string;
  readonly id: string;
  /** What was there before; undefined for a new resource. */
  readonly current?: unknown;
  /** Undefined for a deletion. */
  readonly after?: { readonly resource: Json } | undefined;
}
