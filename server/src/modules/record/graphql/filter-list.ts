import { isNumber, numberText, structureOf, type Element } from '@sen/fhir';
import { GraphqlError } from './graphql-error.ts';
import type { Field } from './fields.ts';

type Json = Readonly<Record<string, unknown>>;
/** Gives what a FHIRPath expression finds in each of the values of a type. */
type Evaluate = (type: string, expression: string, values: readonly unknown[]) => Promise<unknown[][]>;

/** Keeps those of an element's repetitions that its arguments ask for (R4 graphql.html §3.4.1.4: sub-elements, `fhirpath`, `_offset`, `_count`). */
export async function filterList(field: Field, element: Element, values: readonly unknown[], path: readonly (string | number)[], evaluate: Evaluate): Promise<unknown[]> {
  let kept = [...values];
  for (const [name, value] of field.arguments) {
    if (name === '_offset' || name === '_count') continue;
    kept = name === 'fhirpath' ? await keepByPath(kept, typeOf(element), String(value), evaluate) : keepByElement(field, element, kept, name, value, path);
  }
  const offset = wholeNumber(field, '_offset', path) ?? 0;
  const count = wholeNumber(field, '_count', path);
  return kept.slice(offset, count === undefined ? undefined : offset + count);
}

function keepByElement(field: Field, element: Element, values: readonly unknown[], name: string, wanted: unknown, path: readonly (string | number)[]): unknown[] {
  if (typeof wanted === 'object') throw new GraphqlError(`"${name}" of "${field.name}" takes a simple value.`, field.node, path);
  if (structureOf(typeOf(element))?.elements.has(name) !== true) throw new GraphqlError(`"${field.name}" has no element "${name}" to be chosen by.`, field.node, path);
  return values.filter((value) => {
    const found = (value as Json | null)?.[name];
    return (Array.isArray(found) ? (found as unknown[]) : [found]).some((one) => (isNumber(one) ? Number(numberText(one)) === Number(wanted) : String(one) === String(wanted)));
  });
}

async function keepByPath(values: readonly unknown[], type: string, expression: string, evaluate: Evaluate): Promise<unknown[]> {
  const found = await evaluate(type, expression, values);
  return values.filter((_value, i) => found[i]!.length > 0 && found[i]![0] !== false);
}

function typeOf({ type: { code } }: Element): string {
  return code.startsWith('#') ? code.slice(1) : code;
}

function wholeNumber(field: Field, name: string, path: readonly (string | number)[]): number | undefined {
  const value = field.arguments.get(name);
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) throw new GraphqlError(`${name} of "${field.name}" takes a whole number.`, field.node, path);
  return value;
}
