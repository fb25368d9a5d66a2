import type { JpegStream } from './jpeg-stream.ts';

/**
 * Gives the stream an APP14 that says whether its three colours are YCbCr or RGB, when nothing in it does. Decoders guess YCbCr then, and
 * DICOM says it in Photometric Interpretation (PS3.5 2024e, 8.2.1). Where the stream speaks, it is believed: ultrasound machines often call
 * RGB what they compress as YCbCr with a JFIF marker.
 */
export function withColourMarker(bytes: Uint8Array, { components, adobe, jfif }: JpegStream, photometric: string): Uint8Array {
  const named = components.map(({ id }) => id).join() === '82,71,66';
  if (components.length !== 3 || adobe !== undefined || jfif || named) return bytes;
  const marker = [0xff, 0xee, 0, 14, 0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0, photometric === 'RGB' ? 0 : 1];
  const marked = new Uint8Array(bytes.length + marker.length);
  marked.set(bytes.subarray(0, 2));
  marked.set(marker, 2);
  marked.set(bytes.subarray(2), 2 + marker.length);
  return marked;
}
