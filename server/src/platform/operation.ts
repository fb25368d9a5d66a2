// Operations of the FHIR API ($expand, $export …, R4 operations.html): what a module declares in its manifest. The edge mounts them and the
// CapabilityStatement lists them from the same table.
import type { Readable } from 'node:stream';
import type { Permission } from '@sen/contracts';
import type { Work } from './work.ts';

export interface OperationCall {
  readonly method: 'GET' | 'POST';
  readonly type: string | undefined;
  readonly id: string | undefined;
  /** Parameters of the address, and of the form of a POST. */
  readonly query: URLSearchParams;
  /** The parsed JSON of a POST (Parameters or a resource), or the text where the operation takes that media type; else undefined. */
  readonly body: unknown;
  /** Lower case, without parameters; empty when there is no body. */
  readonly contentType: string;
  readonly accept: string;
  readonly prefer: string;
  /** Absolute address of the FHIR endpoint, without a slash at the end. */
  readonly base: string;
}

export interface OperationAnswer {
  /** 200 unless said. */
  readonly status?: number;
  /** The resource, or its JSON as it goes to the wire; nothing: an empty body. */
  readonly resource?: object;
  readonly json?: Buffer | string;
  /** Anything that is no FHIR resource, of the given media type; sent as it is. */
  readonly other?: { readonly contentType: string; readonly body: Readable | Buffer | string };
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Operation {
  /** Without `$`. */
  readonly code: string;
  /** Canonical URL of the OperationDefinition. */
  readonly definition: string;
  /** What the caller must be permitted (packages/contracts, permissions.ts). What it then reads and writes is judged row by row all the same. */
  readonly needs: Permission;
  /** May be called at [base]/$code. */
  readonly system?: boolean;
  /** Types at which it may be called as [type]/$code. */
  readonly types?: readonly string[] | 'every';
  /** Types at which it may be called as [type]/[id]/$code. */
  readonly instances?: readonly string[] | 'every';
  /** Changes something: only POST (R4 §3.2.0.2). */
  readonly affectsState?: boolean;
  /** Media types of bodies, beside FHIR, that it takes as text. */
  readonly takes?: readonly string[];
  /** Answers in a form of its own, whatever Accept asks for. */
  readonly answersOther?: boolean;
  readonly run: (work: Work, call: OperationCall) => Promise<OperationAnswer>;
}

/** The operations of a house, by code. One code may be declared several times for different levels (`$export`). */
export type OperationTable = ReadonlyMap<string, readonly Operation[]>;

export function operationTable(manifests: readonly { readonly operations?: readonly Operation[] }[]): OperationTable {
  const table = new Map<string, Operation[]>();
  for (const operation of manifests.flatMap(({ operations = [] }) => operations)) table.set(operation.code, [...(table.get(operation.code) ?? []), operation]);
  return table;
}

/** The operation that an address names; undefined when none is offered at that level. */
export function operationAt(table: OperationTable, code: string, type: string | undefined, id: string | undefined): Operation | undefined {
  return table.get(code)?.find((operation) => {
    if (type === undefined) return operation.system === true;
    const level = id === undefined ? operation.types : operation.instances;
    return level === 'every' || level?.includes(type) === true;
  });
}
