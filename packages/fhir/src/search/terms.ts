// Terms: the 64-bit hash of one indexed value. A row of the index holds `term XOR place`, where the place is the hash of type, path and kind.
import { fold, foldedLength } from './fold.ts';
import { hash64, keyOf } from './keys.ts';

const memo = new Map<string, bigint>();

/** Hash of a text that comes back often (codes, systems, places); remembers a bounded number. */
function remembered(text: string): bigint {
  const known = memo.get(text);
  if (known !== undefined) return known;
  const hash = hash64(text);
  if (memo.size >= 50_000) memo.clear();
  memo.set(text, hash);
  return hash;
}

/** A code whatever its system. */
export const codeTerm = (code: string): bigint => remembered(`c|${code}`);
/** A code in a system; the empty system means "has none". */
export const systemCodeTerm = (system: string, code: string): bigint => remembered(`s|${system}|${code}`);
/** Any code in a system. */
export const systemTerm = (system: string): bigint => remembered(`y|${system}`);
/** A URI or canonical, whole. */
export const uriTerm = (uri: string): bigint => remembered(`u|${uri}`);
/** A string to the letter, for `:exact`. */
export const exactTerm = (text: string): bigint => (isWord(text) ? remembered : hash64)(`=|${text.normalize('NFC')}`);
/** Single words (parts of names, cities) come back often; whole names and addresses do not, and would only push them out. */
const isWord = (text: string): boolean => text.length <= 16 && !text.includes(' ');
/** A type of resource, to tell `Patient/1` from `Group/1`. */
export const typeTerm = (type: string): bigint => remembered(`t|${type}`);
/** A reference to a resource of this server. */
export const referenceTerm = (type: string, id: string): bigint => keyOf(id) ^ typeTerm(type);
/** The first part of a composite, bound to the others. */
export const pairTerm = (first: bigint, second: bigint): bigint => hash64(`p|${first}|${second}`);

/** A text beside a code, for `:text`: folded, so that texts that are searched alike are one. */
export function textTerm(text: string): bigint {
  return remembered(`w|${textOfCode(text)}`);
}

/** A string as it is compared: folded, and cut where the index ends. */
export const foldedText = (text: string): string => (isWord(text) ? textOfCode(text) : fold(text).slice(0, foldedLength));

const folded = new Map<string, string>();

/** The text beside a code as it is compared; remembered, since hospitals write the same ones again and again. */
export function textOfCode(text: string): string {
  let plain = folded.get(text);
  if (plain === undefined) {
    plain = fold(text).slice(0, foldedLength);
    if (folded.size >= 20_000) folded.clear();
    folded.set(text, plain);
  }
  return plain;
}

/** The unit of a quantity, all that is written of it. */
export const unitTerm = (system: string, code: string, unit: string): bigint => remembered(`q|${system}|${code}|${unit}`);

/** Kinds of places. `text`, `type`, `identifier`, `canonical`, `below`, `present`: tokens of one modifier; `unit` and `code`: spellings only. */
export type IndexKind =
  | 'token' | 'string' | 'reference' | 'range' | 'uri' | 'composite' | 'exact'
  | 'text' | 'type' | 'identifier' | 'canonical' | 'below' | 'present' | 'unit' | 'code';

/** The place of a path in the index; parameters that share a path share its rows. */
export function placeOf(owner: string, path: string, kind: IndexKind): bigint {
  return remembered(`@|${owner}|${path.replace(/\?\w+/, '')}|${kind}`);
}

/** The place of the membership tokens of the patient compartment beyond the main patient. */
export const compartmentPlace: bigint = placeOf('Resource', 'compartment:Patient', 'reference');

/** A code in its system (with the place of its path) of one patient: what is asked of a chart most often, as one token. */
export const patientCodeTerm = (patient: bigint, placedCode: bigint): bigint => patient ^ placedCode ^ patientCodes;
const patientCodes = hash64('patient|code');

/** The place where the spellings of a composite's codes and units stand, beside its rows. */
export const besides = { code: hash64('beside|code'), unit: hash64('beside|unit') } as const;
