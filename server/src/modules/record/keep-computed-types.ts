// Types of which a module above the record computes resources when somebody asks (free times of a clinic): those are never stored.
import type { Resource } from '@sen/fhir';
import type { Work } from '../../platform/work.ts';
import type { indexZone } from './store.ts';

export interface ComputedPage {
  readonly resources: readonly Resource[];
  readonly included?: readonly Resource[];
  /** Where the next page begins; absent on the last. */
  readonly next?: string;
}

export interface AskedPage {
  readonly query: URLSearchParams;
  readonly count: number;
  readonly from: string | undefined;
  readonly zone: ReturnType<typeof indexZone>;
}

export interface ComputedType {
  /** A page of those that fit; refuses a query that it does not understand and that might find some. */
  search(work: Work, asked: AskedPage): Promise<ComputedPage>;
  /** One; undefined when the id names none. */
  read(work: Work, id: string): Promise<Resource | undefined>;
}

const computed = new Map<string, ComputedType>();

/** Registers who computes a type. Call at start. What is stored of it (of other houses) is found behind what is computed. */
export function computeType(type: string, answers: ComputedType): void {
  computed.set(type, answers);
}

export function computedType(type: string): ComputedType | undefined {
  return computed.get(type);
}
