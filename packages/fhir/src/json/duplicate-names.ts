// R4 json.html §2.6.2: property names SHALL be unique. JSON.parse keeps the last of two equal names and says nothing, which would lose data.
import { isRawNumber } from './lossless.ts';

/** Tells whether an object in the JSON text has a name twice, by counting: `parsed` (from this very text) has then fewer names. */
export function hasDuplicateName(text: string, parsed: unknown): boolean {
  return colonsOutsideStrings(text) !== namesIn(parsed);
}

function colonsOutsideStrings(text: string): number {
  let colons = 0;
  for (let at = text.indexOf(':'), quote = text.indexOf('"'); at !== -1; at = text.indexOf(':', at)) {
    while (quote !== -1 && quote < at) {
      const end = endOfString(text, quote + 1);
      if (end > at) at = text.indexOf(':', end);
      if (at === -1) return colons;
      quote = text.indexOf('"', end + 1);
    }
    colons++;
    at++;
  }
  return colons;
}

/** Place of the quote that ends a string. */
function endOfString(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at !== -1 && isEscaped(text, at)) at = text.indexOf('"', at + 1);
  return at === -1 ? text.length : at;
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text.charCodeAt(at - 1 - slashes) === backslash) slashes++;
  return slashes % 2 === 1;
}

const backslash = 92;

function namesIn(value: unknown): number {
  if (typeof value !== 'object' || value === null || isRawNumber(value)) return 0;
  let names = 0;
  if (Array.isArray(value)) {
    for (const item of value) names += namesIn(item);
    return names;
  }
  for (const name in value) names += 1 + namesIn((value as Record<string, unknown>)[name]);
  return names;
}
