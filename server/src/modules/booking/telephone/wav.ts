// µ-law (ITU-T G.711) as a file that every switchboard and browser plays: RIFF WAVE, 16 bit linear, 8 kHz, mono.

const rate = 8_000;
const headerBytes = 44;

export function wavOf(muLaw: Buffer): Buffer {
  const file = Buffer.alloc(headerBytes + muLaw.length * 2);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20); // linear
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(rate * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(muLaw.length * 2, 40);
  for (let at = 0; at < muLaw.length; at += 1) file.writeInt16LE(linear[muLaw[at]!]!, headerBytes + at * 2);
  return file;
}

const linear = Int16Array.from({ length: 256 }, (_, u) => {
  const inverted = ~u & 255;
  const magnitude = (((inverted & 15) << 3) + 132) << ((inverted >> 4) & 7);
  return (inverted & 128) !== 0 ? 132 - magnitude : magnitude - 132;
});
