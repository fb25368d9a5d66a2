// FHIRPath Patch (R4 fhirpatch.html).
import type { Resource } from '../resource.ts';
import { structureOf } from '../structure/structure.ts';
import { addElementValue, buildElementValue, formsOf } from './build-element-value.ts';
import { cloneJson } from './clone-json.ts';
import { readValues, writeValues, type ElementValue, type JsonObject } from './element-values.ts';
import { insideOf, isPrimitiveElement, locateElements, structureInside, type Step, type Trail } from './locate-elements.ts';
import { PatchError } from './patch-error.ts';
import { readPatchOperations, type PatchOperation } from './read-patch-operations.ts';

type Operation<Type extends PatchOperation['type']> = Extract<PatchOperation, { type: Type }>;

/**
 * Applies a FHIRPath Patch (a Parameters resource) and gives the patched copy: all operations or, with a PatchError, none.
 * Operations see the effect of those before them; deleting what is not there is no error (R4 fhirpatch.html).
 * The result is not validated, and its id may have changed: the caller judges that.
 */
export async function applyFhirPathPatch(resource: Resource, parameters: Resource): Promise<Resource> {
  const patched = cloneJson(resource);
  for (const operation of readPatchOperations(parameters)) await applyOperation(patched, operation);
  return patched;
}

async function applyOperation(resource: Resource, operation: PatchOperation): Promise<void> {
  const trails = await locateElements(resource, operation.path, operation.label);
  switch (operation.type) {
    case 'add':
      return add(resource, onlyOne(trails, operation), operation);
    case 'insert':
      return trails.length === 0 ? insertFirst(resource, operation) : insert(trails, operation);
    case 'replace':
      return replace(onlyOne(trails, operation), operation);
    case 'delete':
      return trails.length === 0 ? undefined : remove(onlyOne(trails, operation), operation);
    case 'move':
      return move(trails, operation);
  }
}

function onlyOne(trails: readonly Trail[], operation: PatchOperation): Trail {
  const [trail] = trails;
  if (trail !== undefined && trails.length === 1) return trail;
  throw new PatchError('inapplicable', `${operation.label}: path must select one element, it selects ${trails.length}`, operation.path);
}

function add(resource: Resource, trail: Trail, operation: Operation<'add'>): void {
  const step = trail.at(-1);
  const structure = step === undefined ? structureOf(resource.resourceType) : structureInside(step);
  if (structure === undefined) throw new PatchError('inapplicable', `${operation.label}: nothing can be added to this element`, operation.path);
  addElementValue(step === undefined ? resource : openInside(step), structure, operation.name, operation.value, operation);
}

/** Gives the object for a value's children; makes the `_name` of a primitive when it has none yet. */
function openInside(step: Step): JsonObject {
  const inside = insideOf(step);
  if (inside !== undefined) return inside;
  const made: JsonObject = {};
  const values = readValues(step.holder, step.element);
  values[step.index] = isPrimitiveElement(step.element) ? { value: values[step.index]?.value, beside: made } : { value: made, beside: undefined };
  writeValues(step.holder, step.element, values);
  return made;
}

/** Inserts into a list that has no entry yet: nothing is selected, so the path's last name tells where it will be. */
async function insertFirst(resource: Resource, operation: Operation<'insert'>): Promise<void> {
  const [, parentPath, name] = /^(.+)\.([A-Za-z]+)$/s.exec(operation.path) ?? [];
  const parents = parentPath === undefined ? [] : await locateElements(resource, parentPath, operation.label);
  if (parents.length !== 1 || name === undefined) throw new PatchError('inapplicable', `${operation.label}: path must select a list, it selects nothing`, operation.path);
  const trail = parents[0] as Trail;
  const step = trail.at(-1);
  const structure = step === undefined ? structureOf(resource.resourceType) : structureInside(step);
  if (structure === undefined || formsOf(structure, name)[0]?.many !== true) {
    throw new PatchError('inapplicable', `${operation.label}: path must select a list`, operation.path);
  }
  if (operation.index > 0) throw beyondEnd(operation, 'index', 0);
  addElementValue(step === undefined ? resource : openInside(step), structure, name, operation.value, operation);
}

function insert(trails: readonly Trail[], operation: Operation<'insert'>): void {
  const { step, values } = wholeList(trails, operation);
  if (operation.index > values.length) throw beyondEnd(operation, 'index', values.length);
  const { value } = buildElementValue(step.structure, step.element.name, operation.value, operation);
  writeValues(step.holder, step.element, values.toSpliced(operation.index, 0, value));
}

function move(trails: readonly Trail[], operation: Operation<'move'>): void {
  const { step, values } = wholeList(trails, operation);
  const last = values.length - 1;
  if (operation.source > last) throw beyondEnd(operation, 'source', last);
  if (operation.destination > last) throw beyondEnd(operation, 'destination', last);
  const [moved] = values.splice(operation.source, 1) as [ElementValue];
  writeValues(step.holder, step.element, values.toSpliced(operation.destination, 0, moved));
}

function beyondEnd(operation: PatchOperation, name: string, last: number): PatchError {
  return new PatchError('inapplicable', `${operation.label}: ${name} must be from 0 to ${last}`, operation.path);
}

/** Gives the list that a path selects: all entries of one repeating element, and nothing else. */
function wholeList(trails: readonly Trail[], operation: PatchOperation): { step: Step; values: ElementValue[] } {
  const step = trails[0]?.at(-1);
  if (step === undefined || !step.element.many) throw new PatchError('inapplicable', `${operation.label}: path must select a list`, operation.path);
  const values = readValues(step.holder, step.element);
  const isWhole = trails.length === values.length && trails.every((trail) => trail.at(-1)?.holder === step.holder && trail.at(-1)?.element === step.element);
  if (!isWhole) throw new PatchError('inapplicable', `${operation.label}: path must select all entries of one list`, operation.path);
  return { step, values };
}

function replace(trail: Trail, operation: Operation<'replace'>): void {
  const step = lastStep(trail, operation);
  const { element, value } = buildElementValue(step.structure, pathName(step), operation.value, operation);
  if (element.many) {
    writeValues(step.holder, element, readValues(step.holder, element).with(step.index, value));
    return;
  }
  if (element !== step.element) writeValues(step.holder, step.element, []);
  writeValues(step.holder, element, [value]);
}

function remove(trail: Trail, operation: Operation<'delete'>): void {
  lastStep(trail, operation);
  for (let i = trail.length - 1; i >= 0; i--) {
    const step = trail[i] as Step;
    const kept = readValues(step.holder, step.element);
    const gone = kept[step.index];
    // A primitive that loses its last extension keeps its value.
    if (i < trail.length - 1 && gone?.value !== undefined && isPrimitiveElement(step.element)) kept[step.index] = { value: gone.value, beside: undefined };
    else kept.splice(step.index, 1);
    writeValues(step.holder, step.element, kept);
    // An element that lost its last child is gone too: JSON and XML have no empty elements (R4 §2.6.2.2).
    if (Object.keys(step.holder).length > 0) return;
  }
}

function lastStep(trail: Trail, operation: PatchOperation): Step {
  const step = trail.at(-1);
  if (step === undefined) throw new PatchError('inapplicable', `${operation.label}: path must select an element, not the whole resource`, operation.path);
  return step;
}

function pathName(step: Step): string {
  const { definedName } = step.element;
  return definedName.endsWith('[x]') ? definedName.slice(0, -3) : definedName;
}
