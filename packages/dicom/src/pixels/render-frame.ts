import { encode } from 'fast-png';
import { writeJpeg } from './encode-frame.ts';
import type { Frame } from './frame.ts';
import { paintFrame, type Picture } from './paint.ts';
import { scalePicture } from './scale.ts';
import type { GreyWindow, Tone } from './tone.ts';

export interface Rendering {
  readonly format: 'jpeg' | 'png';
  /** The picture is as large as it can be inside this, in its own proportions; its own size without it. */
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly window?: GreyWindow;
  /** Of JPEG, 1 to 100. */
  readonly quality?: number;
}

const usualQuality = 85;

/** Shows a decoded frame as a file a browser opens (DICOM PS3.18 2024e, 8.3.5 and 8.7.3). */
export async function renderFrame(frame: Frame, tone: Tone, { format, viewport, window, quality = usualQuality }: Rendering): Promise<Uint8Array> {
  const painted = paintFrame(frame, tone, window);
  const { width, height } = sizeIn(painted, tone.aspect, viewport);
  const picture = scalePicture(painted, width, height);
  if (format === 'jpeg') return writeJpeg(picture.pixels, picture, quality);
  return encode({ width, height, data: picture.pixels, channels: picture.samples, depth: 8 });
}

function sizeIn({ rows, columns }: Picture, aspect: number, viewport: Rendering['viewport']): { width: number; height: number } {
  // Pixels that are not square are stretched, never squeezed: nothing is lost.
  const width = aspect < 1 ? columns / aspect : columns;
  const height = aspect > 1 ? rows * aspect : rows;
  const factor = viewport === undefined ? 1 : Math.min(viewport.width / width, viewport.height / height);
  return { width: side(width * factor), height: side(height * factor) };
}

/** The most that JPEG files have (ISO/IEC 10918-1, B.2.2). */
const longestSide = 65_500;

function side(length: number): number {
  return Math.max(1, Math.min(longestSide, Math.round(length)));
}
