// What one GraphQL query may cost. A query of a few lines can ask for the whole record through references that lead in circles.
import { GraphqlError } from './graphql-error.ts';

export const graphqlLimits = { textLength: 100_000, depth: 24, resources: 5_000, searches: 200, fields: 200_000, pathMs: 1_000 } as const;

type Counted = 'resources' | 'searches' | 'fields';

/** Counts what a query spends; throws when a limit is passed. */
export class Budget {
  readonly #spent: Record<Counted, number> = { resources: 0, searches: 0, fields: 0 };
  #pathMs = 0;

  spend(what: Counted, amount: number): void {
    this.#spent[what] += amount;
    if (this.#spent[what] > graphqlLimits[what]) throw new GraphqlError(`The query costs too much: it may reach ${graphqlLimits[what]} ${what}. Ask for less, or page with _count.`, undefined, [], true);
  }

  /** Counts the time, in ms, in which FHIRPath held up everything else. */
  spendTime(ms: number): void {
    this.#pathMs += ms;
    if (this.#pathMs > graphqlLimits.pathMs) throw new GraphqlError('The FHIRPath expressions of the query take too long.', undefined, [], true);
  }

  enter(depth: number): void {
    if (depth > graphqlLimits.depth) throw new GraphqlError(`The query nests deeper than ${graphqlLimits.depth} levels.`, undefined, [], true);
  }
}
