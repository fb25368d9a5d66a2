// Composite parameters: values that must stand in the same element (R4 search §3.1.1.4.17). The first part is a code, kept with its system; each
// later part is indexed under a place that carries that code (and, for a quantity, its unit), so that one look-up finds the pair. A search
// that names the code alone finds in the spellings which systems it stands in.
import { growPath, walk, type Branch } from './compile.ts';
import type { Zone } from './dates.ts';
import { list, object, text, type Json, type Leaf } from './json.ts';
import { dateLeaf, stringLeaf } from './leaves.ts';
import { numberLeaf } from './number-leaf.ts';
import type { ParameterType, SearchParameter } from './parameters.ts';
import { parsePath } from './path.ts';
import { referenceLeaf } from './reference-leaf.ts';
import { Sink } from './sink.ts';
import { besides, pairTerm, placeOf, systemCodeTerm } from './terms.ts';
import { tokenLeaf } from './token-leaf.ts';

interface Part {
  readonly branches: Branch[];
  readonly fromResource: boolean;
}

/** What composites need of the resource and the house around them. */
export interface Surroundings {
  readonly resourceType: string;
  readonly root: () => Json;
  readonly zone: Zone;
  readonly bases: readonly string[];
}

/** The place of a composite's rows: context and parts, so that `combo-…` and `component-…` share them. */
export function compositePlace(owner: string, context: string, parameter: SearchParameter): bigint {
  return placeOf(owner, `${context}$${parameter.components.map((c) => c.paths.join(';')).join('$')}`, 'composite');
}

/** Compiles one context of a composite into a leaf that is given the context's object; `found` is told when all parts are there. */
export function compositeLeaf(place: bigint, structure: string, parameter: SearchParameter, around: Surroundings, found: (sink: Sink) => void): Leaf {
  const [head, ...rest] = parameter.components;
  if (head === undefined) return () => undefined;
  const codes = compilePart(head.paths, structure, around, codeLeaf);
  const parts = rest.map(({ paths, type }) => compilePart(paths, structure, around, (fhirType) => partLeaf(type, fhirType, around)));
  return (value, sink) => {
    const firsts = gather(codes, value as Json, around).spellings;
    if (firsts.length === 0) return;
    const seconds = parts.map((part) => gather(part, value as Json, around));
    if (seconds.some((second) => second.tokens.size + second.strings.length + second.ranges.length === 0)) return;
    found(sink);
    for (const { text: code, token: first } of firsts) {
      sink.addSpelling(place ^ besides.code, code, first ^ place ^ besides.code);
      seconds.forEach((second, index) => addPair(sink, place ^ BigInt(index), first, second));
    }
    for (const { spellings } of seconds) for (const unit of spellings) sink.addSpelling(place ^ besides.unit, unit.text, unit.token ^ place ^ besides.unit);
  };
}

function addPair(sink: Sink, place: bigint, first: bigint, second: Sink): void {
  for (const token of second.tokens) sink.tokens.add(pairTerm(first, token) ^ place);
  for (const row of second.strings) sink.addString(place ^ first, row.text);
  for (const row of second.ranges) sink.addRange(place ^ first ^ row.place, row.low, row.high);
}

function gather(part: Part, context: Json, { root }: Surroundings): Sink {
  const sink = new Sink();
  walk(part.branches, part.fromResource ? root() : context, sink);
  return sink;
}

function compilePart(paths: readonly string[], structure: string, { resourceType }: Surroundings, makeLeaf: (fhirType: string) => Leaf | undefined): Part {
  const branches: Branch[] = [];
  let fromResource = false;
  for (const path of paths.map(parsePath)) {
    fromResource ||= path.fromResource;
    growPath(branches, path.fromResource ? resourceType : structure, path, makeLeaf);
  }
  return { branches, fromResource };
}

/** The codes of the first part: a plain code is one without a system. */
function codeLeaf(fhirType: string): Leaf | undefined {
  const add = (sink: Sink, system: unknown, code: unknown): void => {
    if (typeof code === 'string') sink.addSpelling(0n, code, systemCodeTerm(text(system) ?? '', code));
  };
  switch (fhirType) {
    case 'Coding':
      return (v, sink) => add(sink, object(v)?.['system'], object(v)?.['code']);
    case 'CodeableConcept':
      return (v, sink) => {
        for (const coding of list(object(v)?.['coding'])) add(sink, object(coding)?.['system'], object(coding)?.['code']);
      };
    case 'code': case 'string': case 'uri': case 'id':
      return (v, sink) => add(sink, undefined, v);
    default:
      return undefined;
  }
}

/** By the FHIR type first: R4 calls the parts of DocumentReference `relationship` by the types of each other. */
function partLeaf(kind: ParameterType, fhirType: string, { zone, bases }: Surroundings): Leaf | undefined {
  if (fhirType === 'Reference') return referenceLeaf(fhirType, { reference: 0n, identifier: 0n }, bases);
  switch (kind) {
    case 'token':
      return tokenLeaf(fhirType, 0n);
    case 'string':
      return stringLeaf(fhirType, 0n, 0n, false);
    case 'date':
      return dateLeaf(fhirType, zone, (sink, low, high) => sink.addRange(0n, low, high));
    case 'number':
    case 'quantity':
      return numberLeaf(fhirType, 0n, 0n);
    default:
      return undefined;
  }
}
