// The words of a resource, as `_text` and `_content` search them (R4 search.html, "Text Search Parameters"): folded, string by string.
import { fold, type Resource } from '@sen/fhir';

/** The words of one string of a resource. */
export interface Passage {
  readonly narrative: boolean;
  readonly words: readonly string[];
}

/** What PostgreSQL numbers: positions end at 16,383. Words beyond are not indexed. */
const WORDS_MAX = 16_000;
/** A tsvector holds 1 MB, and a character up to 4 bytes. */
const CHARACTERS_MAX = 200_000;
const WORD_LENGTH = 64;
/** Longer strings without any blank are data (base64), not text. */
const DATA_LENGTH = 256;

/** Addresses of code systems, references and extensions are left out: they have parameters of their own and stand in every resource. */
const silent = new Set(['system', 'reference', 'resourceType', 'meta', 'id']);

/** The passages of a resource: its narrative without tags, then every other string. */
export function passagesOf(resource: Resource): Passage[] {
  const passages: Passage[] = [];
  let room = WORDS_MAX;
  let characters = CHARACTERS_MAX;
  const add = (text: string, narrative: boolean): void => {
    if (room <= 0 || (text.length > DATA_LENGTH && !/\s/.test(text.slice(0, DATA_LENGTH)))) return;
    const words = wordsOf(text.slice(0, characters)).slice(0, room);
    room -= words.length + 1;
    characters -= Math.min(text.length, characters);
    if (words.length > 0) passages.push({ narrative, words });
  };
  const { div } = (resource['text'] ?? {}) as { div?: unknown };
  if (typeof div === 'string') add(plainText(div), true);
  const { text: _narrative, ...others } = resource;
  visit(others, '', (text) => add(text, false));
  return passages;
}

/** Words of a text: folded runs of letters and digits. */
export function wordsOf(text: string): string[] {
  return (fold(text).match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => (word.length > WORD_LENGTH ? word.slice(0, WORD_LENGTH) : word));
}

/** The passages as PostgreSQL's tsvector; a gap between two keeps a phrase within one. */
export function vectorOf(passages: readonly Passage[]): string {
  const places = new Map<string, string>();
  let position = 0;
  for (const { narrative, words } of passages) {
    for (const word of words) {
      const place = `${++position}${narrative ? 'A' : ''}`;
      const known = places.get(word);
      places.set(word, known === undefined ? place : `${known},${place}`);
    }
    position++;
  }
  return Array.from(places, ([word, list]) => `'${word}':${list}`).join(' ');
}

function visit(value: unknown, name: string, tell: (text: string) => void): void {
  if (typeof value === 'string') {
    tell(value);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) visit(item, name, tell);
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    if (silent.has(key) || (key === 'url' && isExtension(name)) || (isData(key) && typeof inner === 'string')) continue;
    visit(inner, key, tell);
  }
}

/** Bytes in base64, of whatever length: nobody searches them, and of a sealed document they must not lie in the index. */
function isData(name: string): boolean {
  return name === 'data' || name === 'valueBase64Binary';
}

function isExtension(name: string): boolean {
  return name === 'extension' || name === 'modifierExtension';
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** The text of XHTML: comments and tags become blanks, entities what they stand for. */
function plainText(xhtml: string): string {
  return xhtml.replace(/<!--[\s\S]*?(?:-->|$)|<[^<>]*>/g, ' ').replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi, (_all, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return named[name.toLowerCase()] ?? ' ';
    const point = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal);
    return point > 0x10ffff ? ' ' : String.fromCodePoint(point);
  });
}
