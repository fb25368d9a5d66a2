// PostgreSQL's binary form of arrays, so that a batch of numbers crosses as bytes and not as text (array_send, src/backend/utils/adt/arrayfuncs.c).

const INT8_OID = 20;
const FLOAT8_OID = 701;

/** A bigint[] parameter. Cast it in the statement: `$1::bigint[]`. */
export function int8Array(values: readonly bigint[]): Buffer {
  return binaryArray(INT8_OID, values, (buffer, value, at) => buffer.writeBigInt64BE(value, at));
}

/** A float8[] parameter. Cast it in the statement: `$1::float8[]`. */
export function float8Array(values: readonly number[]): Buffer {
  return binaryArray(FLOAT8_OID, values, (buffer, value, at) => buffer.writeDoubleBE(value, at));
}

/** An array of 8-byte elements: dimensions, "has nulls", element type, length, lower bound, then each element behind its size. */
function binaryArray<T>(elementOid: number, values: readonly T[], write: (buffer: Buffer, value: T, at: number) => void): Buffer {
  if (values.length === 0) return headOf([0, 0, elementOid], 12);
  const buffer = headOf([1, 0, elementOid, values.length, 1], 20 + values.length * 12);
  let at = 20;
  for (const value of values) {
    buffer.writeInt32BE(8, at);
    write(buffer, value, at + 4);
    at += 12;
  }
  return buffer;
}

function headOf(numbers: readonly number[], size: number): Buffer {
  const buffer = Buffer.allocUnsafe(size);
  numbers.forEach((number, i) => buffer.writeInt32BE(number, i * 4));
  return buffer;
}
