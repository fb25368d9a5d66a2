// Turns each structure of R4 into one closure, on first use. A resource is then judged without looking at definitions.
import { isRawNumber } from '../json/lossless.ts';
import type { Resource } from '../resource.ts';
import { isResourceType, resourceTypes, structureOf, type Structure } from '../structure/structure.ts';
import { checkFullUrl } from './bundle-entry.ts';
import { checkContainedResources, reportContainedMeta } from './contained.ts';
import { checkExtensions, contextNames } from './extensions.ts';
import { isFull, report, type Check, type Findings } from './findings.ts';
import { invariantsCheck } from './invariants-check.ts';
import { pathSegment } from './path-segment.ts';
import { isPrimitive, reportNotObject, slotsOf, type Choice, type Slots } from './slots.ts';
import { suggestName } from './suggest-name.ts';

type Json = Readonly<Record<string, unknown>>;

/** Objects deeper than this are refused: far beyond any record, far before the end of the stack. */
const maxDepth = 200;
const compiled = new Map<string, Check>();

function checkerOf(path: string, contained = false): Check {
  if (path === 'Resource') return contained ? checkContained : checkResource;
  return (value, findings) => (compiled.get(path) ?? compile(path))(value, findings);
}

/** Judges a resource by the type it says it has. */
export function checkResource(value: unknown, findings: Findings): void {
  if (!isJsonObject(value)) return reportNotObject(value, findings);
  const type = value['resourceType'];
  if (typeof type !== 'string' || !isResourceType(type)) return reportResourceType(type, findings);
  const { container, resource, errors } = findings;
  findings.container = value as unknown as Resource;
  findings.resource = findings.container;
  (compiled.get(type) ?? compile(type))(value, findings);
  if (findings.errors === errors) checkOwnExtensions(value, type, findings);
  if (value['contained'] !== undefined && findings.errors === errors) checkContainedResources(value, findings);
  findings.container = container;
  findings.resource = resource;
}

function checkContained(value: unknown, findings: Findings): void {
  if (!isJsonObject(value)) return reportNotObject(value, findings);
  const type = value['resourceType'];
  if (typeof type !== 'string' || !isResourceType(type)) return reportResourceType(type, findings);
  if (value['id'] === undefined) report(findings, 'required', 'a contained resource must have an id', 'id');
  if (value['contained'] !== undefined) report(findings, 'invariant', 'dom-2: a contained resource must not contain resources', 'contained');
  reportContainedMeta(value['meta'], findings);
  const { resource } = findings;
  findings.resource = value as unknown as Resource;
  const before = findings.errors;
  (compiled.get(type) ?? compile(type))(value, findings);
  if (findings.errors === before) checkOwnExtensions(value, type, findings);
  findings.resource = resource;
}

function checkOwnExtensions(value: Json, type: string, findings: Findings): void {
  if (value['extension'] !== undefined || value['modifierExtension'] !== undefined) checkExtensions(value, value, contextNames(type, type), type, findings);
}

function reportResourceType(type: unknown, findings: Findings): void {
  if (typeof type !== 'string') return report(findings, 'structure', 'must have a resourceType: the name of an R4 resource type, such as "Patient"', 'resourceType');
  const near = suggestName(type, resourceTypes);
  const hint = near === undefined ? '' : `: did you mean "${near}"?`;
  report(findings, 'structure', `"${type.slice(0, 64)}" is not a resource type of R4${hint}`, 'resourceType');
}

