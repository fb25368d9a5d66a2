// The walk: all search paths of a type merged into one tree, so that a resource is visited once whatever the number of parameters.
import { elementsOf, structureBelow, type Path, type Step } from './path.ts';
import type { Json, Leaf } from './leaves.ts';
import type { Sink } from './sink.ts';

export interface Branch {
  readonly property: string;
  readonly filter: Step['filter'];
  readonly index: number | undefined;
  readonly structure: string | undefined;
  readonly leaves: Leaf[];
  readonly branches: Branch[];
}

/** Makes the leaf for one FHIR type at the end of a path; undefined when the parameter does not cover that type. */
export type LeafMaker = (fhirType: string) => Leaf | undefined;

/** Grows the branches of a path below a structure and hangs a leaf at each end. */
export function growPath(branches: Branch[], structure: string, path: Path, makeLeaf: LeafMaker): void {
  growSteps(branches, structure, path.steps, makeLeaf);
}

function growSteps(branches: Branch[], structure: string, steps: readonly Step[], makeLeaf: LeafMaker): void {
  const [step, ...rest] = steps;
  if (step === undefined) return;
  for (const element of elementsOf(structure, step)) {
    const below = structureBelow(element);
    if (rest.length > 0) {
      if (below !== undefined) growSteps(branchFor(branches, element.name, step, below).branches, below, rest, makeLeaf);
      continue;
    }
    const leaf = makeLeaf(element.type.code.startsWith('#') ? element.type.code.slice(1) : element.type.code);
    if (leaf !== undefined) branchFor(branches, element.name, step, below).leaves.push(leaf);
  }
}

function branchFor(branches: Branch[], property: string, step: Step, structure: string | undefined): Branch {
  const found = branches.find(
    (b) => b.property === property && b.index === step.index && b.filter?.key === step.filter?.key && b.filter?.value === step.filter?.value,
  );
  if (found !== undefined) return found;
  const made: Branch = { property, filter: step.filter, index: step.index, structure, leaves: [], branches: [] };
  branches.push(made);
  return made;
}

/** Visits an object along the branches; every leaf met writes to the sink. */
export function walk(branches: readonly Branch[], object: Json, sink: Sink): void {
  for (const branch of branches) {
    const value = object[branch.property];
    if (value === undefined) continue;
    if (!Array.isArray(value)) visit(branch, value, sink);
    else if (branch.index !== undefined) visit(branch, value[branch.index], sink);
    else for (const item of value) visit(branch, item, sink);
  }
}

function visit(branch: Branch, value: unknown, sink: Sink): void {
  if (value === null || value === undefined) return;
  if (branch.filter !== undefined && !passes(branch.filter, value)) return;
  for (const leaf of branch.leaves) leaf(value, sink);
  if (branch.branches.length > 0 && typeof value === 'object') walk(branch.branches, value as Json, sink);
}

function passes(filter: { key: string; value: string }, value: unknown): boolean {
  const found = (value as Json)[filter.key];
  if (Array.isArray(found)) return found.some((e: Json) => e?.['url'] === filter.value);
  return found === filter.value;
}
