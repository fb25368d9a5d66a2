// Looks for codes in the picture of a camera: by the browser itself where it can, else by our own reader.
import { mendText } from './code-text.ts';

interface Detector {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}
interface DetectorClass {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<readonly string[]>;
}
type Reader = (video: HTMLVideoElement) => Promise<string | undefined>;

const lookEveryMs = 250;
/** A card that stays before the camera is one reading. */
const sameForMs = 4_000;

/** Hands over each text until it is ended. */
export async function watchCodes(video: HTMLVideoElement, found: (text: string) => void, ended: AbortSignal): Promise<void> {
  const read = await openReader();
  let last = '';
  let lastAt = -Infinity;
  while (!ended.aborted) {
    const text = await read(video);
    const now = performance.now();
    if (text !== undefined && !ended.aborted) {
      if (text !== last || now - lastAt > sameForMs) found(text);
      last = text;
      lastAt = now;
    }
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}

async function openReader(): Promise<Reader> {
  const Native = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  const formats: readonly string[] = (await Native?.getSupportedFormats().catch(() => undefined)) ?? [];
  const knowsQr = formats.includes('qr_code');
  return Native !== undefined && knowsQr ? nativeReader(new Native({ formats: ['qr_code'] })) : ownReader;
}

/** The browser's own reader; where it loses letters, or fails as it does without its service, ours looks at the same picture. */
function nativeReader(detector: Detector): Reader {
  return async (video) => {
    const codes = await detector.detect(video).catch(() => undefined);
    if (codes === undefined) return ownReader(video);
    const [first] = codes;
    if (first === undefined || first.rawValue === '') return undefined;
    return mendText(first.rawValue) ?? ownReader(video);
  };
}

async function ownReader(video: HTMLVideoElement): Promise<string | undefined> {
  const { decodePicture } = await import('./decode-picture.ts');
  return decodePicture(video);
}
