import type { Resource } from '../resource.ts';
import type { Branch, LeafMaker } from './compile.ts';
import type { Json, Leaf } from './json.ts';
import type { EvaluatedValue } from './parameters.ts';
import type { Presence } from './present-leaf.ts';

/** A branch that every resource has, on which the values of an expression hang: each becomes rows by its own type. */
export function evaluatedBranch(evaluate: (resource: Resource) => readonly EvaluatedValue[], makeLeaf: LeafMaker, note: Presence, root: () => Json): Branch {
  const leaves = new Map<string, Leaf | undefined>();
  const leafOf = (type: string): Leaf | undefined => {
    if (!leaves.has(type)) leaves.set(type, makeLeaf(type));
    return leaves.get(type);
  };
  const leaf: Leaf = (_value, sink) => {
    for (const { type, value } of evaluate(root() as Resource)) {
      const made = leafOf(type);
      made?.(value, sink);
      if (made !== undefined) note(sink);
    }
  };
  return { property: 'resourceType', filter: undefined, index: undefined, structure: undefined, leaves: [leaf], branches: [], present: { low: 0, high: 0 } };
}
