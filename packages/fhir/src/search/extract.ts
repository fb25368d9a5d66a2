// What the index knows of a resource: one compiled walk a type (decision record 0003).
import { isNumber, numberValue } from '../json/lossless.ts';
import { structureOf } from '../structure/structure.ts';
import type { Resource } from '../resource.ts';
import { growPath, walk, type Branch, type LeafMaker } from './compile.ts';
import { compositeLeaf, compositePlace } from './composites.ts';
import type { Zone } from './dates.ts';
import { list, object, text, type Json, type Leaf } from './json.ts';
import { evaluatedBranch } from './custom-leaf.ts';
import { keyOf } from './keys.ts';
import { dateLeaf, stringLeaf } from './leaves.ts';
import { numberLeaf } from './number-leaf.ts';
import { compartmentParameters, mainDate, patientParameter, searchParametersOf, type SearchParameter } from './parameters.ts';
import { parameterTable } from './parameters.gen.ts';
import { elementsOf, parsePath, structureBelow } from './path.ts';
import { patientCodePath } from './patient-code-path.ts';
import { presentOf } from './presence.ts';
import { markPresence, presenceOf, type Presence } from './present-leaf.ts';
import { canonicalTargets, patientKey, referenceLeaf, uriLeaf } from './reference-leaf.ts';
import { Sink, type IndexEntry } from './sink.ts';
import { codeTerm, compartmentPlace, patientCodeTerm, placeOf, systemCodeTerm, type IndexKind } from './terms.ts';
import { tokenLeaf } from './token-leaf.ts';

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
  /** The resource that is being read. */
  readonly root: () => Json;
}

/** An extractor for a zone of partial dates and our own addresses (`http://localhost:8080/fhir/R4`). Compiles each type at its first resource. */
export function makeExtractor(zone: Zone, bases: readonly string[] = []): (resource: Resource) => IndexEntry {
  const byType = new Map<string, Compiled>();
  let root: Json = {};
  const house: House = { zone, bases, root: () => root };
  return (resource) => {
    let compiled = byType.get(resource.resourceType);
    if (compiled?.parameters !== searchParametersOf(resource.resourceType)) {
      compiled = { parameters: searchParametersOf(resource.resourceType), branches: compileType(resource.resourceType, house) };
      byType.set(resource.resourceType, compiled);
    }
    root = resource;
    const sink = new Sink();
    if (resource.resourceType === 'Patient' && resource.id !== undefined) sink.patient = keyOf(resource.id);
    walk(compiled.branches, resource, sink);
    for (const member of sink.members) if (member !== sink.patient) sink.tokens.add(member ^ compartmentPlace);
    if (sink.patient !== 0n) for (const code of sink.codes) sink.tokens.add(patientCodeTerm(sink.patient, code));
    return {
      tokens: [...sink.tokens],
      strings: sink.strings,
      ranges: sink.ranges,
      date: sink.high > sink.low ? { low: sink.low, high: sink.high } : undefined,
      patient: sink.patient,
      present: presentOf(sink.presentLow, sink.presentHigh),
      spellings: sink.spellings,
    };
  };
}

/** The walk of a type, and the parameters that it was made for: others ask for another walk. */
interface Compiled {
  readonly parameters: ReadonlyMap<string, SearchParameter>;
  readonly branches: Branch[];
}

function compileType(type: string, house: House): Branch[] {
  const branches: Branch[] = [];
  const done = new Set<string>();
  const parameters = [...searchParametersOf(type).values()].filter(({ code }) => !columns.has(code));
  for (const parameter of parameters) {
    for (const path of parameter.paths) {
      if (parameter.type !== 'composite' && parameter.evaluate === undefined) markPresence(branches, type, ownerOf(type, parameter), parameter, path);
      const identity = identityOf(type, parameter, path);
      if (done.has(identity)) continue;
      done.add(identity);
      growParameter(branches, type, parameter, path, house, sharersOf(type, parameters, identity).map((p) => presenceOf(type, ownerOf(type, p), p)));
    }
  }
  growPatient(branches, type, house);
  growPatientCodes(branches, type);
  if (searchParametersOf(type).get('url')?.type === 'uri') growCanonical(branches, type, house);
  return branches;
}

/** Parameters that are equal in this share their rows. */
function identityOf(type: string, parameter: SearchParameter, path: string): string {
  const kind = mainDate[type] === parameter.code ? 'main' : parameter.type;
  return `${kind}|${path.replace(/\?\w+/, '')}|${parameter.components.map((c) => c.paths.join(';')).join('$')}`;
}

