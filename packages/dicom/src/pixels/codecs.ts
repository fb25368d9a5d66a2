// Cornerstone's codecs, compiled to WebAssembly: opened when first used, closed for good when one broke down.
import { refuseEncoding, refusePixels } from './refuse-pixels.ts';

type Open<Codec> = (options: CodecOptions) => Promise<Codec>;

/** A new object for each: the codec becomes what it is given. */
const quiet = (): CodecOptions => ({ print: () => undefined, printErr: () => undefined });

export const jpegCodec = codec(async () => (await import('@cornerstonejs/codec-libjpeg-turbo-8bit/wasmjs')).default);
export const jpeg2000Codec = codec(async () => (await import('@cornerstonejs/codec-openjpeg/wasmjs')).default);
export const htj2kCodec = codec(async () => (await import('@cornerstonejs/codec-openjph/wasmjs')).default);
export const jpegLsCodec = codec(async () => (await import('@cornerstonejs/codec-charls/wasmjs')).default);

export interface Codec<Parts> {
  open(): Promise<Parts>;
  /** Its memory may be torn after an error: the next frame gets a fresh one. */
  forget(): void;
}

function codec<Parts>(load: () => Promise<Open<Parts>>): Codec<Parts> {
  let opened: Promise<Parts> | undefined;
  return {
    open: () => (opened ??= load().then((open) => open(quiet()))),
    forget: () => { opened = undefined; },
  };
}

export interface Decoded<More> {
  readonly info: CodecFrame;
  /** A copy: the codec's own memory is free again. */
  readonly bytes: Uint8Array;
  readonly more: More;
}

/** Decodes with one decoder, and asks it what else is wanted while it lives. */
export async function runDecoder<Parts, Decoder extends FrameDecoder, More>(
  { open, forget }: Codec<Parts>, choose: (parts: Parts) => new () => Decoder, bytes: Uint8Array, ask: (decoder: Decoder) => More,
): Promise<Decoded<More>> {
  const Decoder = choose(await open());
  try {
    const decoder = new Decoder();
    decoder.getEncodedBuffer(bytes.length).set(bytes);
    decoder.readHeader?.();
    decoder.decode();
    const decoded = { info: decoder.getFrameInfo(), bytes: Uint8Array.from(decoder.getDecodedBuffer()), more: ask(decoder) };
    decoder.delete();
    return decoded;
  } catch {
    forget();
    return refusePixels();
  }
}

export async function runEncoder<Parts, Encoder extends FrameEncoder>(
  { open, forget }: Codec<Parts>, choose: (parts: Parts) => new () => Encoder, frame: CodecFrame, cells: Uint8Array, prepare: (encoder: Encoder) => void,
): Promise<Uint8Array> {
  const Encoder = choose(await open());
  try {
    const encoder = new Encoder();
    prepare(encoder);
    encoder.getDecodedBuffer(frame).set(cells);
    encoder.encode();
    const bytes = Uint8Array.from(encoder.getEncodedBuffer());
    encoder.delete();
    if (bytes.length === 0) throw new RangeError('nothing encoded');
    return bytes;
  } catch {
    forget();
    return refuseEncoding();
  }
}
