import type { Resource } from '@sen/fhir';

export type Method = 'POST' | 'PUT' | 'PATCH' | 'DELETE';

const methods: readonly Method[] = ['POST', 'PUT', 'PATCH', 'DELETE'];

/** The store's number of a method. */
export function methodCode(method: Method): number {
  return methods.indexOf(method) + 1;
}

/** The method of a number. */
export function methodOf(code: number): Method {
  return methods[code - 1] ?? 'PUT';
}

/** The latest state of a resource that exists or existed. */
export interface Current {
  readonly type: string;
  readonly id: string;
  readonly version: number;
  /** meta.lastUpdated in ms since 1970. */
  readonly updated: number;
  /** The JSON as it goes to the wire; undefined when the resource is deleted. */
  readonly json: Buffer | undefined;
  /** Place in the feed of changes; handed back with the next change so that the feed keeps their order. */
  readonly feed: string;
  /** Key of the patient it is about, `0` of none; known of live rows only. */
  readonly patient?: string;
}

/** One version, past or present. */
export interface Version extends Current {
  readonly method: Method;
}

/** A write to be stored. */
export interface Change {
  readonly type: string;
  readonly id: string;
  /** What the writer saw before; undefined when the resource never existed. The write holds only if this is still so. */
  readonly current: Current | undefined;
  readonly version: number;
  /** ms since 1970 */
  readonly updated: number;
  /** The resource and its text, with id and meta set; undefined deletes. */
  readonly after: { readonly resource: Resource; readonly json: string } | undefined;
  readonly method: Method;
}

/** Who writes, and in which request; gathers the keys of the patients whose data were written. */
export interface Writer {
  readonly actor: string;
  readonly request: string;
  readonly patients: Set<bigint>;
}
