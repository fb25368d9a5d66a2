// Text as people search it: without accents, case or the place of a tone mark.

const plain = /^[a-z0-9 .,'/()-]*$/;

/**
 * Folds a text for string search (R4 search §3.1.1.4.9: case and accent insensitive): NFD without combining marks, đ → d, lower case,
 * white space collapsed. `Nguyễn`, `NGUYỄN`, `nguyen` fold alike; so do `hoà` and `hòa`.
 */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  const bare = plain.test(lower) ? lower : lower.normalize('NFD').replace(/\p{M}+/gu, '').replace(/[đð]/g, 'd');
  return bare.replace(/\s+/g, ' ').trim();
}

/** Longest folded text kept in the index; longer ones are cut, and so are the values searched for. */
export const foldedLength = 160;

/** Every run of words of a folded text that reaches its end: `nguyen thi hanh`, `thi hanh`, `hanh`; `o'hara` also gives `hara`. */
export function wordTails(folded: string): string[] {
  const tails = [folded];
  for (const { index } of folded.matchAll(/[ '’.-](?=[\p{L}\p{N}])/gu)) tails.push(folded.slice(index + 1));
  return tails;
}
