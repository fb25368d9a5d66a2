// The stored form of a resource's JSON: one byte for the dictionary, then raw deflate with it (decision record 0003: 4 times smaller). That of a document
// is sealed besides (sealed-content.ts).
import { constants, createDeflateRaw, createInflateRaw, deflateRawSync, inflateRawSync, type ZlibOptions } from 'node:zlib';
import { dictionary1 } from '../content-dictionary.ts';
import { isDocument, openContent, SEALED, sealContent, type Place } from './sealed-content.ts';

const dictionaries: readonly Buffer[] = [Buffer.alloc(0), Buffer.from(dictionary1)];
const current = 1;
const head = Buffer.of(current);
const scratch = Buffer.allocUnsafe(256 * 1024);

/** What zlib's streams hold inside: a native coder that can be used again and again. Not public, hence the checks below and a test. */
interface Coder {
  readonly _handle?: {
    writeSync(flush: number, input: Buffer, inputAt: number, inputLength: number, output: Buffer, outputAt: number, outputLength: number): void;
    reset(): void;
    onerror?: () => void;
  };
  /** [output space left, input left] */
  readonly _writeState?: Uint32Array;
}

/**
 * A function that codes a whole buffer with one native coder. zlib's own `…Sync` functions set up a new coder for each call, which for a
 * resource of 1.7 kB is three quarters of the time (26 against 6 µs to read); they remain for what is large or broken, and say what is wrong.
 */
function reusing(coder: Coder, whole: (input: Buffer) => Buffer): (input: Buffer) => Buffer {
  const handle = coder._handle;
  const state = coder._writeState;
  if (typeof handle?.writeSync !== 'function' || typeof handle.reset !== 'function' || state === undefined) return whole;
  let failed = false;
  handle.onerror = () => (failed = true);
  return (input) => {
    failed = false;
    handle.writeSync(constants.Z_FINISH, input, 0, input.length, scratch, 0, scratch.length);
    const outputLeft = state[0] as number;
    const finished = !failed && outputLeft > 0 && state[1] === 0;
    const output = finished ? Buffer.from(scratch.subarray(0, scratch.length - outputLeft)) : undefined;
    handle.reset();
    return output ?? whole(input);
  };
}

// memLevel 5 keeps the coder's memory within the processor's cache
const options: ZlibOptions = { level: 3, memLevel: 5, dictionary: dictionaries[current] as Buffer };
const deflate = reusing(createDeflateRaw(options) as Coder, (input) => deflateRawSync(input, options));
const inflaters = dictionaries.map((dictionary) => reusing(createInflateRaw({ dictionary }) as Coder, (input) => inflateRawSync(input, { dictionary })));

/** Packs JSON text for its row in the store; that of a document is sealed. */
export function packContent(json: string, place: Place & { readonly type: string }): Buffer {
  const packed = Buffer.concat([head, deflate(Buffer.from(json))]);
  return isDocument(place.type, json) ? sealContent(packed, place) : packed;
}

/** Unpacks what packContent made, by whatever dictionary it was made with. Sealed content opens only in the row that it was made for. */
export function unpackContent(row: Place & { readonly content: Buffer }): Buffer {
  return inflated(row.content[0] === SEALED ? openContent(row.content, row) : row.content);
}

/** The content of a document that was stored before documents were sealed, sealed; undefined where it is none, or sealed already. */
export function resealed(row: Place & { readonly type: string; readonly content: Buffer }): Buffer | undefined {
  if (row.content[0] === SEALED || !isDocument(row.type, inflated(row.content).toString())) return undefined;
  return sealContent(row.content, row);
}

function inflated(packed: Buffer): Buffer {
  const inflate = inflaters[packed[0] as number];
  if (inflate === undefined) throw new Error(`content was packed with dictionary ${packed[0]}, which this version of Sen does not have`);
  return inflate(packed.subarray(1));
}