function compile(path: string): Check {
  const structure = structureOf(path);
  if (structure === undefined) throw new Error(`R4 has no structure ${path}`);
  const slots = slotsOf(structure, checkerOf);
  const primitiveRequired = new Set(slots.required.filter(isPrimitive).map((element) => element.name));
  const choiceBits = slots.choices.some((choice) => choice.required);
  const checkInvariants = invariantsCheck(path, path);
  const check: Check = (value, findings) => {
    if (!isJsonObject(value)) return reportNotObject(value, findings);
    if (isFull(findings)) return;
    if (findings.depth >= maxDepth) return report(findings, 'structure', `nests deeper than ${maxDepth} levels`);
    findings.depth++;
    const before = findings.errors;
    const seen = runSlots(value, structure, slots, findings);
    for (const { name } of slots.required) {
      if (value[name] === undefined && !(primitiveRequired.has(name) && value[`_${name}`] !== undefined)) reportMissing(name, findings);
    }
    if (choiceBits) reportMissingChoices(seen, slots.choices, findings);
    if (path === 'Extension') checkExtension(value, findings);
    if (path === 'Bundle.entry') checkFullUrl(value, findings);
    // only a value whose structure is right can be asked more
    if (checkInvariants !== undefined && findings.errors === before) checkInvariants(value, undefined, findings);
    findings.depth--;
  };
  compiled.set(path, check);
  return check;
}

function runSlots(value: Json, structure: Structure, slots: Slots, findings: Findings): number {
  let seen = 0;
  let repeated = 0;
  const names = Object.keys(value);
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string;
    const item = value[name];
    if (item === undefined) continue;
    const slot = slots.byName.get(name);
    if (slot !== undefined) {
      repeated |= seen & slot.choice;
      seen |= slot.choice;
      slot.run(item, value, findings);
    } else if (name !== 'resourceType' || structure.kind !== 'resource') {
      reportUnknown(name, structure, slots, findings);
    }
  }
  if (repeated !== 0) reportRepeatedChoices(value, repeated, slots.choices, findings);
  reportEmpty(names, structure, findings);
  return seen;
}

function reportEmpty(names: readonly string[], structure: Structure, findings: Findings): void {
  if (names.length > 1 || structure.kind === 'resource') return;
  if (names.length === 0) return report(findings, 'structure', 'must not be an empty object: leave the element out instead');
  // `_name: {id}` is legal beside a value, so the bare Element is left to its slot.
  if (names[0] === 'id' && structure.path !== 'Element') report(findings, 'invariant', 'ele-1: must have a value or children, not only an id');
}

function reportUnknown(name: string, structure: Structure, slots: Slots, findings: Findings): void {
  const shown = name.slice(0, 64);
  report(findings, 'structure', `${structure.path} has no element "${shown}"${hintFor(name, slots)}`, pathSegment(name));
}

function hintFor(name: string, slots: Slots): string {
  const bare = name.replace(/\[x\]$/, '');
  const choice = slots.choices.find((candidate) => candidate.name === bare);
  if (choice !== undefined) return `: in JSON its type is part of its name (${choice.members.slice(0, 4).join(', ')}${choice.members.length > 4 ? ' …' : ''})`;
  const near = suggestName(name, slots.byName.keys());
  return near === undefined ? '' : `: did you mean "${near}"?`;
}

function reportRepeatedChoices(value: Json, repeated: number, choices: readonly Choice[], findings: Findings): void {
  for (const choice of choices) {
    if ((repeated & choice.bit) === 0) continue;
    const present = choice.members.filter((name) => value[name] !== undefined || value[`_${name}`] !== undefined);
    if (present.length > 1) report(findings, 'structure', `must have one type only, found ${present.join(' and ')}`, choice.name);
  }
}

function reportMissingChoices(seen: number, choices: readonly Choice[], findings: Findings): void {
  for (const choice of choices) {
    if (!choice.required || (seen & choice.bit) !== 0) continue;
    report(findings, 'required', `is required: one of ${choice.members.slice(0, 8).join(', ')}${choice.members.length > 8 ? ' …' : ''}`, choice.name);
  }
}

function reportMissing(name: string, findings: Findings): void {
  report(findings, 'required', 'is required', pathSegment(name));
}

function checkExtension(value: Json, findings: Findings): void {
  const hasValue = Object.keys(value).some((name) => name.startsWith('value') || name.startsWith('_value'));
  if (hasValue === (value['extension'] !== undefined)) {
    report(findings, 'invariant', `ext-1: must have either a value or extensions, ${hasValue ? 'not both' : 'found neither'}`);
  }
}

function isJsonObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isRawNumber(value);
}
