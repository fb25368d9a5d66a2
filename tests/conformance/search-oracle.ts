// What a resource should be found by, worked out apart from our own index: R4's expression of the parameter, run by a FHIRPath engine of others.
import fhirpath from 'fhirpath';
import model from 'fhirpath/fhir-context/r4';
import type { Json } from './client.ts';
import type { ParameterDefinition } from './read-examples.ts';

const compiled = new Map<string, (resource: Json) => Json[]>();

/** Search values of a parameter that must find the resource; none where its expression gives none that can be searched to the letter. */
export function valuesFor(definition: ParameterDefinition, resource: Json): string[] {
  return [...new Set(elementsAt(definition, resource).flatMap((value) => valuesOf(definition.type, value)))];
}

/** What R4's expression of a parameter gives of a resource. */
export function elementsAt({ expression }: ParameterDefinition, resource: Json): Json[] {
  const own = expression!.split(/\s\|\s/).filter((part) => concerns(part.trim(), resource.resourceType)).join(' | ');
  if (own === '') return [];
  let run = compiled.get(own);
  if (run === undefined) compiled.set(own, (run = compile(own)));
  return run(resource).map((value) => value?.asStringValue ?? value);
}

function concerns(part: string, type: string): boolean {
  const root = /^\(*([A-Z]\w+)\./.exec(part)?.[1];
  return root === undefined || [type, 'Resource', 'DomainResource'].includes(root);
}

// resolve() would need a server, and `as` fails on lists: both are put into words that mean the same here
function compile(expression: string): (resource: Json) => Json[] {
  const plain = expression
    .replace(/\.where\(resolve\(\) is (\w+)\)/g, ".where(reference.contains('$1/'))")
    .replace(/\((\S+) as (\w+)\)/g, '$1.ofType($2)')
    .replace(/\.as\((\w+)\)/g, '.ofType($1)')
    .replace(/ as (\w+)/g, '.ofType($1)');
  return fhirpath.compile(plain, model) as unknown as (resource: Json) => Json[];
}

const escaped = (text: unknown): string => String(text).replace(/([\\,|$])/g, '\\$1');
const whole = (value: unknown): string[] => (typeof value === 'object' || value === undefined ? [] : [escaped(value)]);

function valuesOf(type: string, value: Json): string[] {
  if (value === null || value === undefined) return [];
  switch (type) {
    case 'token':
      return tokensOf(value);
    case 'string':
      return typeof value === 'object' ? partsOf(value).map(escaped) : [escaped(String(value).slice(0, 60))];
    case 'reference':
      return typeof value === 'object' ? whole(value.reference?.startsWith('#') ? undefined : value.reference?.replace(/\/_history.*/, '')) : local(value);
    case 'uri':
    case 'number':
      return whole(value);
    case 'date':
      return dateOf(value);
    case 'quantity':
      return value.value === undefined || value.comparator ? [] : [`${value.value}|${escaped(value.system ?? '')}|${escaped(value.code ?? value.unit ?? '')}`];
    default:
      return [];
  }
}

// A fragment (`#a`) means a contained resource, which has no address to be found by.
const local = (value: string): string[] => (value.startsWith('#') ? [] : whole(value));

function tokensOf(value: Json): string[] {
  if (typeof value !== 'object') return whole(value);
  const paired = (system: string | undefined, code: unknown) => (code === undefined ? [] : [`${escaped(system ?? '')}|${escaped(code)}`]);
  if (value.coding) return value.coding.flatMap((coding: Json) => paired(coding.system, coding.code));
  if (value.code !== undefined) return paired(value.system, value.code);
  return /^(phone|fax|email|pager|url|sms|other)$/.test(value.system ?? '') ? whole(value.value) : paired(value.system, value.value);
}

function partsOf(value: Json): string[] {
  return [...(value.given ?? []), value.family, value.text, value.city, value.state, value.country, value.postalCode, ...(value.line ?? [])].filter((part) => typeof part === 'string');
}

function dateOf(value: Json): string[] {
  // a `string` among the types of a choice is no date, though it may look like one
  if (typeof value !== 'object') return /^\d{4}(-\d\d(-\d\d)?)?$|^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(String(value)) ? [String(value)] : [];
  if (value.start !== undefined) return [`ge${value.start}`];
  return value.end === undefined ? [] : [`le${value.end}`];
}
