// Composite parameters: values that must stand in the same element (R4 search §3.1.1.4.6). The first part is a code, kept
// without its system (a search that names the system asks for it beside); each later part is indexed under a place that carries the code,
// so that one look-up finds the pair.
import { growPath, walk, type Branch } from './compile.ts';
import type { Zone } from './dates.ts';
import { dateLeaf, numberLeaf, stringLeaf, tokenLeaf, type Json, type Leaf } from './leaves.ts';
import type { ParameterType, SearchParameter } from './parameters.ts';
import { parsePath } from './path.ts';
import { Sink } from './sink.ts';
import { pairTerm, placeOf } from './terms.ts';

interface Part {
  readonly type: ParameterType;
  readonly branches: Branch[];
  readonly fromResource: boolean;
}

/** The place of a composite's rows: context and parts, so that `combo-…` and `component-…` share them. */
export function compositePlace(owner: string, context: string, parameter: SearchParameter): bigint {
  return placeOf(owner, `${context}$${parameter.components.map((c) => c.paths.join(';')).join('$')}`, 'composite');
}

/** Compiles one context of a composite into a leaf that is given the context's object. */
export function compositeLeaf(resourceType: string, owner: string, context: string, contextStructure: string, parameter: SearchParameter, zone: Zone, root: () => Json): Leaf {
  const place = compositePlace(owner, context, parameter);
  const parts = parameter.components.map((c, index) => compilePart(c, index === 0, resourceType, contextStructure, zone));
  return (value, sink) => {
    const firsts = gather(parts[0] as Part, value as Json, root()).tokens;
    if (firsts.size === 0) return;
    parts.slice(1).forEach((part, index) => {
      const second = gather(part, value as Json, root());
      if (second.tokens.size + second.strings.length + second.ranges.length === 0) return;
      for (const first of firsts) addPair(sink, place ^ BigInt(index), first, part.type, second);
    });
  };
}

function addPair(sink: Sink, place: bigint, first: bigint, type: ParameterType, second: Sink): void {
  if (type === 'token') {
    for (const token of second.tokens) sink.tokens.add(pairTerm(first, token) ^ place);
    return;
  }
  for (const row of second.strings) sink.addString(place ^ first, row.text);
  for (const row of second.ranges) sink.addRange(place ^ first, row.low, row.high);
}

function gather(part: Part, context: Json, root: Json): Sink {
  const sink = new Sink();
  walk(part.branches, part.fromResource ? root : context, sink);
  return sink;
}

function compilePart(component: SearchParameter['components'][number], first: boolean, resourceType: string, contextStructure: string, zone: Zone): Part {
  const branches: Branch[] = [];
  let fromResource = false;
  for (const text of component.paths) {
    const path = parsePath(text);
    fromResource ||= path.fromResource;
    growPath(branches, path.fromResource ? resourceType : contextStructure, path, (type) => (first ? tokenLeaf(type, 0n, true) : partLeaf(component.type, type, zone)));
  }
  return { type: component.type, branches, fromResource };
}

function partLeaf(kind: ParameterType, fhirType: string, zone: Zone): Leaf | undefined {
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
