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

/** Parses JSON so that `JSON.stringify` gives every number back as it was written. Throws SyntaxError as JSON.parse does. */
export function parseLossless(text: string): unknown {
  if (!losesDigits(text)) return JSON.parse(text);
  return json.parse(text, (_key, value, context) =>
    typeof value === 'number' && context.source !== undefined && String(value) !== context.source
      ? json.rawJSON(context.source)
      : value,
  );
}

/**
 * Tells whether some number of a JSON text would come back otherwise (`1.0`, `1e3`, 17 digits). Looks only outside strings, so that
 * the costly way of parsing is taken by the few texts that need it.
 */
function losesDigits(text: string): boolean {
  for (let at = 0; at < text.length; ) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return hasOtherNumber(text, at, text.length);
    if (quote - at > 1 && hasOtherNumber(text, at, quote)) return true;
    at = afterString(text, quote);
  }
  return false;
}

function afterString(text: string, quote: number): number {
  for (let end = text.indexOf('"', quote + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === 0x5c) slashes++;
    if (slashes % 2 === 0) return end + 1;
  }
  return text.length;
}

const numbers = /-?\d[\d.eE+-]*/g;

function hasOtherNumber(text: string, from: number, to: number): boolean {
  let digit = false;
  for (let i = from; i < to && !digit; i++) {
    const c = text.charCodeAt(i);
    digit = c >= 0x30 && c <= 0x39;
  }
  if (!digit) return false;
  return text.slice(from, to).match(numbers)?.some((number) => String(Number(number)) !== number) ?? false;
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
