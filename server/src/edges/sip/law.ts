// G.711 (ITU-T, 11/88): prompts are kept in µ-law and told in A-law to who wants that.
import type { Law } from './sdp.ts';

const toLinear = (u: number): number => {
  const inverted = ~u & 255;
  const magnitude = (((inverted & 15) << 3) + 132) << ((inverted >> 4) & 7);
  return (inverted & 128) !== 0 ? 132 - magnitude : magnitude - 132;
};

const toALaw = (linear: number): number => {
  const sign = linear >= 0 ? 0xd5 : 0x55;
  const magnitude = Math.min(32_767, linear >= 0 ? linear : -linear - 1) >> 4;
  if (magnitude < 32) return sign ^ (magnitude >> 1);
  const exponent = Math.floor(Math.log2(magnitude)) - 4;
  return sign ^ ((exponent << 4) | ((magnitude >> exponent) & 15));
};

const uToA = Uint8Array.from({ length: 256 }, (_, u) => toALaw(toLinear(u)));

export const silence: Readonly<Record<Law, number>> = { PCMU: 0xff, PCMA: 0xd5 };

/** The sound in the law of the call. */
export function inLaw(law: Law, muLaw: Buffer): Buffer {
  if (law === 'PCMU') return muLaw;
  const sound = Buffer.allocUnsafe(muLaw.length);
  for (let at = 0; at < muLaw.length; at += 1) sound[at] = uToA[muLaw[at]!]!;
  return sound;
}
