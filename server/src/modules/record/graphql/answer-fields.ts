// Fills the answer: walks the selections of a query over resources (R4 graphql.html §3.4.1).
import { isResourceType, parseReference, structureOf, type Element, type Resource, type Structure } from '@sen/fhir';
import type { Work } from '../../../platform/work.ts';
import type { Budget } from './budget.ts';
import { argumentsOf, directiveOf, fieldsOf, type Document, type Field } from './fields.ts';
import { evaluatePath, type CompiledPaths } from './evaluate-path.ts';
import { filterList } from './filter-list.ts';
import { GraphqlError } from './graphql-error.ts';
import { emptyOut, flattenedInto, into, type Out, type Put } from './place.ts';
import type { LoadResource } from './load-referred.ts';
import { searchField, type FoundPage, type SearchField } from './search-field.ts';

type Json = Readonly<Record<string, unknown>>;

export interface Execution {
  readonly work: Work;
  readonly document: Document;
  readonly budget: Budget;
  readonly errors: GraphqlError[];
  readonly load: LoadResource;
  readonly bases: readonly string[];
  readonly paths: CompiledPaths;
}

/** An object of the record, and where it stands. */
export interface Frame {
  readonly structure: Structure;
  readonly object: Json;
  /** The resource that holds it, for `#contained` references. */
  readonly root: Json;
  readonly path: readonly (string | number)[];
  readonly depth: number;
}

/** Puts what the selections ask of an object. What fails becomes null, with an error that says where; a passed limit ends the query. */
export async function fillObject(run: Execution, frame: Frame, selections: Field['selections'], put: Put): Promise<void> {
  run.budget.enter(frame.depth);
  const fields = fieldsOf(run.document, selections, namesOf(frame.structure));
  run.budget.spend('fields', fields.length);
  await inTurnOrTogether(fields, put, (field) => guarded(run, field, put, [...frame.path, field.key], () => fillField(run, frame, field, put)));
}

/** Fills the fields of the root of a system query: `Patient(id:)`, `PatientList`, `PatientConnection`. */
export async function fillRoot(run: Execution, selections: Field['selections'], put: Put): Promise<void> {
  const fields = fieldsOf(run.document, selections, ['Query']);
  await inTurnOrTogether(fields, put, (field) =>
    guarded(run, field, put, [field.key], async () => {
      if (field.name === '__typename') return put(field, 'Query');
      const searched = searchOf(field.name);
      if (searched !== undefined) return fillSearch(run, field, searched, undefined, [field.key], 1, put);
      if (!isResourceType(field.name)) throw new GraphqlError(`"${field.name}" is no resource type of R4, nor one with "List" or "Connection" after it.`, field.node, [field.key]);
      const id = field.arguments.get('id');
      if (typeof id !== 'string') throw new GraphqlError(`${field.name} needs the argument id.`, field.node, [field.key]);
      run.budget.spend('resources', 1);
      const resource = await run.load(field.name, id);
      if (resource === undefined) throw new GraphqlError(`${field.name}/${id} is not there.`, field.node, [field.key]);
      await fillValues(run, field, [resource], false, frameOf(resource, [field.key], 1), put);
    }),
  );
}

// Together, so that references of one level are loaded at once; in turn where flattening makes the order count.
async function inTurnOrTogether(fields: readonly Field[], put: Put, fill: (field: Field) => Promise<void>): Promise<void> {
  if (fields.some((field) => directiveOf(field.node, 'flatten') !== undefined)) {
    for (const field of fields) await fill(field);
    return;
  }
  for (const field of fields) if (directiveOf(field.node, 'slice') === undefined) put(field, null);
  await Promise.all(fields.map(fill));
}

/** A wrong field of a list of thousands fails a thousand times in the same way. */
const errorsTold = 100;

async function guarded(run: Execution, field: Field, put: Put, path: Frame['path'], fill: () => Promise<void>): Promise<void> {
  try {
    await fill();
  } catch (error) {
    if (!(error instanceof GraphqlError) || error.fatal) throw error;
    if (run.errors.length < errorsTold) run.errors.push(error.path.length > 0 ? error : new GraphqlError(error.message, field.node, path));
    put(field, null);
  }
}

