// Cornerstone's codecs come without types: what we use of them.
interface CodecFrame {
  width: number;
  height: number;
  bitsPerSample: number;
  componentCount: number;
  isSigned: boolean;
  /** Of HTJ2K only: the colours are turned over (RCT). */
  isUsingColorTransform?: boolean;
}

interface FrameDecoder {
  getEncodedBuffer(length: number): Uint8Array;
  getDecodedBuffer(): Uint8Array;
  readHeader?(): void;
  decode(): void;
  getFrameInfo(): CodecFrame;
  delete(): void;
}

interface FrameEncoder {
  getDecodedBuffer(frame: CodecFrame): Uint8Array;
  getEncodedBuffer(): Uint8Array;
  encode(): void;
  delete(): void;
}

interface CodecOptions {
  print(text: string): void;
  printErr(text: string): void;
}

declare module '@cornerstonejs/codec-libjpeg-turbo-8bit/wasmjs' {
  const open: (options: CodecOptions) => Promise<{
    JPEGDecoder: new () => FrameDecoder;
    JPEGEncoder: new () => FrameEncoder & { setQuality(percent: number): void; setSubSampling(kind: number): void };
  }>;
  export default open;
}

declare module '@cornerstonejs/codec-openjpeg/wasmjs' {
  const open: (options: CodecOptions) => Promise<{
    J2KDecoder: new () => FrameDecoder;
    J2KEncoder: new () => FrameEncoder & { setQuality(lossless: boolean, step: number): void; setDecompositions(levels: number): void };
  }>;
  export default open;
}

declare module '@cornerstonejs/codec-openjph/wasmjs' {
  const open: (options: CodecOptions) => Promise<{
    HTJ2KDecoder: new () => FrameDecoder;
    HTJ2KEncoder: new () => FrameEncoder & { setQuality(lossless: boolean, step: number): void; setProgressionOrder(order: number): void; setTLMMarker(on: boolean): void };
  }>;
  export default open;
}

declare module '@cornerstonejs/codec-charls/wasmjs' {
  const open: (options: CodecOptions) => Promise<{
    JpegLSDecoder: new () => FrameDecoder & { getInterleaveMode(): number };
    JpegLSEncoder: new () => FrameEncoder & { setNearLossless(distance: number): void; setInterleaveMode(mode: number): void };
  }>;
  export default open;
}
