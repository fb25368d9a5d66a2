// Reads a QR code in a picture where the browser cannot: loaded only then.
import { decodeQR } from 'qr/decode.js';
import { textOfBytes } from './code-text.ts';

/** Longer than the 16 ms of a film: a card under a lamp takes several tries, and four looks a second leave the page free. */
const patienceMs = 60;

let canvas: OffscreenCanvas | undefined;

/** The text of the code in the middle of what the camera sees now; undefined: none. */
export function decodePicture(video: HTMLVideoElement): string | undefined {
  const { videoWidth: width, videoHeight: height } = video;
  if (width === 0 || height === 0) return undefined;
  if (canvas?.width !== width || canvas.height !== height) canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return undefined;
  context.drawImage(video, 0, 0);
  try {
    return decodeQR(context.getImageData(0, 0, width, height), { textDecoder: textOfBytes, timeLimit: patienceMs });
  } catch {
    return undefined; // the library throws where it finds none
  }
}
