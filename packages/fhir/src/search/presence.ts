// Which bit of a resource's `present` says that it has a value for a search parameter (R4 search §3.1.1.4.4, `:missing`).
import type { Mask } from './compile.ts';
import { parameterTable } from './parameters.gen.ts';

const BITS = 63; // of a signed bigint, and to be safe from its sign
const always = new Set(['_id', '_lastUpdated']);
const byType = new Map<string, ReadonlyMap<string, number>>();

/**
 * The bit of a parameter of R4: its position in the generated list of the type, the common ones first, so that they are the same for all types.
 * Frozen as the hashes are. Undefined for any other parameter: that one has a token.
 */
export function presenceBit(type: string, code: string): number | undefined {
  let bits = byType.get(type);
  if (bits === undefined) byType.set(type, (bits = bitsOf(type)));
  return bits.get(code);
}

function bitsOf(type: string): ReadonlyMap<string, number> {
  const lines = type === 'Resource' ? (parameterTable['Resource'] ?? []) : [...(parameterTable['Resource'] ?? []), ...(parameterTable[type] ?? [])];
  const codes = lines.map((line) => line.slice(0, line.indexOf('|'))).filter((code) => !always.has(code));
  const bits = new Map(codes.slice(0, BITS).map((code, bit) => [code, bit]));
  if (type === 'Patient') bits.set('find', BITS - 1);
  return bits;
}

/** A bit as the mask that the walk sets. */
export function maskOf(bit: number): Mask {
  return bit < 32 ? { low: 1 << bit, high: 0 } : { low: 0, high: 1 << (bit - 32) };
}

/** The two halves of a mask as the number that is stored. */
export function presentOf(low: number, high: number): bigint {
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
}
