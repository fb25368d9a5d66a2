// Words by which concepts are found: folded, so that `viem gan` finds "Viêm gan".
import { fold } from '@sen/fhir';

/** The folded words of a text, without those that come twice. */
export function foldedWords(text: string): string[] {
  return [...new Set(fold(text).match(/[\p{L}\p{N}]+/gu) ?? [])];
}

/** Tells whether a text has, for each of the folded words, a word that begins with it. */
export function hasWords(text: string, words: readonly string[]): boolean {
  const own = foldedWords(text);
  return words.every((word) => own.some((one) => one.startsWith(word)));
}

/** The text of a concept's words column: each word behind the number of its system, so that one index serves all systems apart. */
export function wordsColumn(system: number, words: readonly string[]): string {
  const mark = `${system}.`;
  return words.map((word) => mark + word).join(' ');
}

/** The tsquery for all of the words, each as the beginning of a word. */
export function wordsQuery(system: number, words: readonly string[]): string {
  const mark = `${system}.`;
  return words.map((word) => `'${mark}${word}':*`).join(' & ');
}
