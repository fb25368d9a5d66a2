import { isResourceType, parseLossless, parseReference, type Resource } from '@sen/fhir';
import { randomUUID } from 'node:crypto';
import type { OperationAnswer, OperationCall } from '../../../platform/operation.ts';
import { badOperationParameter, operationParameters } from '../../../platform/operation-parameters.ts';
import type { Work } from '../../../platform/work.ts';
import { createResource } from '../create-resource.ts';
import { readCurrent } from '../read-resource.ts';
import { documentIncomplete, documentNeedsPost, documentTooLarge } from '../refusals.ts';
import { loadShown } from '../access/load-shown.ts';

export interface Part {
  readonly name: string;
  readonly resource: Resource;
}

/** What those included refer to and a reader needs to understand them: people, places and things, not further findings. */
const supporting = new Set(['Practitioner', 'PractitionerRole', 'Organization', 'Location', 'HealthcareService', 'Medication', 'Device', 'Specimen', 'Substance', 'RelatedPerson']);
const ROUNDS = 4;
const PARTS_MAX = 5000;

/**
 * Answers `Composition/[id]/$document` (R4 composition-operation-document.html): a Bundle of type document with the Composition, all that it refers to,
 * and what these need to be understood. `persist=true` stores the Bundle too. Refuses (422) a Composition that refers to what is not here.
 */
export async function writeDocument(work: Work, call: OperationCall): Promise<OperationAnswer> {
  const parameters = operationParameters(call);
  const persist = parameters.flag('persist') === true;
  if (persist && call.method === 'GET') throw documentNeedsPost();
  if (parameters.values('graph').length > 0) throw badOperationParameter('graph', 'no graph, which this server does not know;');
  const composition = await compositionOf(work, call, parameters.text('id'));
  const bundle = await documentOf(work, composition, call.base);
  if (!persist) return { resource: bundle };
  const written = await createResource(work, { type: 'Bundle', resource: bundle });
  return { status: 201, headers: { Location: `${call.base}/Bundle/${written.id}/_history/${written.version}` }, ...(written.json === undefined ? {} : { json: written.json }) };
}

async function compositionOf(work: Work, call: OperationCall, named: string | undefined): Promise<Part> {
  const literal = named === undefined ? undefined : parseReference(named);
  const ours = literal?.type === 'Composition' && (literal.base === undefined || literal.base.replace(/\/$/, '') === call.base);
  const id = call.id ?? (ours ? literal.id : /^[A-Za-z0-9\-.]{1,64}$/.test(named ?? '') ? named : undefined);
  if (id === undefined) throw badOperationParameter('id', 'the id or address of a Composition');
  const { json } = await readCurrent(work, 'Composition', id);
  return { name: `Composition/${id}`, resource: parseLossless(json.toString()) as Resource };
}

/** The Composition first, then what it refers to, then, round by round, what those need. */
async function gather(work: Work, composition: Part, base: string): Promise<Part[]> {
  const parts = new Map<string, Part>([[composition.name, composition]]);
  let fresh: Part[] = [composition];
  for (let round = 0; round < ROUNDS && fresh.length > 0; round++) {
    const names = [...new Set(fresh.flatMap(({ resource }) => localReferences(resource, base)))].filter((name) => !parts.has(name) && (round === 0 || supporting.has(typeOf(name))));
    if (parts.size + names.length > PARTS_MAX) throw documentTooLarge(PARTS_MAX);
    const refs = names.map((name) => ({ type: typeOf(name), id: name.slice(name.indexOf('/') + 1) }));
    const loaded = await loadShown(work, refs);
    const missing = refs.filter((_ref, i) => loaded[i]?.json === undefined).map(({ type, id }) => `${type}/${id}`);
    if (round === 0 && missing.length > 0) throw documentIncomplete(missing);
    fresh = loaded.flatMap((found) => (found?.json === undefined ? [] : [{ name: `${found.type}/${found.id}`, resource: parseLossless(found.json.toString()) as Resource }]));
    for (const part of fresh) parts.set(part.name, part);
  }
  return [...parts.values()];
}

function typeOf(name: string): string {
  return name.slice(0, name.indexOf('/'));
}

/** `Type/id` of every reference to a resource of this server, in the order in which they stand. */
function localReferences(value: unknown, base: string): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => localReferences(one, base));
  if (typeof value !== 'object' || value === null) return [];
  const names: string[] = [];
  for (const [key, inner] of Object.entries(value)) {
    const literal = key === 'reference' && typeof inner === 'string' ? parseReference(inner) : undefined;
    if (literal === undefined) names.push(...localReferences(inner, base));
    else if (isResourceType(literal.type) && (literal.base === undefined || literal.base.replace(/\/$/, '') === base)) names.push(`${literal.type}/${literal.id}`);
  }
  return names;
}

/** Makes the document Bundle of a Composition, stored or not, which stands in it under `name` (`Composition/1`). Refuses (422) references to what is not here. */
export async function documentOf(work: Work, composition: Part, base: string): Promise<Resource> {
  const parts = await gather(work, composition, base);
  return {
    resourceType: 'Bundle',
    type: 'document',
    identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${randomUUID()}` },
    timestamp: new Date(work.now).toISOString(),
    entry: parts.map(({ name, resource }) => ({ fullUrl: `${base}/${name}`, resource })),
  } as unknown as Resource;
}
