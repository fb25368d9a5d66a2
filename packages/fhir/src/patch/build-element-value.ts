// Makes the value of an element from a part of the patch: `value[x]`, a resource, or nested parts for a type without a name.
import { structureOf, type Element, type Structure } from '../structure/structure.ts';
import { cloneJson } from './clone-json.ts';
import { readValues, writeValues, type ElementValue, type JsonObject } from './element-values.ts';
import { isPrimitiveElement } from './locate-elements.ts';
import { PatchError } from './patch-error.ts';

interface BuiltValue {
  /** The element it belongs to: for a choice, the form of the value's type. */
  readonly element: Element;
  readonly value: ElementValue;
}

interface PatchPlace {
  readonly label: string;
  readonly path: string;
}

/** Builds the value of a structure's element named as in FHIRPath (`value`, not `valueQuantity`). */
export function buildElementValue(structure: Structure, name: string, part: JsonObject, place: PatchPlace): BuiltValue {
  const forms = formsOf(structure, name);
  if (forms.length === 0) throw new PatchError('inapplicable', `${place.label}: ${structure.path} has no element ${name.slice(0, 64)}`, place.path);
  const valueName = Object.keys(part).find((key) => /^_?value[A-Z]/.test(key))?.replace('_', '');
  if (valueName === undefined) return buildNested(forms, part, place);
  const type = valueName.slice('value'.length);
  const element = forms.find((form) => accepts(form, type, forms.length > 1));
  if (element === undefined) throw new PatchError('inapplicable', `${place.label}: ${structure.path}.${name} cannot be of type ${type}`, place.path);
  return { element, value: { value: cloneJson(part[valueName]), beside: cloneJson(part[`_${valueName}`]) } };
}

/** Adds a value to an object: to the end of a repeating element, or as the only value of one that has none. */
export function addElementValue(holder: JsonObject, structure: Structure, name: string, part: JsonObject, place: PatchPlace): void {
  const { element, value } = buildElementValue(structure, name, part, place);
  const rivals = formsOf(structure, name);
  if (!element.many && rivals.some((form) => readValues(holder, form).length > 0)) {
    throw new PatchError('inapplicable', `${place.label}: ${structure.path}.${name} already has a value: replace it`, place.path);
  }
  writeValues(holder, element, [...readValues(holder, element), value]);
}

/** Gives the JSON forms of an element named in FHIRPath: several for a choice. */
export function formsOf(structure: Structure, name: string): readonly Element[] {
  const defined = structure.choices.get(name.endsWith('[x]') ? name : `${name}[x]`) ?? structure.choices.get(name);
  if (defined !== undefined) return defined;
  const element = structure.elements.get(name);
  return element === undefined ? [] : [element];
}

function accepts(form: Element, type: string, isChoice: boolean): boolean {
  if (capital(form.type.code) === type) return true;
  if (isChoice) return false;
  // A code may come as valueString and an Age as valueQuantity: clients cannot always know, and validation follows.
  if (isPrimitiveElement(form)) return structureOf(type.charAt(0).toLowerCase() + type.slice(1))?.kind === 'primitive';
  return structureOf(form.type.code)?.base === type || structureOf(type)?.base === form.type.code;
}

function buildNested(forms: readonly Element[], part: JsonObject, place: PatchPlace): BuiltValue {
  const element = forms[0] as Element;
  if (forms.length > 1) throw new PatchError('malformed', `${place.label}: the value of a choice must be given as value[x], so that its type is known`, place.path);
  if (element.type.code === 'Resource' && part['resource'] !== undefined) return { element, value: { value: cloneJson(part['resource']), beside: undefined } };
  const { code } = element.type;
  const structure = structureOf(code.startsWith('#') ? code.slice(1) : code);
  const parts = part['part'];
  if (structure === undefined || structure.kind === 'primitive' || !Array.isArray(parts) || parts.length === 0) {
    throw new PatchError('malformed', `${place.label}: the value must be given as value[x], or as parts for an element without a type of its own`, place.path);
  }
  const value: JsonObject = {};
  for (const member of parts as JsonObject[]) {
    const name = (member as JsonObject | null)?.['name'];
    if (typeof name !== 'string') throw new PatchError('malformed', `${place.label}: each part of the value must have a name`, place.path);
    addElementValue(value, structure, name, member, place);
  }
  return { element, value: { value, beside: undefined } };
}

function capital(code: string): string {
  return code.charAt(0).toUpperCase() + code.slice(1);
}
