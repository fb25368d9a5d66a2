// Makes the voice of the waiting-room screens with espeak-ng: `node tools/make-board-voice.ts [folder]`. A hospital replaces any part by a recording of its own (wav or mp3).
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const rate = 22_050; // of espeak-ng
const digits = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'];
const letters: Readonly<Record<string, string>> = {
  a: 'a', b: 'bê', c: 'xê', d: 'dê', e: 'e', f: 'ép', g: 'giê', h: 'hát', i: 'i', j: 'gi', k: 'ca', l: 'lờ', m: 'mờ', n: 'nờ', o: 'o', p: 'pê', q: 'quy', r: 'rờ', s: 'sờ', t: 'tê', u: 'u', v: 'vê', w: 'vê kép', x: 'ích', y: 'y dài', z: 'dét',
};
const parts = new Map([['moi-so', 'Mời số'], ['den-phong', 'đến phòng'], ['den-quay', 'đến quầy'], ...digits.map((word, digit): [string, string] => [String(digit), word]), ...Object.entries(letters)]);

const folder = process.argv[2] ?? fileURLToPath(new URL('../server/voice/vi/', import.meta.url));
mkdirSync(folder, { recursive: true });
for (const [part, words] of parts) writeFileSync(join(folder, `${part}.wav`), waveOf(speak(words)));
process.stdout.write(`${parts.size} parts in ${folder}\n`);



function speak(words: string): Int16Array {
  const { status, stdout, error } = spawnSync('espeak-ng', ['-v', 'vi', '-s', '150', '--stdout', words], { maxBuffer: 64 * 1024 * 1024 });
  if (status !== 0) throw new Error(`espeak-ng is needed (Debian: apt-get install espeak-ng): ${error?.message ?? `left with ${status}`}`);
  const at = stdout.indexOf('data') + 8; // the length there is not told when it goes to a pipe
  const samples = Int16Array.from({ length: (stdout.length - at) >> 1 }, (_, place) => stdout.readInt16LE(at + place * 2));
  const loud = (sample: number) => Math.abs(sample) > 300;
  return samples.subarray(Math.max(0, samples.findIndex(loud) - 400), Math.min(samples.length, samples.findLastIndex(loud) + 900));
}

function waveOf(samples: Int16Array): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + samples.length * 2, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20); // linear
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(samples.length * 2, 40);
  return Buffer.concat([head, Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)]);
}
