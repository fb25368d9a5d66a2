// Pixels: what the frames of an image hold, decoded, written in another transfer syntax, and shown.
export { canDecode, decodeFrame, type StoredFrame } from './decode-frame.ts';
export { encodable, encodeFrame, type EncodedFrame } from './encode-frame.ts';
export type { Frame } from './frame.ts';
export { describePixels, type PixelDescription } from './pixel-description.ts';
export { renderFrame, type Rendering } from './render-frame.ts';
export { describeTone, type GreyWindow, type Tone } from './tone.ts';
export { transcodeFrame, transcodeHeader, type Transcoded } from './transcode-frame.ts';