function sharersOf(type: string, parameters: readonly SearchParameter[], identity: string): SearchParameter[] {
  return parameters.filter((parameter) => parameter.paths.some((path) => identityOf(type, parameter, path) === identity));
}

function growParameter(branches: Branch[], type: string, parameter: SearchParameter, path: string, house: House, notes: readonly Presence[]): void {
  const owner = ownerOf(type, parameter);
  const note = (sink: Sink): void => notes.forEach((one) => one(sink));
  if (parameter.evaluate !== undefined) return void branches.push(evaluatedBranch(parameter.evaluate, leafMaker(type, owner, parameter, path, house), note, house.root));
  if (parameter.type === 'composite') return growComposite(branches, type, parameter, path, house, note);
  const parsed = parsePath(path);
  if (parsed.existence) return growExistence(branches, type, owner, path);
  growPath(branches, type, parsed, leafMaker(type, owner, parameter, path, house));
}

function leafMaker(type: string, owner: string, parameter: SearchParameter, path: string, { zone, bases }: House): LeafMaker {
  const place = (kind: IndexKind): bigint => placeOf(owner, path, kind);
  switch (parameter.type) {
    case 'token': {
      const below = path.endsWith('contentType') ? place('below') : undefined;
      return (t) => tokenLeaf(t, place('token'), { text: place('text'), type: place('type'), below });
    }
    case 'string':
      return (t) => stringLeaf(t, place('string'), place('exact'), parameter.code === 'find');
    case 'reference':
      return (t) => referenceLeaf(t, { reference: place('reference'), identifier: place('identifier') }, bases);
    case 'uri':
      return () => uriLeaf(place('uri'));
    case 'date':
      return mainDate[type] === parameter.code
        ? (t) => dateLeaf(t, zone, (sink, low, high) => sink.addDate(low, high))
        : (t) => dateLeaf(t, zone, (sink, low, high) => sink.addRange(place('range'), low, high));
    case 'number':
    case 'quantity':
      return (t) => numberLeaf(t, place('range'), place('unit'));
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

function growComposite(branches: Branch[], type: string, parameter: SearchParameter, context: string, house: House, found: Presence): void {
  const place = compositePlace(ownerOf(type, parameter), context, parameter);
  const around = { resourceType: type, ...house };
  if (context === '') {
    const leaf = compositeLeaf(place, type, parameter, around, found);
    return growRoot(branches, (_value, sink) => leaf(house.root(), sink));
  }
  const path = parsePath(context);
  const structure = path.steps.reduce<string | undefined>((s, step) => {
    const element = s === undefined ? undefined : elementsOf(s, step)[0];
    return element === undefined ? undefined : structureBelow(element);
  }, type);
  if (structure === undefined || structureOf(structure) === undefined) return;
  growPath(branches, type, path, () => compositeLeaf(place, structure, parameter, around, found));
}

/** Hangs a leaf on a property that every resource has: it is visited once. */
function growRoot(branches: Branch[], leaf: Leaf): void {
  branches.push({ property: 'resourceType', filter: undefined, index: undefined, structure: undefined, leaves: [leaf], branches: [], present: { low: 0, high: 0 } });
}

/** What canonical references to the resource look for: its `url`, and its version when it has one. */
function growCanonical(branches: Branch[], type: string, { root }: House): void {
  const place = placeOf(type, 'url', 'canonical');
  const leaf: Leaf = (url, sink) => {
    if (typeof url === 'string') for (const term of canonicalTargets(url, text(root()['version']))) sink.tokens.add(term ^ place);
  };
  growPath(branches, type, parsePath('url'), () => leaf);
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

/** The codes by which resources about a patient are asked for together with the patient. */
function growPatientCodes(branches: Branch[], type: string): void {
  const path = patientCodePath(type);
  if (path !== undefined) growPath(branches, type, parsePath(path), () => codesLeaf(placeOf(type, path, 'token')));
}

function codesLeaf(place: bigint): Leaf {
  return (concept, sink) => {
    for (const coding of list(object(concept)?.['coding'])) {
      const code = text(object(coding)?.['code']);
      const system = text(object(coding)?.['system']);
      if (code !== undefined && system !== undefined) sink.codes.push(systemCodeTerm(system, code) ^ place);
    }
  };
}

function patientLeaf(main: boolean, bases: readonly string[]): Leaf {
  return (value, sink) => {
    const key = patientKey(value, bases);
    if (key === undefined) return;
    if (main && sink.patient === 0n) sink.patient = key;
    else sink.members.add(key);
  };
}