async function fillField(run: Execution, frame: Frame, field: Field, put: Put): Promise<void> {
  const { structure, object } = frame;
  const path = [...frame.path, field.key];
  if (field.name === '__typename') return put(field, typeName(structure));
  if (field.name === 'resourceType' && structure.kind === 'resource') return put(field, object['resourceType']);
  if (field.name === 'resource' && structure.path === 'Reference') return fillReference(run, frame, field, put);
  const searched = structure.kind === 'resource' ? searchOf(field.name) : undefined;
  if (searched !== undefined) return fillSearch(run, field, searched, `${String(object['resourceType'])}/${String(object['id'])}`, path, frame.depth + 1, put);
  const element = structure.elements.get(field.name);
  if (element !== undefined) return fillElement(run, { ...frame, path }, field, element, object[field.name], put);
  const extended = field.name.startsWith('_') ? structure.elements.get(field.name.slice(1)) : undefined;
  if (extended === undefined) throw new GraphqlError(`${typeName(structure)} has no field "${field.name}".`, field.node, path);
  const values = listOf(object[field.name]);
  await fillValues(run, field, values, extended.many, { ...frame, path, structure: structureOf('Element')! }, put);
}

async function fillElement(run: Execution, frame: Frame, field: Field, element: Element, value: unknown, put: Put): Promise<void> {
  const below = structureOf(element.type.code.startsWith('#') ? element.type.code.slice(1) : element.type.code);
  const primitive = below === undefined || below.kind === 'primitive';
  if (primitive !== (field.selections.length === 0)) {
    throw new GraphqlError(primitive ? `"${field.name}" is a simple value and has no fields.` : `"${field.name}" needs a selection of fields.`, field.node, frame.path);
  }
  if (value === undefined || value === null) return put(field, null);
  const values = element.many ? await filterList(field, element, listOf(value), frame.path, evaluator(run)) : [value];
  if (!primitive) return fillValues(run, field, values, element.many, { ...frame, structure: below }, put);
  put(field, element.many && !isSingle(field) ? values : singleOf(field, values, frame.path));
}

/** Objects of one field, each with the field's selections; `frame` is that of the field. */
async function fillValues(run: Execution, field: Field, values: readonly unknown[], many: boolean, frame: Frame, put: Put): Promise<void> {
  const wanted = directiveOf(field.node, 'first') === undefined ? values : values.slice(0, 1);
  const frames = wanted.map((value, i) => innerFrame(frame, value as Json, many ? [...frame.path, i] : frame.path));
  if (directiveOf(field.node, 'flatten') !== undefined) {
    const gathered = new Map<string, unknown[]>();
    for (const inner of frames) await fillObject(run, inner, field.selections, flattenedInto(put, gathered));
    return;
  }
  const outs = await Promise.all(frames.map((inner) => filled(run, inner, field)));
  if (directiveOf(field.node, 'slice') !== undefined) return putSlices(run, field, wanted, outs, frame, put);
  put(field, many && !isSingle(field) ? outs : singleOf(field, outs, frame.path));
}

async function filled(run: Execution, frame: Frame, field: Field): Promise<Out> {
  const out = emptyOut();
  await fillObject(run, frame, field.selections, into(out));
  return out;
}

// `name @slice(path: "use")` gives `name.official`, `name.nickname` …
async function putSlices(run: Execution, field: Field, values: readonly unknown[], outs: readonly Out[], frame: Frame, put: Put): Promise<void> {
  const path = argumentsOf(run.document, directiveOf(field.node, 'slice')?.arguments ?? []).get('path');
  if (typeof path !== 'string') throw new GraphqlError('@slice needs a path.', field.node, frame.path);
  const found = path === '$index' ? values.map((_value, i) => [i]) : await evaluator(run)(frame.structure.path, path, values);
  const slices = new Map<string, Out[]>();
  found.forEach(([first], i) => {
    const name = `${field.key}.${String(first ?? '')}`;
    slices.set(name, [...(slices.get(name) ?? []), outs[i]!]);
  });
  for (const [name, list] of slices) put(field, list, name);
}

async function fillReference(run: Execution, frame: Frame, field: Field, put: Put): Promise<void> {
  const path = [...frame.path, field.key];
  const found = await referred(run, frame);
  const type = field.arguments.get('type');
  if (found !== undefined && (type === undefined || found['resourceType'] === type)) return fillValues(run, field, [found], false, frameOf(found, path, frame.depth), put);
  if (field.arguments.get('optional') === true || (found !== undefined && type !== undefined)) return put(field, null);
  throw new GraphqlError('The reference leads to no resource of this server.', field.node, path);
}

