// Terms: the 64-bit hash of one indexed value. A row of the index holds `term XOR place`, where the place is the hash of type, path and kind.
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
export const exactTerm = (text: string): bigint => hash64(`=|${text.normalize('NFC')}`);
/** A type of resource, to tell `Patient/1` from `Group/1`. */
export const typeTerm = (type: string): bigint => remembered(`t|${type}`);
/** A reference to a resource of this server. */
export const referenceTerm = (type: string, id: string): bigint => keyOf(id) ^ typeTerm(type);
/** The first part of a composite, bound to the others. */
export const pairTerm = (first: bigint, second: bigint): bigint => hash64(`p|${first}|${second}`);

export type IndexKind = 'token' | 'string' | 'reference' | 'range' | 'uri' | 'composite' | 'exact';

/** The place of a path in the index; parameters that share a path share its rows. */
export function placeOf(owner: string, path: string, kind: IndexKind): bigint {
  return remembered(`@|${owner}|${path.replace(/\?\w+/, '')}|${kind}`);
}

/** The place of the membership tokens of the patient compartment beyond the main patient. */
export const compartmentPlace: bigint = placeOf('Resource', 'compartment:Patient', 'reference');
