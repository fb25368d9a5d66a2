// Rows of reference and uri parameters (R4 search §3.1.1.4.12, .13).
import { object, text, type Leaf } from './json.ts';
import { keyOf } from './keys.ts';
import { typeTerm, uriTerm } from './terms.ts';
import { addToken } from './token-leaf.ts';

const literal = /^(?:(https?:\/\/.+)\/)?([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/;

export interface LiteralReference {
  readonly base: string | undefined;
  readonly type: string;
  readonly id: string;
}

// several parameters look at one reference in turn
let last: { reference: string; read: LiteralReference | undefined } = { reference: '', read: undefined };

/** Reads `Type/id`, `base/Type/id` and their versioned forms; undefined for anything else. */
export function parseReference(reference: string): LiteralReference | undefined {
  if (last.reference === reference) return last.read;
  const match = literal.exec(reference);
  const read = match === null ? undefined : { base: match[1], type: match[2] as string, id: match[3] as string };
  last = { reference, read };
  return read;
}

/** The type of resource that a value of a reference parameter points to; undefined when it does not say. */
export function typeReferredTo(value: unknown): string | undefined {
  if (typeof value === 'string') return parseReference(value.split('|')[0] as string)?.type;
  const reference = text(object(value)?.['reference']);
  return (reference === undefined ? undefined : parseReference(reference)?.type) ?? text(object(value)?.['type']) ?? text(object(value)?.['resourceType']);
}

/** Where the rows of a reference parameter stand. */
export interface ReferencePlaces {
  readonly reference: bigint;
  /** Reference.identifier, for `:identifier` */
  readonly identifier: bigint;
}

/** Rows of a reference parameter; a reference below one of `bases`, our own addresses, is one to a resource of this server. */
export function referenceLeaf(type: string, places: ReferencePlaces, bases: readonly string[]): Leaf | undefined {
  switch (type) {
    case 'Reference':
      return literalLeaf(places, bases);
    case 'Resource':
      return (v, sink) => {
        const resource = object(v);
        const id = text(resource?.['id']);
        if (id !== undefined) sink.tokens.add(keyOf(id) ^ typeTerm(String(resource?.['resourceType'])) ^ places.reference);
      };
    case 'canonical': case 'uri': case 'url':
      return canonicalLeaf(places.reference);
    default:
      return undefined;
  }
}

function literalLeaf(places: ReferencePlaces, bases: readonly string[]): Leaf {
  return (v, sink) => {
    const value = object(v);
    const identifier = object(value?.['identifier']);
    if (identifier !== undefined) addToken(sink, text(identifier['system']), text(identifier['value']), places.identifier);
    const reference = text(value?.['reference']);
    if (reference === undefined || reference.startsWith('#')) return;
    const found = parseReference(reference);
    if (found === undefined || !isOurs(found, bases)) sink.tokens.add(uriTerm(reference) ^ places.reference);
    else sink.tokens.add(keyOf(found.id) ^ typeTerm(found.type) ^ places.reference);
  };
}

/**
 * A canonical is found as it stands and without its version. For chains (`questionnaire.title=…`) it says by one token more that it names no version,
 * since then any version of the target will do. One that is written as an address of this server (`Library/1|2.0`) is found as a reference too.
 */
function canonicalLeaf(place: bigint): Leaf {
  return (v, sink) => {
    if (typeof v !== 'string') return;
    const [url, version] = splitCanonical(v);
    sink.tokens.add(uriTerm(url) ^ place);
    sink.tokens.add(uriTerm(`${url}|${version}`) ^ place);
    if (version !== '') sink.addSpelling(place, v, uriTerm(v) ^ place);
    const found = parseReference(url);
    if (found !== undefined && found.base === undefined) sink.tokens.add(keyOf(found.id) ^ typeTerm(found.type) ^ place);
  };
}

/** `url|version` as its parts; the version is '' when there is none. */
export function splitCanonical(canonical: string): [url: string, version: string] {
  const cut = canonical.indexOf('|');
  return cut <= 0 ? [canonical, ''] : [canonical.slice(0, cut), canonical.slice(cut + 1)];
}

/** Rows of a uri parameter. A canonical `url|version` is found with and without its version. */
export function uriLeaf(place: bigint): Leaf {
  return (v, sink) => {
    if (typeof v !== 'string') return;
    const [url] = splitCanonical(v);
    const token = uriTerm(url) ^ place;
    sink.tokens.add(token);
    sink.addSpelling(place, url, token);
    if (url !== v) sink.tokens.add(uriTerm(v) ^ place);
  };
}

/** What canonical references to a resource with this `url` and `version` look for (the other end of canonicalLeaf). */
export function canonicalTargets(url: string, version: string | undefined): bigint[] {
  return version === undefined ? [uriTerm(`${url}|`)] : [uriTerm(`${url}|`), uriTerm(`${url}|${version}`)];
}

function isOurs({ base }: LiteralReference, bases: readonly string[]): boolean {
  return base === undefined || bases.includes(base);
}

/** The patient a Reference points to, as its key; undefined when it is none of ours. */
export function patientKey(value: unknown, bases: readonly string[]): bigint | undefined {
  const reference = text(object(value)?.['reference']);
  if (reference === undefined) return undefined;
  const found = parseReference(reference);
  return found?.type === 'Patient' && isOurs(found, bases) ? keyOf(found.id) : undefined;
}
