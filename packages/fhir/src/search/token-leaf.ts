// Rows of token parameters (R4 search §3.1.1.4.10), by FHIR type of the value.
import { contactText, list, object, text, type Json, type Leaf } from './json.ts';
import type { Sink } from './sink.ts';
import { codeTerm, pairTerm, systemCodeTerm, systemTerm, textTerm } from './terms.ts';

/** Where the tokens of a parameter's modifiers stand, beside those of its codes. */
export interface TokenPlaces {
  /** `:text` */
  readonly text: bigint;
  /** `:of-type` */
  readonly type: bigint;
  /** `:below` of a media type */
  readonly below: bigint | undefined;
}

/** The code, the code in its system, the system; with places for them also what the modifiers ask for. Undefined for a FHIR type that tokens do not cover. */
export function tokenLeaf(type: string, place: bigint, more?: TokenPlaces): Leaf | undefined {
  switch (type) {
    case 'Coding':
      return (v, sink) => addCoding(sink, object(v), place, more);
    case 'CodeableConcept':
      return (v, sink) => {
        const concept = object(v);
        for (const coding of list(concept?.['coding'])) addCoding(sink, object(coding), place, more);
        if (more !== undefined) addText(sink, concept?.['text'], more);
      };
    case 'Identifier':
      return (v, sink) => addIdentifier(sink, object(v), place, more);
    case 'ContactPoint':
      return (v, sink) => {
        const value = text(object(v)?.['value']);
        if (value !== undefined) sink.tokens.add(codeTerm(contactText(value)) ^ place);
      };
    case 'boolean':
      return (v, sink) => sink.tokens.add(codeTerm(String(v)) ^ place);
    case 'code': case 'string': case 'id': case 'uri': case 'url': case 'canonical': case 'oid': case 'uuid': case 'markdown':
      return (v, sink) => {
        if (typeof v !== 'string') return;
        sink.tokens.add(codeTerm(v) ^ place);
        if (more?.below !== undefined) for (const above of mediaTypesAbove(v)) sink.tokens.add(codeTerm(above) ^ more.below);
      };
    default:
      return undefined;
  }
}

/** The three tokens of a value in a system. */
export function addToken(sink: Sink, system: string | undefined, code: string | undefined, place: bigint): void {
  if (code !== undefined) {
    sink.tokens.add(codeTerm(code) ^ place);
    sink.tokens.add(systemCodeTerm(system ?? '', code) ^ place);
  }
  if (system !== undefined) sink.tokens.add(systemTerm(system) ^ place);
}

function addCoding(sink: Sink, coding: Json | undefined, place: bigint, more: TokenPlaces | undefined): void {
  addToken(sink, text(coding?.['system']), text(coding?.['code']), place);
  if (more !== undefined) addText(sink, coding?.['display'], more);
}

/** The text beside a code: CodeableConcept.text, Coding.display, Identifier.type.text. */
function addText(sink: Sink, value: unknown, { text: place }: TokenPlaces): void {
  if (typeof value !== 'string') return;
  const token = textTerm(value) ^ place;
  if (sink.tokens.has(token)) return;
  sink.tokens.add(token);
  sink.addSpelling(place, value, token, true);
}

function addIdentifier(sink: Sink, identifier: Json | undefined, place: bigint, more: TokenPlaces | undefined): void {
  const value = text(identifier?.['value']);
  addToken(sink, text(identifier?.['system']), value, place);
  const kind = object(identifier?.['type']);
  if (more === undefined || kind === undefined) return;
  addText(sink, kind['text'], more);
  if (value === undefined) return;
  for (const coding of list(kind['coding'])) {
    const code = text(object(coding)?.['code']);
    if (code !== undefined) sink.tokens.add(ofTypeTerm(text(object(coding)?.['system']) ?? '', code, value) ^ more.type);
  }
}

/** An identifier of a type (`:of-type`). */
export function ofTypeTerm(system: string, code: string, value: string): bigint {
  return pairTerm(systemCodeTerm(system, code), codeTerm(value));
}

/** A media type and what it is a kind of: `image/png;q=1` is `image/png` and `image`. */
export function mediaTypesAbove(value: string): string[] {
  const bare = (value.split(';')[0] as string).trim().toLowerCase();
  return [...new Set([value, bare, bare.split('/')[0] as string])];
}
