// Makes the sounds of the voice menu with espeak-ng: `node tools/make-prompts.ts [folder]`. A real voice may replace any file: 8 kHz, mono, µ-law, without a header.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prompts } from '../server/src/modules/booking/index.ts';

const folder = process.argv[2] ?? fileURLToPath(new URL('../server/prompts/vi/', import.meta.url));
const rate = 8000;

let bytes = 0;
for (const [key, words] of prompts) {
  const sound = muLaw(atPhoneRate(speak(words)));
  const file = join(folder, `${key}.ulaw`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, sound);
  bytes += sound.length;
}
writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(Object.fromEntries(prompts), undefined, 1)}\n`);
process.stdout.write(`${prompts.size} prompts, ${Math.round(bytes / 1024)} KiB, in ${folder}\n`);

interface Wave {
  readonly rate: number;
  readonly samples: Int16Array;
}

function speak(words: string): Wave {
  const { status, stdout, error } = spawnSync('espeak-ng', ['-v', 'vi', '-s', '165', '--stdout', words], { maxBuffer: 64 * 1024 * 1024 });
  if (status !== 0) throw new Error(`espeak-ng is needed (Debian: apt-get install espeak-ng): ${error?.message ?? `left with ${status}`}`);
  const at = stdout.indexOf('data') + 8; // the length there is not told when it goes to a pipe
  const even = stdout.subarray(at, at + ((stdout.length - at) & ~1));
  return { rate: stdout.readUInt32LE(24), samples: trimmed(Int16Array.from({ length: even.length / 2 }, (_, place) => even.readInt16LE(place * 2))) };
}

/** Silence before and after would make dates of many prompts slow; 40 ms is left after. */
function trimmed(samples: Int16Array): Int16Array {
  const loud = (sample: number) => Math.abs(sample) > 300;
  const first = samples.findIndex(loud);
  const last = samples.findLastIndex(loud);
  return samples.subarray(Math.max(0, first - 200), Math.min(samples.length, last + 900));
}

/** To 8 kHz through a windowed-sinc filter of 3.4 kHz: without it what lies above folds back as a hiss. */
function atPhoneRate({ rate: from, samples }: Wave): Int16Array {
  const step = from / rate;
  const cut = 3400 / from;
  const half = 32;
  return Int16Array.from({ length: Math.floor(samples.length / step) }, (_, place) => {
    const centre = place * step;
    let sum = 0;
    for (let at = Math.ceil(centre - half); at <= centre + half; at += 1) {
      const x = at - centre;
      const sinc = x === 0 ? 2 * cut : Math.sin(2 * Math.PI * cut * x) / (Math.PI * x);
      sum += (samples[at] ?? 0) * sinc * (0.54 + 0.46 * Math.cos((Math.PI * x) / half));
    }
    return Math.max(-32_768, Math.min(32_767, Math.round(sum)));
  });
}

/** ITU-T G.711, µ-law. */
function muLaw(samples: Int16Array): Buffer {
  return Buffer.from(Array.from(samples, (sample) => {
    const sign = sample < 0 ? 128 : 0;
    const magnitude = Math.min(32_635, Math.abs(sample)) + 132;
    const exponent = Math.floor(Math.log2(magnitude)) - 7;
    return ~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 15)) & 255;
  }));
}
