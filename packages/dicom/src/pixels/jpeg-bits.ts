// The bits of a JPEG scan: stuffed zeros out, restarts heeded (ISO/IEC 10918-1, F.2.2.5 and F.2.2.3).
import { refusePixels } from './refuse-pixels.ts';

export interface JpegBits {
  /** The next symbol of a table. */
  symbol(table: Uint16Array): number;
  /** A number of so many bits, with its sign (F.2.2.1, EXTEND). */
  signedOf(bits: number): number;
  /** Goes on behind the restart marker that must stand here. */
  restart(): void;
}

interface Held {
  readonly bytes: Uint8Array;
  readonly end: number;
  at: number;
  held: number;
  count: number;
  /** Bits held that the stream does not have. */
  invented: number;
}

/** Reads bits from a part of the stream. Beyond its end there are ones for as long as a code may look ahead; using them is refused. */
export function jpegBits(bytes: Uint8Array, from: number, end: number): JpegBits {
  const state: Held = { bytes, end, at: from, held: 0, count: 0, invented: 0 };
  return {
    symbol(table) {
      if (state.count < 16) fill(state);
      const entry = table[(state.held >>> (state.count - 16)) & 0xffff]!;
      if (entry === 0) refusePixels(state.at);
      drop(state, entry >> 8);
      return entry & 0xff;
    },
    signedOf(bits) {
      if (bits === 0) return 0;
      if (state.count < bits) fill(state);
      const value = (state.held >>> (state.count - bits)) & ((1 << bits) - 1);
      drop(state, bits);
      return value < 1 << (bits - 1) ? value - (1 << bits) + 1 : value;
    },
    restart: () => passRestart(state),
  };
}

function fill(state: Held): void {
  const { bytes, end } = state;
  while (state.count <= 16) {
    const { at } = state;
    const ended = at >= end || (bytes[at] === 0xff && bytes[at + 1] !== 0);
    state.held = (state.held << 8) | (ended ? 0xff : bytes[at]!);
    state.count += 8;
    if (ended) state.invented += 8;
    else state.at += bytes[at] === 0xff ? 2 : 1;
  }
}

function drop(state: Held, bits: number): void {
  state.count -= bits;
  if (state.invented > state.count) refusePixels(state.at);
}

function passRestart(state: Held): void {
  const { bytes, end } = state;
  let { at } = state;
  while (at < end && bytes[at] === 0xff && bytes[at + 1] === 0xff) at += 1;
  if (at + 1 >= end || bytes[at] !== 0xff || (bytes[at + 1]! & 0xf8) !== 0xd0) refusePixels(at);
  state.at = at + 2;
  state.held = state.count = state.invented = 0;
}
