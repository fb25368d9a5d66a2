// Text without accents, and where typed words stand in a text.

/** Lower case without accents, one character for each character of the composed text. */
export function plain(text: string): string {
  return [...text.normalize('NFC')].map((char) => char.normalize('NFD').replace(/\p{M}+/gu, '').replace(/[đĐ]/, 'd').toLowerCase().charAt(0) || char).join('');
}

export interface Piece {
  readonly text: string;
  readonly hit: boolean;
}

/** Cuts a text into pieces, marking those where a word begins as one of the typed words do. */
export function pieces(text: string, typed: string): Piece[] {
  const composed = [...text.normalize('NFC')];
  const bare = plain(text);
  const marked = composed.map(() => false);
  for (const word of plain(typed).split(/[^a-z0-9]+/).filter((one) => one !== '')) {
    for (let at = bare.indexOf(word); at >= 0; at = bare.indexOf(word, at + 1)) {
      if (at > 0 && /[a-z0-9]/.test(bare.charAt(at - 1))) continue;
      marked.fill(true, at, at + word.length);
    }
  }
  const cut: Piece[] = [];
  composed.forEach((char, at) => {
    const last = cut.at(-1);
    const hit = marked[at] ?? false;
    if (last !== undefined && last.hit === hit) cut[cut.length - 1] = { text: last.text + char, hit };
    else cut.push({ text: char, hit });
  });
  return cut;
}
