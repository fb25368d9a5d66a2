// The values of one element of a FHIR JSON object, as one list whether it repeats or not,
// each with what JSON keeps beside it under `_name` (R4 §2.6.2).
import type { Element } from '../structure/structure.ts';

export interface ElementValue {
  readonly value: unknown;
  readonly beside: unknown;
}

export type JsonObject = Record<string, unknown>;

/** Reads the values an element has in its holder; none gives an empty list. */
export function readValues(holder: JsonObject, element: Element): ElementValue[] {
  const value = holder[element.name];
  const beside = holder[`_${element.name}`];
  if (!element.many) return value === undefined && beside === undefined ? [] : [{ value, beside }];
  const values = Array.isArray(value) ? (value as unknown[]) : [];
  const besides = Array.isArray(beside) ? (beside as unknown[]) : [];
  const length = Math.max(values.length, besides.length);
  return Array.from({ length }, (_, i) => ({ value: values[i] ?? undefined, beside: besides[i] ?? undefined }));
}

/** Writes the values of an element into its holder; none leaves no trace of it. */
export function writeValues(holder: JsonObject, element: Element, values: readonly ElementValue[]): void {
  writeSide(holder, element.name, element.many, values.map(({ value }) => value));
  writeSide(holder, `_${element.name}`, element.many, values.map(({ beside }) => beside));
}

function writeSide(holder: JsonObject, name: string, many: boolean, side: readonly unknown[]): void {
  if (side.every((item) => item === undefined)) {
    delete holder[name];
    return;
  }
  holder[name] = many ? side.map((item) => item ?? null) : side[0];
}
