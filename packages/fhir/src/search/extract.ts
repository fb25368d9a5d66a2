// What the index knows of a resource: one compiled walk a type (decision record 0003).
import { isNumber, numberValue } from '../json/lossless.ts';
import { structureOf } from '../structure/structure.ts';
import type { Resource } from '../resource.ts';
import { growPath, walk, type Branch, type LeafMaker } from './compile.ts';
import { compositeLeaf } from './composites.ts';
import { dateLeaf, numberLeaf, patientKey, referenceLeaf, stringLeaf, tokenLeaf, uriLeaf, type Json, type Leaf } from './leaves.ts';
import type { Zone } from './dates.ts';
import { keyOf } from './keys.ts';
import { compartmentParameters, mainDate, patientParameter, searchParametersOf, type SearchParameter } from './parameters.ts';
import { parameterTable } from './parameters.gen.ts';
import { elementsOf, parsePath, structureBelow } from './path.ts';
import { Sink, type IndexEntry } from './sink.ts';
import { codeTerm, compartmentPlace, placeOf, type IndexKind } from './terms.ts';

/** Parameters that are columns of the store, not rows of the index. */
const columns = new Set(['_id', '_lastUpdated']);
const common = new Set((parameterTable['Resource'] ?? []).map((line) => line.slice(0, line.indexOf('|'))));

/** The owner of a parameter's places: common parameters share theirs across types. */
export function ownerOf(type: string, parameter: SearchParameter): string {
  return common.has(parameter.code) ? 'Resource' : type;
}

/** What an extractor must know of the house: the zone of partial dates, and our own addresses, references below which are local. */
interface House {
  readonly zone: Zone;
  readonly bases: readonly string[];
}

/** An extractor for a zone of partial dates and our own addresses (`http://localhost:8080/fhir/R4`). Compiles each type at its first resource. */
export function makeExtractor(zone: Zone, bases: readonly string[] = []): (resource: Resource) => IndexEntry {
  const house: House = { zone, bases };
  const byType = new Map<string, Branch[]>();
  let root: Json = {};
  return (resource) => {
    let branches = byType.get(resource.resourceType);
    if (branches === undefined) {
      branches = compileType(resource.resourceType, house, () => root);
      byType.set(resource.resourceType, branches);
    }
    root = resource;
    const sink = new Sink();
    if (resource.resourceType === 'Patient' && resource.id !== undefined) sink.patient = keyOf(resource.id);
    walk(branches, resource, sink);
    for (const member of sink.members) if (member !== sink.patient) sink.tokens.add(member ^ compartmentPlace);
    return {
      tokens: [...sink.tokens],
      strings: sink.strings,
      ranges: sink.ranges,
      date: sink.high > sink.low ? { low: sink.low, high: sink.high } : undefined,
      patient: sink.patient,
    };
  };
}

function compileType(type: string, house: House, root: () => Json): Branch[] {
  const branches: Branch[] = [];
  const done = new Set<string>();
  for (const parameter of searchParametersOf(type).values()) {
    if (columns.has(parameter.code)) continue;
    for (const path of parameter.paths) {
      const kind = indexKind(type, parameter);
      const identity = `${kind}|${path.replace(/\?\w+/, '')}|${parameter.components.map((c) => c.paths.join(';')).join('$')}`;
      if (done.has(identity)) continue;
      done.add(identity);
      growParameter(branches, type, parameter, path, house, root);
    }
  }
  growPatient(branches, type, house);
  return branches;
}

function indexKind(type: string, parameter: SearchParameter): string {
  return mainDate[type] === parameter.code ? 'main' : parameter.type;
}

function growParameter(branches: Branch[], type: string, parameter: SearchParameter, text: string, house: House, root: () => Json): void {
  const owner = ownerOf(type, parameter);
  if (parameter.type === 'composite') return growComposite(branches, type, owner, parameter, text, house.zone, root);
  const path = parsePath(text);
  if (path.existence) return growExistence(branches, type, owner, text);
  growPath(branches, type, path, leafMaker(type, owner, parameter, text, house));
}

function leafMaker(type: string, owner: string, parameter: SearchParameter, path: string, { zone, bases }: House): LeafMaker {
  const place = (kind: IndexKind): bigint => placeOf(owner, path, kind);
  switch (parameter.type) {
    case 'token':
      return (t) => tokenLeaf(t, place('token'));
    case 'string':
      return (t) => stringLeaf(t, place('string'), place('exact'), parameter.code === 'find');
    case 'reference':
      return (t) => referenceLeaf(t, place('reference'), bases);
    case 'uri':
      return () => uriLeaf(place('uri'));
    case 'date':
      return mainDate[type] === parameter.code
        ? (t) => dateLeaf(t, zone, (sink, low, high) => sink.addDate(low, high))
        : (t) => dateLeaf(t, zone, (sink, low, high) => sink.addRange(place('range'), low, high));
    case 'number':
    case 'quantity':
      return (t) => numberLeaf(t, place('range'), place('token'));
    default:
      return () => (value, sink) => addPosition(value as Json, sink, place('range'));
  }
}

/** Location.position for `near`: latitude and longitude as two numbers (R4 location.html §8.7.4). */
function addPosition(position: Json, sink: Sink, place: bigint): void {
  const { latitude, longitude } = position;
  if (!isNumber(latitude) || !isNumber(longitude)) return;
  sink.addRange(place, numberValue(latitude), numberValue(latitude));
  sink.addRange(place ^ 1n, numberValue(longitude), numberValue(longitude));
}

function growComposite(branches: Branch[], type: string, owner: string, parameter: SearchParameter, context: string, zone: Zone, root: () => Json): void {
  if (context === '') {
    // the resource itself is the context: hang the pair on a property that every resource has
    const leaf = compositeLeaf(type, owner, context, type, parameter, zone, root);
    branches.push({ property: 'resourceType', filter: undefined, index: undefined, structure: undefined, leaves: [(_value, sink) => leaf(root(), sink)], branches: [] });
    return;
  }
  const path = parsePath(context);
  const structure = path.steps.reduce<string | undefined>((s, step) => {
    const element = s === undefined ? undefined : elementsOf(s, step)[0];
    return element === undefined ? undefined : structureBelow(element);
  }, type);
  if (structure === undefined || structureOf(structure) === undefined) return;
  growPath(branches, type, path, () => compositeLeaf(type, owner, context, structure, parameter, zone, root));
}

/** `Patient.deceased`: true when there is a date, or a boolean that is not false. */
function growExistence(branches: Branch[], type: string, owner: string, text: string): void {
  const place = placeOf(owner, text, 'token');
  const leaf: Leaf = (value, sink) => sink.tokens.add(codeTerm(String(value !== false)) ^ place);
  growPath(branches, type, parsePath(text), () => leaf);
}

function growPatient(branches: Branch[], type: string, { bases }: House): void {
  const main = patientParameter(type);
  for (const code of compartmentParameters('Patient', type) ?? []) {
    for (const text of searchParametersOf(type).get(code)?.paths ?? []) {
      growPath(branches, type, parsePath(text), (t) => (t === 'Reference' ? patientLeaf(code === main, bases) : undefined));
    }
  }
}

function patientLeaf(main: boolean, bases: readonly string[]): Leaf {
  return (value, sink) => {
    const key = patientKey(value, bases);
    if (key === undefined) return;
    if (main && sink.patient === 0n) sink.patient = key;
    else sink.members.add(key);
  };
}
