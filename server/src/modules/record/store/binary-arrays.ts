// PostgreSQL's binary form of arrays, so that a batch of numbers crosses as bytes and not as text (array_send, src/backend/utils/adt/arrayfuncs.c).

const INT8_OID = 20;
const FLOAT8_OID = 701;

function header(count: number, elementOid: number): Buffer {
  const buffer = Buffer.allocUnsafe(20 + count * 12);
  buffer.writeInt32BE(count === 0 ? 0 : 1, 0);
  buffer.writeInt32BE(0, 4);
  buffer.writeInt32BE(elementOid, 8);
  buffer.writeInt32BE(count, 12);
  buffer.writeInt32BE(1, 16);
  return count === 0 ? buffer.subarray(0, 12) : buffer;
}

/** A bigint[] parameter. Cast it in the statement: `$1::bigint[]`. */
export function int8Array(values: readonly bigint[]): Buffer {
  const buffer = header(values.length, INT8_OID);
  let at = 20;
  for (const value of values) {
    buffer.writeInt32BE(8, at);
    buffer.writeBigInt64BE(value, at + 4);
    at += 12;
  }
  return buffer;
}

/** A float8[] parameter. Cast it in the statement: `$1::float8[]`. */
export function float8Array(values: readonly number[]): Buffer {
  const buffer = header(values.length, FLOAT8_OID);
  let at = 20;
  for (const value of values) {
    buffer.writeInt32BE(8, at);
    buffer.writeDoubleBE(value, at + 4);
    at += 12;
  }
  return buffer;
}
