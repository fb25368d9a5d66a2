// Units of UCUM in terms of its base units, by the grammar of UCUM 2.1 §§ 3 to 12.
import { bases, binaryPrefixes, derived, prefixes, shifted } from './atoms.ts';

/** A unit: value in base units = (value + shift) × factor. */
export interface Unit {
  readonly factor: number;
  readonly shift: number;
  /** Exponents of the base units, as text: equal for units that can be converted into each other. */
  readonly dimension: string;
}

type Exponents = ReadonlyMap<string, number>;
interface Term {
  readonly factor: number;
  readonly exponents: Exponents;
}

interface Atom {
  readonly metric: boolean;
  readonly term: () => Term;
}

const one: Term = { factor: 1, exponents: new Map() };
const atoms = new Map<string, Atom>();
for (const code of bases) addAtom(code, (name) => ({ factor: 1, exponents: new Map([[name, 1]]) }));
for (const [code, [factor, unit]] of Object.entries(derived)) {
  addAtom(code, () => {
    const term = readTerm(unit);
    if (term === undefined) throw new Error(`UCUM table: ${code} is made of ${unit}, which is no unit`);
    return { factor: factor * term.factor, exponents: term.exponents };
  });
}

function addAtom(code: string, make: (name: string) => Term): void {
  const metric = code.endsWith('~');
  const name = metric ? code.slice(0, -1) : code;
  let made: Term | undefined;
  atoms.set(name, { metric, term: () => (made ??= make(name)) });
}

const known = new Map<string, Unit | undefined>();

/** Reads the code of a unit, such as `mmol/L`, `10*3/uL` or `mm[Hg]`; undefined for what is no UCUM. */
export function unitOf(code: string): Unit | undefined {
  if (!known.has(code)) {
    if (known.size >= 10_000) known.clear();
    known.set(code, readUnit(code));
  }
  return known.get(code);
}

function readUnit(code: string): Unit | undefined {
  if (code.length > 100) return undefined;
  const special = Object.hasOwn(shifted, code) ? shifted[code] : undefined;
  const term = readTerm(special === undefined ? code : special[2]);
  if (term === undefined) return undefined;
  const dimension = [...term.exponents].filter(([, exponent]) => exponent !== 0).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, exponent]) => `${name}${exponent}`).join('.');
  return special === undefined ? { factor: term.factor, shift: 0, dimension } : { factor: special[1] * term.factor, shift: special[0], dimension };
}

/** A whole expression: components joined by `.` and `/` from left to right, perhaps begun by `/`. */
function readTerm(text: string): Term | undefined {
  const words = wordsOf(text);
  if (words === undefined) return undefined;
  const reader = { words, at: 0 };
  const term = expression(reader);
  return reader.at === words.length ? term : undefined;
}

interface Reader {
  readonly words: readonly string[];
  at: number;
}

const word = /[./()]|\{[^{}]*\}|(?:\[[^\][]*\]|[^./()[\]{}\s])+/y;

/** Splits into operators and units; an annotation in braces says nothing of the quantity, and alone it is 1 (§6). */
function wordsOf(text: string): string[] | undefined {
  const words: string[] = [];
  word.lastIndex = 0;
  while (word.lastIndex < text.length) {
    const match = word.exec(text);
    if (match === null) return undefined;
    const [found] = match;
    const before = words.at(-1);
    if (!found.startsWith('{')) words.push(found);
    else if (before === undefined || /^[./(]$/.test(before)) words.push('1');
  }
  return words.length === 0 ? undefined : words;
}

function expression(reader: Reader): Term | undefined {
  let term: Term | undefined = reader.words[reader.at] === '/' ? one : component(reader);
  for (let operator = reader.words[reader.at]; term !== undefined && (operator === '.' || operator === '/'); operator = reader.words[reader.at]) {
    reader.at++;
    const next = component(reader);
    term = next === undefined ? undefined : product(term, next, operator === '.' ? 1 : -1);
  }
  return term;
}

function component(reader: Reader): Term | undefined {
  const next = reader.words[reader.at++];
  if (next === undefined || next === '.' || next === '/' || next === ')') return undefined;
  if (next !== '(') return simpleUnit(next);
  const inner = expression(reader);
  return reader.words[reader.at++] === ')' ? inner : undefined;
}

/** Far longer than any atom with its prefix and exponent; a million digits would be gone through a million times. */
const longestAtom = 100;

/** A number, or an atom with its prefix and exponent. An atom that ends in a digit (`10*`, `cal_[20]`) is looked for first as it stands. */
function simpleUnit(text: string): Term | undefined {
  if (/^\d+$/.test(text)) return { factor: Number(text), exponents: new Map() };
  const whole = prefixed(text);
  if (whole !== undefined) return whole;
  const match = text.length > longestAtom ? null : /^(.+?)([+-]?\d+)$/.exec(text);
  if (match === null) return undefined;
  const term = prefixed(match[1] as string);
  return term === undefined ? undefined : product(one, term, Number(match[2]));
}

function prefixed(text: string): Term | undefined {
  const plain = atoms.get(text);
  if (plain !== undefined) return plain.term();
  for (let length = 1; length <= 2 && length < text.length; length++) {
    const prefix = text.slice(0, length);
    const power = Object.hasOwn(prefixes, prefix) ? prefixes[prefix] : undefined;
    const atom = atoms.get(text.slice(length));
    if (atom?.metric !== true) continue;
    if (power !== undefined) return product(one, atom.term(), 1, Number(`1e${power}`));
    if (Object.hasOwn(binaryPrefixes, prefix) && /^(bit|By)$/.test(text.slice(length))) return product(one, atom.term(), 1, binaryPrefixes[prefix]);
  }
  return undefined;
}

function product(left: Term, right: Term, exponent: number, times = 1): Term {
  const exponents = new Map(left.exponents);
  for (const [name, power] of right.exponents) exponents.set(name, (exponents.get(name) ?? 0) + power * exponent);
  return { factor: left.factor * times * right.factor ** exponent, exponents };
}

/**
 * A function that tells a value of one unit in another; undefined when the two do not measure the same. Rounded to the 15 digits that a double
 * surely holds, so that 5.4 g is 5400 mg and not a little more.
 */
export function conversion(from: string, to: string): ((value: number) => number) | undefined {
  if (from === to) return unitOf(from) === undefined ? undefined : (value) => value;
  const [a, b] = [unitOf(from), unitOf(to)];
  if (a === undefined || b === undefined || a.dimension !== b.dimension) return undefined;
  const ratio = Number((a.factor / b.factor).toPrecision(15));
  return (value) => (Number.isFinite(value) ? Number(((value + a.shift) * ratio - b.shift).toPrecision(13)) : value);
}
