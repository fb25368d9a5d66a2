// An instance on its way into the archive, and what became of it.
import type { Facts } from './instance-facts.ts';
import type { MetadataEntry } from './metadata-entry.ts';

export type Arrived = Facts & {
  readonly facility: string;
  readonly transferSyntax: string;
  readonly object: string;
  readonly bytes: number;
  readonly datasetOffset: number;
  readonly datasetHash: string;
  readonly frames: number;
  readonly frameIndex?: Buffer;
  readonly source: string;
  readonly metadata: MetadataEntry;
};

export interface Filed {
  /** `same`: it is here already; `conflict`: another one with this UID is here, and both are kept until a person decides. */
  readonly outcome: 'stored' | 'same' | 'conflict';
  readonly sopClass: string;
  readonly uid: string;
  readonly study: string;
  readonly series: string;
}

export interface Quarantined {
  readonly hash: string;
  readonly size: number;
  readonly code: string;
  readonly source: string;
  readonly sopClass?: string;
  readonly sopInstance?: string;
  readonly transferSyntax?: string;
}
