// Names as people search them: without marks, case or order.

/** Folds text: compatibility forms unified, marks off, đ → d, lower case, white space and what parts names collapsed to one space. */
export function foldName(text: string): string {
  const bare = text.normalize('NFKD').replace(/\p{M}+/gu, '').toLowerCase().replace(/[đð]/g, 'd');
  return bare.normalize('NFC').replace(/[\s^=\\,.]+/g, ' ').trim();
}

/** The folded words of a name (or of several readings of it), each once, in the order of letters: equal for equal names in any order. */
export function nameKeys(...readings: readonly string[]): string[] {
  return [...new Set(readings.flatMap((reading) => foldName(reading).split(' ')).filter((word) => word !== ''))].sort();
}
