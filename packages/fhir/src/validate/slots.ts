// The elements of one structure, each with its check ready to run.
import { structureOf, type Element, type Structure } from '../structure/structure.ts';
import { jsonTypeName, locate, report, type Check, type Findings, type Run } from './findings.ts';
import { pathSegment } from './path-segment.ts';
import { boundCheck, extensionRun, isFilledArray, primitiveRun } from './primitive-slots.ts';
import { primitiveCheck } from './primitives.ts';
import { relativeReferenceType, referenceProblem } from './references.ts';

/** Gives the check of a type: a structure's path, or `Resource` for a resource of any type. */
export type CheckerOf = (path: string, contained?: boolean) => Check;

export interface Slot {
  readonly run: Run;
  /** Bit of the choice (`value[x]`) that the name belongs to; 0 when to none. */
  readonly choice: number;
}

export interface Slots {
  readonly byName: ReadonlyMap<string, Slot>;
  /** Elements that must be present, choices apart. */
  readonly required: readonly Element[];
  readonly choices: readonly Choice[];
}

export interface Choice {
  readonly bit: number;
  /** FHIRPath name: `value`. */
  readonly name: string;
  readonly required: boolean;
  /** JSON names: `valueString`, `valueQuantity` … */
  readonly members: readonly string[];
}

/** Builds the slots of a structure; `checkerOf` gives the checks of what it holds. */
export function slotsOf(structure: Structure, checkerOf: CheckerOf): Slots {
  const byName = new Map<string, Slot>();
  const choices = choicesOf(structure);
  for (const element of structure.elements.values()) addSlots(byName, structure, element, choices, checkerOf);
  const required = [...structure.elements.values()].filter((element) => element.min > 0 && !isChoice(element));
  return { byName, required, choices };
}

function isChoice(element: Element): boolean {
  return element.definedName.endsWith('[x]');
}

function choicesOf(structure: Structure): Choice[] {
  const defined = [...structure.choices].filter(([name]) => name.endsWith('[x]'));
  if (defined.length > 30) throw new Error(`${structure.path} has more choices than bits`);
  return defined.map(([name, members], i) => ({
    bit: 1 << i,
    name: name.slice(0, -3),
    required: members.some((member) => member.min > 0),
    members: members.map((member) => member.name),
  }));
}

function addSlots(byName: Map<string, Slot>, structure: Structure, element: Element, choices: readonly Choice[], checkerOf: CheckerOf): void {
  const choice = choices.find((candidate) => candidate.members.includes(element.name));
  const bit = choice?.bit ?? 0;
  const path = choice === undefined ? pathSegment(element.name) : `${choice.name}.ofType(${element.type.code})`;
  if (!isPrimitive(element)) {
    byName.set(element.name, { run: complexRun(element, path, checkerOf), choice: bit });
    return;
  }
  byName.set(element.name, { run: primitiveRun(element, path, valueCheck(structure, element)), choice: bit });
  if (mayHaveExtensions(structure, element)) {
    byName.set(`_${element.name}`, { run: extensionRun(element, path, checkerOf('Element')), choice: bit });
  }
  if (structure.path === 'Reference' && element.name === 'reference') byName.set(element.name, { run: runReference, choice: 0 });
}

/** Tells whether an element's type is a primitive. */
export function isPrimitive(element: Element): boolean {
  return structureOf(element.type.code)?.kind === 'primitive';
}

function valueCheck(structure: Structure, element: Element): ReturnType<typeof boundCheck> {
  return structure.kind === 'resource' && element.name === 'id' ? primitiveCheck('id') : boundCheck(element);
}

function mayHaveExtensions(structure: Structure, element: Element): boolean {
  // Element.id and Extension.url are XML attributes: they have no place for extensions.
  if (element.name === 'id' && structure.kind !== 'resource') return false;
  return !(structure.path === 'Extension' && element.name === 'url');
}

function complexRun(element: Element, path: string, checkerOf: CheckerOf): Run {
  const check = elementCheck(element, checkerOf);
  if (element.many) return (value, _holder, findings) => runMany(value, findings, element, path, check);
  return (value, _holder, findings) => {
    const before = findings.issues.length;
    check(value, findings);
    if (findings.issues.length !== before) locate(findings, before, path);
  };
}

function runMany(value: unknown, findings: Findings, element: Element, path: string, check: Check): void {
  if (!isFilledArray(value, findings, path)) return;
  if (value.length > element.max) report(findings, 'structure', `must have at most ${element.max} entries, found ${value.length}`, path);
  for (let i = 0; i < value.length; i++) {
    const before = findings.issues.length;
    check(value[i], findings);
    if (findings.issues.length !== before) locate(findings, before, `${path}[${i}]`);
  }
}

function elementCheck(element: Element, checkerOf: CheckerOf): Check {
  const { code, targets } = element.type;
  const check = checkerOf(code.startsWith('#') ? code.slice(1) : code, element.name === 'contained');
  if (code !== 'Reference' || targets.length === 0 || targets.includes('Resource')) return check;
  const allowed = new Set(targets);
  return (value, findings) => {
    check(value, findings);
    const reference = (value as { reference?: unknown } | null)?.reference;
    if (typeof reference === 'string') checkTarget(reference, allowed, findings);
  };
}

function checkTarget(reference: string, allowed: ReadonlySet<string>, findings: Findings): void {
  const type = relativeReferenceType(reference);
  if (type === undefined || allowed.has(type) || structureOf(type) === undefined) return;
  report(findings, 'structure', `must refer to ${[...allowed].join(', ')}, not to ${type}`, 'reference');
}

function runReference(value: unknown, _holder: unknown, findings: Findings): void {
  const problem = primitiveCheck('string')(value) ?? referenceProblem(value as string, findings);
  if (problem !== undefined) report(findings, problem.code, problem.diagnostics, 'reference');
}

/** Says that a value should have been an object. */
export function reportNotObject(value: unknown, findings: Findings): void {
  const inside = Array.isArray(value) ? ' (the element does not repeat)' : '';
  report(findings, 'structure', `must be an object${inside}, found ${jsonTypeName(value)}`);
}
