// FHIR JSON read without losing a digit: R4 §2.24.0.1 asks that `1.0` stays `1.0`.

/** A number whose text JavaScript would change (`1.0`, `1e3`, 20 digits): keeps its text and prints it unchanged. */
export interface RawNumber {
  readonly rawJSON: string;
}

interface LosslessJson {
  rawJSON(text: string): RawNumber;
  isRawJSON(value: unknown): value is RawNumber;
  parse(text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown): unknown;
}
const json = JSON as unknown as LosslessJson;

// A digit run that ends in a fraction's zero, has an exponent, a negative zero, or is longer than a double holds.
const mayLoseDigits = /\d\.\d*0(?=[\s,\]}]|$)|\d[eE][+-]?\d|-0(?=[\s,\]}]|$)|\d{16}|\d[\d.]{16}/;

/** Parses JSON so that `JSON.stringify` gives every number back as it was written. Throws SyntaxError as JSON.parse does. */
export function parseLossless(text: string): unknown {
  if (!mayLoseDigits.test(text)) return JSON.parse(text);
  return json.parse(text, (_key, value, context) =>
    typeof value === 'number' && context.source !== undefined && String(value) !== context.source
      ? json.rawJSON(context.source)
      : value,
  );
}

/** Tells whether a parsed value is a number kept as its text. */
export function isRawNumber(value: unknown): value is RawNumber {
  return typeof value === 'object' && value !== null && json.isRawJSON(value);
}

/** Tells whether a parsed value is a JSON number, plain or kept as text. */
export function isNumber(value: unknown): value is number | RawNumber {
  return typeof value === 'number' || isRawNumber(value);
}

/** The digits of a parsed number as they were written. */
export function numberText(value: number | RawNumber): string {
  return typeof value === 'number' ? String(value) : value.rawJSON;
}

/** The value of a parsed number as a double. */
export function numberValue(value: number | RawNumber): number {
  return typeof value === 'number' ? value : Number(value.rawJSON);
}
