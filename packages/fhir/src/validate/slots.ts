// The elements of one structure, each with its check ready to run.
import { structureOf, type Element, type RequiredCodings, type Structure } from '../structure/structure.ts';
import { checkCodings } from './codings.ts';
import { checkExtensions, contextNames } from './extensions.ts';
import { invariantsCheck } from './invariants-check.ts';
import { jsonTypeName, locate, report, type Check, type Findings, type Run } from './findings.ts';
import { pathSegment } from './path-segment.ts';
import { boundCheck, extensionRun, isFilledArray, primitiveRun } from './primitive-slots.ts';
import { primitiveCheck } from './primitives.ts';
import { checkNamedType, checkTarget, referenceProblem } from './references.ts';

type Json = Readonly<Record<string, unknown>>;

/** Gives the check of a type: a structure's path, or `Resource` for a resource of any type. */
export type CheckerOf = (path: string, contained?: boolean) => Check;

interface Slot {
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
    byName.set(element.name, { run: complexRun(structure, element, path, checkerOf), choice: bit });
    return;
  }
  byName.set(element.name, { run: withInvariants(structure, element, path, primitiveRun(element, path, valueCheck(structure, element))), choice: bit });
  if (mayHaveExtensions(structure, element)) {
    byName.set(`_${element.name}`, { run: extensionRun(element, path, withExtensions(structure, element, checkerOf('Element'))), choice: bit });
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

/** A primitive that constraints hang on (only ElementDefinition.max, eld-3): judged after its value. */
function withInvariants(structure: Structure, element: Element, path: string, run: Run): Run {
  const check = element.many ? undefined : invariantsCheck(`${structure.path}.${element.definedName}`, element.type.code);
  if (check === undefined) return run;
  return (value, holder, findings) => {
    const { errors } = findings;
    run(value, holder, findings);
    if (findings.errors !== errors) return;
    const before = findings.issues.length;
    check(value, holder[`_${element.name}`], findings);
    locate(findings, before, path);
  };
}

function complexRun(structure: Structure, element: Element, path: string, checkerOf: CheckerOf): Run {
  const check = elementCheck(structure, element, checkerOf);
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

function elementCheck(structure: Structure, element: Element, checkerOf: CheckerOf): Check {
  return withElementInvariants(structure, element, withExtensions(structure, element, typeCheck(element, checkerOf)));
}

/** Known extensions of a value, in their place. A value without extensions pays two look-ups. */
function withExtensions(structure: Structure, element: Element, check: Check): Check {
  const { code } = element.type;
  const type = code.startsWith('#') ? code.slice(1) : code;
  if (structureOf(type)?.kind === 'resource') return check;
  const contexts = contextNames(`${structure.path}.${element.definedName}`, type);
  return (value, findings) => {
    const before = findings.errors;
    check(value, findings);
    const holder = value as Json | null;
    if (findings.errors !== before || (holder?.['extension'] === undefined && holder?.['modifierExtension'] === undefined)) return;
    checkExtensions(holder, value, contexts, type, findings);
  };
}

/** Constraints on the element itself, beyond those of its type: `Organization.address` is no home (org-2). */
function withElementInvariants(structure: Structure, element: Element, check: Check): Check {
  const { code } = element.type;
  const judge = code.startsWith('#') ? undefined : invariantsCheck(`${structure.path}.${element.definedName}`, code);
  if (judge === undefined) return check;
  return (value, findings) => {
    const before = findings.errors;
    check(value, findings);
    if (findings.errors === before) judge(value, undefined, findings);
  };
}

function typeCheck(element: Element, checkerOf: CheckerOf): Check {
  const { code, targets } = element.type;
  const check = checkerOf(code.startsWith('#') ? code.slice(1) : code, element.name === 'contained');
  if (element.codings !== undefined) return codingsCheck(check, code, element.codings);
  if (code !== 'Reference') return check;
  const allowed = new Set(targets);
  return (value, findings) => {
    const before = findings.errors;
    check(value, findings);
    if (findings.errors !== before) return;
    if (allowed.size > 0) checkTarget(value, allowed, findings);
    checkNamedType(value, findings);
  };
}

function codingsCheck(check: Check, type: string, required: RequiredCodings): Check {
  return (value, findings) => {
    const before = findings.errors;
    check(value, findings);
    if (findings.errors === before) checkCodings(value, type, required, findings);
  };
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
