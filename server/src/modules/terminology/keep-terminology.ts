import type { Work } from '../../platform/work.ts';
import { readCodeSystem, readHeading } from './fhir-code-system.ts';
import { readConceptMap } from './fhir-concept-map.ts';
import { addCodeSystem, removeCodeSystem } from './store-code-systems.ts';
import { addConceptMap, removeConceptMap } from './store-concept-maps.ts';
import { addValueSet, removeValueSet } from './store-value-sets.ts';

export interface DefinitionChange {
  readonly type: string;
  readonly id: string;
  /** Undefined: deleted. */
  readonly after: { readonly resource: Readonly<Record<string, unknown>> } | undefined;
}

interface Shelf {
  /** Gives the number that the next state keeps, where there is one. */
  readonly remove: (db: Work['db'], id: string) => Promise<number | void>;
  readonly add: (db: Work['db'], id: string, resource: Readonly<Record<string, unknown>>, number: number | undefined) => Promise<void>;
}

const shelves: Readonly<Record<string, Shelf>> = {
  CodeSystem: { remove: removeCodeSystem, add: (db, id, resource, number) => addCodeSystem(db, id, readCodeSystem(resource), number) },
  ValueSet: { remove: removeValueSet, add: (db, id, resource) => addValueSet(db, id, readHeading(resource, [])) },
  ConceptMap: { remove: removeConceptMap, add: (db, id, resource) => addConceptMap(db, id, readConceptMap(resource)) },
};

/** Types whose resources are kept here. */
export const keptTypes: readonly string[] = Object.keys(shelves);

/** Keeps CodeSystem, ValueSet and ConceptMap resources as they are stored or deleted, in the transaction of the work. Refuses (422) a code that stands twice. */
export async function keepTerminology(work: Work, changes: readonly DefinitionChange[]): Promise<void> {
  for (const { type, id, after } of changes) {
    const shelf = shelves[type];
    if (shelf === undefined) continue;
    const number = (await shelf.remove(work.db, id)) ?? undefined;
    if (after !== undefined) await shelf.add(work.db, id, after.resource, number);
  }
}