async function referred(run: Execution, { object, root }: Frame): Promise<Json | undefined> {
  const { reference } = object;
  if (typeof reference !== 'string') return undefined;
  if (reference.startsWith('#')) return listOf(root['contained']).find((one): one is Json => (one as Json)['id'] === reference.slice(1));
  const literal = parseReference(reference);
  const ours = literal !== undefined && isResourceType(literal.type) && (literal.base === undefined || run.bases.includes(literal.base.replace(/\/$/, '')));
  if (!ours) return undefined;
  run.budget.spend('resources', 1);
  return run.load(literal.type, literal.id);
}

async function fillSearch(run: Execution, field: Field, searched: SearchField, about: string | undefined, path: Frame['path'], depth: number, put: Put): Promise<void> {
  if (field.selections.length === 0) throw new GraphqlError(`"${field.name}" needs a selection of fields.`, field.node, path);
  const page = await searchField(run.work, run.budget, field, searched, about, path);
  if (searched.connection) return put(field, await connectionOf(run, field, searched, page, path, depth));
  const frame: Frame = { structure: structureOf(searched.type)!, object: {}, root: {}, path, depth };
  await fillValues(run, field, page.resources, true, frame, put);
}

// R4 graphql.html §3.4.1.7: a page of a search with its cursors. Pages are only walked forward here, so the other cursors are null.
async function connectionOf(run: Execution, field: Field, { type }: SearchField, page: FoundPage, path: Frame['path'], depth: number): Promise<Out> {
  const out = emptyOut();
  const known: Readonly<Record<string, unknown>> = { count: page.total, pagesize: page.resources.length, next: page.next, offset: null, first: null, previous: null, last: null, __typename: `${type}Connection` };
  for (const one of fieldsOf(run.document, field.selections, [`${type}Connection`])) {
    if (one.name === 'edges') out[one.key] = await Promise.all(page.resources.map((resource, i) => edgeOf(run, one, type, resource, [...path, one.key, i], depth)));
    else out[one.key] = knownValue(known, one, path);
  }
  return out;
}

async function edgeOf(run: Execution, edges: Field, type: string, resource: Resource, path: Frame['path'], depth: number): Promise<Out> {
  const out = emptyOut();
  for (const one of fieldsOf(run.document, edges.selections, [`${type}Edge`])) {
    if (one.name === 'resource') out[one.key] = await filled(run, frameOf(resource, [...path, one.key], depth + 1), one);
    else out[one.key] = knownValue({ mode: 'match', score: null, __typename: `${type}Edge` }, one, path);
  }
  return out;
}

function knownValue(known: Readonly<Record<string, unknown>>, { name, node }: Field, path: Frame['path']): unknown {
  if (!Object.hasOwn(known, name)) throw new GraphqlError(`There is no field "${name}" here.`, node, path);
  return known[name] ?? null;
}

function evaluator(run: Execution) {
  return (type: string, expression: string, values: readonly unknown[]): Promise<unknown[][]> => evaluatePath(run.paths, run.budget, type, expression, values);
}

function innerFrame(frame: Frame, object: Json, path: Frame['path']): Frame {
  const type = object['resourceType'];
  const resource = typeof type === 'string' && (frame.structure.kind === 'resource' || frame.structure.path === 'Resource') ? structureOf(type) : undefined;
  return { structure: resource ?? frame.structure, object, root: resource === undefined || frame.path.at(-1) === 'contained' ? frame.root : object, path, depth: frame.depth + 1 };
}

export function frameOf(resource: Json, path: Frame['path'], depth: number): Frame {
  return { structure: structureOf(String(resource['resourceType']))!, object: resource, root: resource, path, depth };
}

function searchOf(name: string): SearchField | undefined {
  const [, type = '', kind] = /^([A-Z]\w*?)(List|Connection)$/.exec(name) ?? [];
  // `List` itself is a resource type
  return kind !== undefined && isResourceType(type) ? { type, connection: kind === 'Connection' } : undefined;
}

function typeName({ path }: Structure): string {
  return path.replaceAll('.', '_');
}

function namesOf(structure: Structure): readonly string[] {
  return structure.kind === 'resource' ? [structure.path, 'Resource', 'DomainResource'] : [typeName(structure), structure.path, 'Element'];
}

function isSingle({ node }: Field): boolean {
  return directiveOf(node, 'first') !== undefined || directiveOf(node, 'singleton') !== undefined;
}

function singleOf(field: Field, values: readonly unknown[], path: Frame['path']): unknown {
  if (values.length > 1 && directiveOf(field.node, 'first') === undefined) throw new GraphqlError(`"${field.name}" is @singleton but has ${values.length} values; add @first or a filter.`, field.node, path);
  return values[0] ?? null;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : value === undefined || value === null ? [] : [value];
}
