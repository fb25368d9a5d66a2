// The text of a code as people wrote it. ISO/IEC 18004:2024 §7.3.5 reads bytes without an ECI as ISO 8859-1; the cards of Vietnam hold UTF-8 there.

const strict = new TextDecoder('utf-8', { fatal: true });
const latin = new TextDecoder('iso-8859-1'); // a browser takes windows-1252 under this name: the same for letters

/** UTF-8 where the bytes are that, ISO 8859-1 else. */
export function textOfBytes(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    return latin.decode(bytes);
  }
}

/** What a reader of the browser took for ISO 8859-1 (`Tráº§n`) as the card has it (`Trần`); undefined: letters were lost, the picture must be read again. */
export function mendText(text: string): string | undefined {
  if (text.includes('\uFFFD')) return undefined;
  const codes = [...text].map(byteOf);
  if (codes.some((code) => code === undefined) || !codes.some((code) => code! > 0x7f)) return text;
  try {
    return strict.decode(Uint8Array.from(codes as number[]));
  } catch {
    return text;
  }
}

/** windows-1252 puts 27 signs in the place of control characters: `º§` are bytes as they stand, `‘` was 0x91. */
const signs = new Map([...latin.decode(Uint8Array.from({ length: 32 }, (_, i) => 0x80 + i))].map((sign, i) => [sign, 0x80 + i]));

function byteOf(sign: string): number | undefined {
  const code = sign.codePointAt(0)!;
  return code <= 0xff ? code : signs.get(sign);
}
