// A camera that sees a card: a film of one picture, which Chromium takes for what its camera sees.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'uqr';

const width = 1280;
const height = 720;

/** Switches of a browser whose camera sees a code, held a little askew under a lamp on the left. */
export function cameraThatSees(text: string): string[] {
  const path = join(mkdtempSync(join(tmpdir(), 'sen-camera-')), 'card.y4m');
  const frame = Buffer.concat([Buffer.from('FRAME\n'), pictureOf(text), Buffer.alloc((width * height) / 2, 128)]);
  writeFileSync(path, Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`), frame, frame]));
  return ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${path}`];
}

function pictureOf(text: string): Buffer {
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  const turned = (8 * Math.PI) / 180;
  const square = 380 / size;
  const luma = Buffer.alloc(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [dx, dy] = [x - width / 2, y - height / 2];
      const column = Math.floor((dx * Math.cos(turned) + dy * Math.sin(turned)) / square + size / 2);
      const row = Math.floor((dy * Math.cos(turned) - dx * Math.sin(turned)) / square + size / 2);
      const isDark = data[row]?.[column];
      luma[y * width + x] = (isDark === undefined ? 110 : isDark ? 45 : 215) - Math.round((x / width) * 35);
    }
  }
  return luma;
}
