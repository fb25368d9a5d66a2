// What `_text` and `_content` ask for: words (their beginning is enough), "phrases", AND (also by standing side by side), OR, NOT, parentheses
// (R4 search.html, "Text Search Parameters": `(bone OR liver) AND metastases`).
import { badValue } from '../refusals.ts';
import { wordsOf, type Passage } from './document.ts';

export type TextQuery =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly TextQuery[] }
  | { readonly kind: 'not'; readonly part: TextQuery }
  /** Words that follow each other; the last may go on unless it was quoted. */
  | { readonly kind: 'phrase'; readonly words: readonly string[]; readonly open: boolean };

const PHRASES_MAX = 64;
const tokenShape = /\s*(?:([()])|"([^"]*)("?)|(AND|OR|NOT)(?=[\s()"]|$)|([^\s()"]+))/y;

type Token = '(' | ')' | 'AND' | 'OR' | 'NOT' | Extract<TextQuery, { kind: 'phrase' }>;

/** Reads the query; refuses one without words, with open quotes or parentheses. */
export function readTextQuery(name: string, text: string): TextQuery {
  const tokens = tokensOf(name, text);
  if (tokens.filter((token) => typeof token !== 'string').length > PHRASES_MAX) throw badValue(name, `a text of at most ${PHRASES_MAX} words`);
  const query = readOr(tokens);
  if (query === undefined || tokens.length > 0) throw badValue(name, 'words, "phrases", AND, OR, NOT and parentheses that close');
  return query;
}

function tokensOf(name: string, text: string): Token[] {
  const tokens: Token[] = [];
  tokenShape.lastIndex = 0;
  while (tokenShape.lastIndex < text.trimEnd().length) {
    const match = tokenShape.exec(text);
    if (match === null) break;
    const [, bracket, quoted, closing, operator, word] = match;
    if (quoted !== undefined && closing === '') throw badValue(name, 'closed by a second quote');
    if (bracket !== undefined) tokens.push(bracket as '(');
    else if (operator !== undefined) tokens.push(operator as 'AND');
    else {
      const words = wordsOf(quoted ?? word ?? '');
      if (words.length > 0) tokens.push({ kind: 'phrase', words, open: quoted === undefined });
    }
  }
  return tokens;
}

function readOr(tokens: Token[]): TextQuery | undefined {
  return readParts(tokens, 'or', readAnd);
}

function readAnd(tokens: Token[]): TextQuery | undefined {
  return readParts(tokens, 'and', readOne);
}

function readParts(tokens: Token[], kind: 'and' | 'or', readPart: (tokens: Token[]) => TextQuery | undefined): TextQuery | undefined {
  const parts: TextQuery[] = [];
  for (;;) {
    const part = readPart(tokens);
    if (part === undefined) return undefined;
    parts.push(part);
    const [next] = tokens;
    if (next === kind.toUpperCase()) tokens.shift();
    else if (kind === 'or' || next === undefined || next === ')' || next === 'OR') return parts.length === 1 ? part : { kind, parts };
  }
}

function readOne(tokens: Token[]): TextQuery | undefined {
  const token = tokens.shift();
  if (token === 'NOT') {
    const part = readOne(tokens);
    return part === undefined ? undefined : { kind: 'not', part };
  }
  if (token === '(') {
    const inner = readOr(tokens);
    return tokens.shift() === ')' ? inner : undefined;
  }
  return typeof token === 'object' ? token : undefined;
}

/** The query as PostgreSQL's tsquery; `narrative` looks only at the words of weight A. */
export function tsqueryOf(query: TextQuery, narrative: boolean): string {
  switch (query.kind) {
    case 'not':
      return `!(${tsqueryOf(query.part, narrative)})`;
    case 'and':
    case 'or':
      return `(${query.parts.map((part) => tsqueryOf(part, narrative)).join(query.kind === 'and' ? ' & ' : ' | ')})`;
    case 'phrase': {
      const weight = narrative ? 'A' : '';
      const words = query.words.map((word, i) => {
        const flags = `${query.open && i === query.words.length - 1 ? '*' : ''}${weight}`;
        return `'${word}'${flags === '' ? '' : `:${flags}`}`;
      });
      return words.length === 1 ? (words[0] as string) : `(${words.join(' <-> ')})`;
    }
  }
}

/** The same judged here, for what is not indexed yet. */
export function matchesText(query: TextQuery, passages: readonly Passage[], narrative: boolean): boolean {
  switch (query.kind) {
    case 'not':
      return !matchesText(query.part, passages, narrative);
    case 'and':
      return query.parts.every((part) => matchesText(part, passages, narrative));
    case 'or':
      return query.parts.some((part) => matchesText(part, passages, narrative));
    case 'phrase':
      return passages.some((passage) => (passage.narrative || !narrative) && holdsPhrase(passage.words, query.words, query.open));
  }
}

function holdsPhrase(words: readonly string[], phrase: readonly string[], open: boolean): boolean {
  const last = phrase.length - 1;
  return words.some((_word, at) => phrase.every((asked, i) => (open && i === last ? words[at + i]?.startsWith(asked) === true : words[at + i] === asked)));
}
