// What an export or an import is, and how far it has come.
import type { RefusalText } from '../../platform/refusal.ts';
import type { Actor } from '../../platform/work.ts';
import type { KeptActor } from '../security/index.ts';

/** Whose a job is: an app sees the jobs it began itself, not those of the person it acts for. */
export function ownerOf({ grant, id }: Pick<Actor, 'id' | 'grant'>): string {
  return grant === undefined || grant.client === id ? id : `${id} ${grant.client}`;
}

export type JobKind = 'export' | 'import';

export interface ExportAsked {
  readonly level: 'system' | 'Patient' | 'Group';
  readonly group?: string;
  readonly types?: readonly string[];
  /** Ids of patients, when the client named them. */
  readonly patients?: readonly string[];
  /** ms since 1970 */
  readonly since?: number;
  /** Search queries by type. */
  readonly filters: Readonly<Record<string, readonly string[]>>;
  readonly elements: readonly string[];
  /** What a lenient client asked for and does not get. */
  readonly ignored: readonly string[];
}

export interface ImportSource {
  /** Undefined for what was sent to us. */
  readonly url?: string;
  /** The only type its lines may have; undefined: any. */
  readonly type?: string;
}

export interface ImportAsked {
  readonly sources: readonly ImportSource[];
}

/** One part of an export: a type, and whether what is there or what is gone. */
export interface ExportPart {
  readonly purpose: 'output' | 'deleted';
  readonly type: string;
}

/** What an export decides once, at its beginning. */
export interface ExportPlan {
  readonly parts: readonly ExportPart[];
  /** Ids of the patients of a group or a list; absent: no such limit. */
  readonly patients?: readonly string[];
  /** Place in the feed that `since` stands for, when it is a transactionTime of ours. */
  readonly sinceFeed?: string;
}

export interface ExportPlace {
  /** Index of the part at hand. */
  readonly part: number;
  readonly after?: string;
}

export interface ImportCounts {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly refused: number;
}

export interface ImportPlace {
  /** Index of the source at hand. */
  readonly source: number;
  readonly fetched: boolean;
  /** Bytes and lines of the source that are done. */
  readonly offset: number;
  readonly line: number;
  /** By source, then by type. */
  readonly counts: readonly Readonly<Record<string, ImportCounts>>[];
}

export interface Failure {
  readonly code: string;
  readonly text: RefusalText;
  readonly diagnostics: readonly string[];
}

interface JobOf<Kind extends JobKind, Asked, Plan, Place> {
  readonly id: string;
  readonly kind: Kind;
  readonly state: 'running' | 'done' | 'failed';
  readonly owner: string;
  /** Who began it: it is done with the rights they have now. */
  readonly actsFor: KeptActor | undefined;
  /** Address of the FHIR endpoint as the client called it. */
  readonly base: string;
  /** Address of the kick-off request. */
  readonly request: string;
  readonly asked: Asked;
  readonly plan: Plan | undefined;
  readonly place: Place | undefined;
  /** ms since 1970 */
  readonly transactionTime: number | undefined;
  readonly snapshot: string | undefined;
  readonly doneResources: number;
  readonly faults: number;
  readonly failure: Failure | undefined;
  readonly createdAt: number;
  readonly expiresAt: number | undefined;
}

export type ExportJob = JobOf<'export', ExportAsked, ExportPlan, ExportPlace>;
export type ImportJob = JobOf<'import', ImportAsked, undefined, ImportPlace>;
export type Job = ExportJob | ImportJob;

/** A file of a job as far as it has been written for good. */
export interface JobFile {
  readonly number: number;
  readonly purpose: 'output' | 'error' | 'deleted';
  readonly type: string;
  /** Of the compressed file. */
  readonly bytes: number;
  readonly contentBytes: number;
  /** CRC-32 of the content so far. */
  readonly crc: number;
  /** Lines. */
  readonly count: number;
  readonly finished: boolean;
}

/** A new, empty file. */
export function emptyFile(number: number, purpose: JobFile['purpose'], type: string): JobFile {
  return { number, purpose, type, bytes: 0, contentBytes: 0, crc: 0, count: 0, finished: false };
}

/** Name of a file in its address: `3.Patient.ndjson`. */
export function fileName({ number, type }: Pick<JobFile, 'number' | 'type'>): string {
  return `${number}.${type}.ndjson`;
}

const name = /^(\d{1,9})\.[A-Za-z]{1,64}\.ndjson$/;

/** Number of a file from its name; undefined when it is none. */
export function fileNumber(text: string): number | undefined {
  const match = name.exec(text);
  return match === null ? undefined : Number(match[1]);
}

/** The sum of two counts; what one of them leaves out is 0. */
export function addCounts(a: Partial<ImportCounts> = {}, b: Partial<ImportCounts> = {}): ImportCounts {
  const sum = (name: keyof ImportCounts) => (a[name] ?? 0) + (b[name] ?? 0);
  return { created: sum('created'), updated: sum('updated'), unchanged: sum('unchanged'), refused: sum('refused') };
}
