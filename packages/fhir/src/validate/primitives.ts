// Every R4 primitive, to the letter of its definition (R4 §2.24.0.1).
// Diagnostics never quote the value: an outcome may be logged, and a value may be a patient's.
import { isRawNumber } from '../json/lossless.ts';
import { isDate, isDateTime, isInstant, isTime } from './dates.ts';
import { jsonTypeName, type Problem } from './findings.ts';
import { narrativeProblem } from './narrative.ts';

/** Judges a primitive's JSON value; undefined when it is right. */
export type PrimitiveCheck = (value: unknown) => Problem | undefined;

const maxStringLength = 1024 * 1024;
const maxInt = 2_147_483_647;
// Control characters cannot be written in XML 1.0, so they have no place in a resource; PostgreSQL refuses U+0000.
const controlCharacter = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;

const id = /^[A-Za-z0-9\-.]{1,64}$/;
// White space is that of XML Schema, whose patterns these are: a no-break space is not white space here.
const code = /^[^ \t\r\n]+(?:[ \t\r\n][^ \t\r\n]+)*$/;
const uri = /^[^ \t\r\n]+$/;
const oid = /^urn:oid:[0-2](?:\.(?:0|[1-9]\d*))+$/;
const uuid = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const base64 = /^[A-Za-z0-9+/]+={0,2}$/;

const checks: Readonly<Record<string, PrimitiveCheck>> = {
  boolean: (value) => (typeof value === 'boolean' ? undefined : wrongType('true or false', value)),
  decimal: checkDecimal,
  integer: (value) => checkInteger(value, -maxInt - 1),
  unsignedInt: (value) => checkInteger(value, 0),
  positiveInt: (value) => checkInteger(value, 1),
  string: checkText,
  markdown: checkText,
  code: pattern((text) => code.test(text) && isPlainText(text), 'must be a code: no space at its ends, no two spaces together'),
  id: pattern((text) => id.test(text), 'must be an id: 1 to 64 of the characters A-Z a-z 0-9 - .'),
  uri: pattern(isUri, 'must be a URI without spaces'),
  url: pattern(isUri, 'must be a URL without spaces'),
  canonical: pattern(isUri, 'must be a canonical URL without spaces'),
  oid: pattern((text) => oid.test(text), 'must be an OID such as urn:oid:1.2.3'),
  uuid: pattern((text) => uuid.test(text), 'must be a UUID such as urn:uuid:c757873d-ec9a-4326-a141-556f43239520, in lower case'),
  date: pattern(isDate, 'must be a date of the calendar as YYYY, YYYY-MM or YYYY-MM-DD'),
  dateTime: pattern(isDateTime, 'must be YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm:ss with a time zone (Z or +07:00), of a day in the calendar'),
  instant: pattern(isInstant, 'must be an instant as YYYY-MM-DDThh:mm:ss with a time zone (Z or +07:00), of a day in the calendar'),
  time: pattern(isTime, 'must be a time of day as hh:mm:ss, without a time zone'),
  base64Binary: pattern(isBase64, 'must be base64 (A-Z a-z 0-9 + /, padded with =)'),
  xhtml: checkNarrative,
};

/** Gives the check of a primitive type; throws when R4 has no such primitive (the table is wrong then). */
export function primitiveCheck(type: string): PrimitiveCheck {
  const check = Object.hasOwn(checks, type) ? checks[type] : undefined;
  if (check === undefined) throw new Error(`No check for the primitive type ${type}`);
  return check;
}

function wrongType(expected: string, value: unknown): Problem {
  const hint = value === null ? ' (null stands only in an array, beside an extension in the array of the same name with _)' : '';
  return { code: 'structure', diagnostics: `must be ${expected}, found ${jsonTypeName(value)}${hint}` };
}

function checkText(value: unknown): Problem | undefined {
  if (typeof value !== 'string') return wrongType('a string', value);
  if (value.length === 0) return { code: 'value', diagnostics: 'must not be empty: leave the element out instead' };
  if (value.length > maxStringLength) return { code: 'too-long', diagnostics: 'must not exceed 1,048,576 characters' };
  if (controlCharacter.test(value)) return { code: 'value', diagnostics: 'must not contain control characters other than tab, line feed and carriage return' };
  if (!value.isWellFormed()) return { code: 'value', diagnostics: 'must be valid Unicode: it contains half of a surrogate pair' };
  return undefined;
}

function pattern(matches: (text: string) => boolean, diagnostics: string): PrimitiveCheck {
  const problem: Problem = { code: 'value', diagnostics };
  return (value) => {
    if (typeof value !== 'string') return wrongType('a string', value);
    return matches(value) ? undefined : problem;
  };
}

function isUri(text: string): boolean {
  return uri.test(text) && isPlainText(text);
}

function isPlainText(text: string): boolean {
  return !controlCharacter.test(text) && text.isWellFormed();
}

function isBase64(text: string): boolean {
  if (!/\s/.test(text)) return text.length % 4 === 0 && base64.test(text);
  // By R4's expression white space stands between groups of four only; lines of 76 characters, as mail has them, pass.
  const parts = text.split(/\s+/).filter((part) => part !== '');
  return parts.every((part) => part.length % 4 === 0) && base64.test(parts.join(''));
}

function checkDecimal(value: unknown): Problem | undefined {
  if (typeof value === 'number' ? Number.isFinite(value) : isRawNumber(value)) return undefined;
  return wrongType('a number', value);
}

function checkInteger(value: unknown, min: number): Problem | undefined {
  if (typeof value === 'number') {
    if (Number.isInteger(value) && value >= min && value <= maxInt && !Object.is(value, -0)) return undefined;
  } else if (!isRawNumber(value)) {
    return wrongType('a whole number', value);
  }
  // A number kept as text (1.0, 1e3, -0) is no integer by the definition's pattern, whatever its value.
  return { code: 'value', diagnostics: `must be a whole number from ${min} to ${maxInt}, written without fraction or exponent` };
}

function checkNarrative(value: unknown): Problem | undefined {
  if (typeof value !== 'string') return wrongType('a string of XHTML', value);
  if (!isPlainText(value)) return { code: 'value', diagnostics: 'must be valid Unicode without control characters' };
  const diagnostics = narrativeProblem(value);
  return diagnostics === undefined ? undefined : { code: 'invariant', diagnostics };
}
