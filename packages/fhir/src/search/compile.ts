// The walk: all search paths of a type merged into one tree, so that a resource is visited once whatever the number of parameters.
import { elementsOf, structureBelow, type Path, type Step } from './path.ts';
import type { Json, Leaf } from './json.ts';
import type { Sink } from './sink.ts';

export interface Branch {
  readonly property: string;
  readonly filter: Step['filter'];
  readonly index: number | undefined;
  readonly structure: string | undefined;
  readonly leaves: Leaf[];
  readonly branches: Branch[];
  /** Parameters that have a value when this branch is visited (presence.ts). */
  present: Mask;
}

/** Bits of a resource's `present`, in two halves of 32. */
export interface Mask {
  readonly low: number;
  readonly high: number;
}

const none: Mask = { low: 0, high: 0 };

/** Makes the leaf for one FHIR type at the end of a path; undefined when the parameter does not cover that type. */
export type LeafMaker = (fhirType: string) => Leaf | undefined;

/** Grows the branches of a path below a structure and hangs a leaf at each end. */
export function growPath(branches: Branch[], structure: string, path: Path, makeLeaf: LeafMaker): void {
  growSteps(branches, structure, path.steps, (fhirType, branchAt) => {
    const leaf = makeLeaf(fhirType);
    if (leaf !== undefined) branchAt().leaves.push(leaf);
  });
}

/** Grows the branches of a path and marks those ends that a parameter covers with its bit. */
export function markPath(branches: Branch[], structure: string, path: Path, covers: (fhirType: string) => boolean, mask: Mask): void {
  growSteps(branches, structure, path.steps, (fhirType, branchAt) => {
    if (!covers(fhirType)) return;
    const branch = branchAt();
    branch.present = { low: branch.present.low | mask.low, high: branch.present.high | mask.high };
  });
}

function growSteps(branches: Branch[], structure: string, steps: readonly Step[], grow: (fhirType: string, branchAt: () => Branch) => void): void {
  const [step, ...rest] = steps;
  if (step === undefined) return;
  for (const element of elementsOf(structure, step)) {
    const below = structureBelow(element);
    if (rest.length > 0) {
      if (below !== undefined) growSteps(branchFor(branches, element.name, step, below).branches, below, rest, grow);
      continue;
    }
    grow(element.type.code.startsWith('#') ? element.type.code.slice(1) : element.type.code, () => branchFor(branches, element.name, step, below));
  }
}

function branchFor(branches: Branch[], property: string, step: Step, structure: string | undefined): Branch {
  const found = branches.find(
    (b) => b.property === property && b.index === step.index && b.filter?.key === step.filter?.key && b.filter?.value === step.filter?.value,
  );
  if (found !== undefined) return found;
  const made: Branch = { property, filter: step.filter, index: step.index, structure, leaves: [], branches: [], present: none };
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
  sink.presentLow |= branch.present.low;
  sink.presentHigh |= branch.present.high;
  for (const leaf of branch.leaves) leaf(value, sink);
  if (branch.branches.length > 0 && typeof value === 'object') walk(branch.branches, value as Json, sink);
}

function passes(filter: { key: string; value: string }, value: unknown): boolean {
  const found = (value as Json)[filter.key];
  if (Array.isArray(found)) return found.some((e: Json) => e?.['url'] === filter.value);
  return found === filter.value;
}
