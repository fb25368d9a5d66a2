// Vietnamese words as plain file names, tones and all, in the manner of Telex: `Hạnh` → `hanhj`, `Nội tiết` → `nooij-tieets`.

const marks: Readonly<Record<string, string>> = { '\u0302': 'circumflex', '\u0306': 'w', '\u031B': 'w' };
const tones: Readonly<Record<string, string>> = { '\u0300': 'f', '\u0301': 's', '\u0309': 'r', '\u0303': 'x', '\u0323': 'j' };

/** A key for a word or a phrase; the same for every way of writing its accents. */
export function promptKey(phrase: string): string {
  return phrase.toLowerCase().split(/[^\p{L}\p{M}\d]+/u).filter((word) => word !== '').map(syllableKey).join('-');
}

function syllableKey(word: string): string {
  let letters = '';
  let tone = '';
  for (const sign of word.replace(/đ/g, 'dd').normalize('NFD')) {
    const mark = marks[sign];
    if (mark === 'circumflex') letters += letters.at(-1) ?? '';
    else if (mark !== undefined) letters += mark;
    else if (tones[sign] !== undefined) tone = tones[sign];
    else if (/[a-z0-9]/.test(sign)) letters += sign;
  }
  return letters + tone;
}
