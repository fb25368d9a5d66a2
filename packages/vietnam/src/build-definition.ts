// Builds StructureDefinitions of ours: what they share stands here once, so that a profile reads as its rules.
import { canonical } from './canonical.ts';

/** Name of the package among FHIR packages. */
export const packageName = 'vn.sen.fhir';

export const packageVersion = '0.1.0';

/** Day on which the definitions last changed their meaning. */
export const packageDate = '2026-11-23';

export interface ElementRules {
  readonly path: string;
  readonly [rule: string]: unknown;
}

export interface Definition {
  readonly resourceType: 'StructureDefinition';
  readonly id: string;
  readonly url: string;
  readonly version: string;
  readonly name: string;
  readonly kind: string;
  readonly type: string;
  readonly baseDefinition: string;
  readonly derivation: string;
  readonly context?: readonly { readonly type: string; readonly expression: string }[];
  readonly differential: { readonly element: readonly ElementRules[] };
  readonly [element: string]: unknown;
}

interface Words {
  readonly id: string;
  /** Vietnamese; the English is the description. */
  readonly title: string;
  readonly description: string;
}

/** A profile of an R4 type. Elements are named without the type at their start (`identifier:citizen.value`); the empty name is the type itself. */
export function profileOf(type: string, kind: 'resource' | 'complex-type', words: Words, elements: readonly (readonly [id: string, rules: object])[]): Definition {
  const root = { id: type, path: type, ...elements.find(([id]) => id === '')?.[1] };
  return definition(type, kind, words, [root, ...elements.filter(([id]) => id !== '').map(([id, rules]) => element(type, id, rules))]);
}

/** An extension with one value, for the elements of its context. */
export function extensionOf(words: Words, context: readonly string[], value: object): Definition {
  const url = canonical('StructureDefinition', words.id);
  const elements = [
    { id: 'Extension', path: 'Extension', short: words.title, definition: words.description },
    element('Extension', 'extension', { max: '0' }),
    element('Extension', 'url', { fixedUri: url }),
    element('Extension', 'value[x]', { min: 1, ...value }),
  ];
  return { ...definition('Extension', 'complex-type', words, elements), context: context.map((expression) => ({ type: 'element', expression })) };
}

/** Rules of the slice that holds an identifier of one system. `value` are those of its value. */
export function identifierSlice(name: string, system: string, slice: object, value: object): [string, object][] {
  return [
    [`identifier:${name}`, slice],
    [`identifier:${name}.system`, { min: 1, fixedUri: system }],
    [`identifier:${name}.value`, { min: 1, ...value }],
  ];
}

/** Rules of the slice that holds one of our extensions. */
export function extensionSlice(name: string, id: string, slice: object = {}): [string, object] {
  return [`extension:${name}`, { max: '1', ...slice, type: [{ code: 'Extension', profile: [canonical('StructureDefinition', id)] }] }];
}

export function constraint(key: string, severity: 'error' | 'warning', human: string, expression: string): object {
  return { key, severity, human, expression };
}

/** A binding to one of our value sets. Lists we know only at second hand are extensible: a code outside is a warning. */
export function binding(valueSet: string): object {
  return { strength: 'extensible', valueSet: canonical('ValueSet', valueSet) };
}

export const bySystem = { discriminator: [{ type: 'value', path: 'system' }], rules: 'open' } as const;

function element(type: string, id: string, rules: object): ElementRules {
  const sliceName = /:([^.:]+)$/.exec(id)?.[1];
  return { id: `${type}.${id}`, path: `${type}.${id.replaceAll(/:[^.]+/g, '')}`, ...(sliceName === undefined ? {} : { sliceName }), ...rules };
}

function definition(type: string, kind: string, { id, title, description }: Words, elements: readonly ElementRules[]): Definition {
  return {
    resourceType: 'StructureDefinition',
    id,
    url: canonical('StructureDefinition', id),
    version: packageVersion,
    name: id.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(''),
    title,
    status: 'active',
    date: packageDate,
    publisher: 'Sen',
    description,
    jurisdiction: [{ coding: [{ system: 'urn:iso:std:iso:3166', code: 'VN', display: 'Viet Nam' }] }],
    fhirVersion: '4.0.1',
    kind,
    abstract: false,
    type,
    baseDefinition: `http://hl7.org/fhir/StructureDefinition/${type}`,
    derivation: 'constraint',
    differential: { element: elements },
  };
}
