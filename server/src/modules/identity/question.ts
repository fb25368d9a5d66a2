// What was typed into the find box, made into words to match, and the order of those who matched. Pure.

import { fold } from './fhir-fold.ts';

export interface Question {
  /** Words of a name, without accents, in lower case. */
  readonly words: readonly string[];
  /** Runs of digits of three or more, as in a phone or a number on a card; +84 and 84 of a phone become 0. */
  readonly numbers: readonly string[];
}

/** Reads a typed question. Digits may be spaced or dotted as people write phones and card numbers. */
export function readQuestion(typed: string): Question {
  const joined = typed.replace(/(?<=\d)[ .-]+(?=\d)/g, '').replace(/\+84/g, '0');
  const tokens = fold(joined).split(/[^a-z0-9]+/).filter((token) => token !== '');
  return {
    words: tokens.filter((token) => !isNumber(token)).slice(0, 8),
    numbers: tokens.filter(isNumber).slice(0, 3),
  };
}

function isNumber(token: string): boolean {
  return /^[a-z]{0,3}\d{3,}$/.test(token);
}

/**
 * Scores how well a name answers a question: higher is better. The given name (last word of a Vietnamese name) is how people are called,
 * so a match on it counts most; whole words beat beginnings, and words found in the order typed beat any other order.
 */
export function nameScore(question: Question, name: string): number {
  const parts = fold(name).split(/[^a-z0-9]+/).filter((part) => part !== '');
  const last = parts.at(-1) ?? '';
  let score = 0;
  let previous = -1;
  for (const word of question.words) {
    const at = bestPart(parts, word, previous);
    if (at < 0) continue;
    score += parts[at] === word ? 4 : 2;
    if (at > previous) score += 1;
    previous = at;
  }
  const called = question.words.at(-1) ?? '';
  if (called !== '' && last === called) score += 6;
  if (called !== '' && last !== called && last.startsWith(called)) score += 3;
  if (parts.join(' ') === question.words.join(' ')) score += 10;
  return score;
}

function bestPart(parts: readonly string[], word: string, after: number): number {
  const rules: ((part: string, at: number) => boolean)[] = [
    (part, at) => at > after && part === word,
    (part, at) => at > after && part.startsWith(word),
    (part) => part === word,
    (part) => part.startsWith(word),
  ];
  for (const rule of rules) {
    const at = parts.findIndex(rule);
    if (at >= 0) return at;
  }
  return -1;
}
