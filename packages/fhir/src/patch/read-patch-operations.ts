// The Parameters resource of a FHIRPath Patch (R4 fhirpatch.html), read into operations.
import { isNumber, numberValue } from '../json/lossless.ts';
import type { Resource } from '../resource.ts';
import type { JsonObject } from './element-values.ts';
import { PatchError } from './patch-error.ts';

export type PatchOperation = { readonly label: string; readonly path: string } & (
  | { readonly type: 'add'; readonly name: string; readonly value: JsonObject }
  | { readonly type: 'insert'; readonly index: number; readonly value: JsonObject }
  | { readonly type: 'replace'; readonly value: JsonObject }
  | { readonly type: 'delete' }
  | { readonly type: 'move'; readonly source: number; readonly destination: number }
);

/** Each operation evaluates its path on the whole resource: a bound keeps one request from holding the process. */
const maxOperations = 1000;
const partNames = new Set(['type', 'path', 'name', 'value', 'index', 'source', 'destination']);

/** Reads the operations of a FHIRPath Patch; refuses what is not one. */
export function readPatchOperations(parameters: Resource): PatchOperation[] {
  if (parameters.resourceType !== 'Parameters') throw new PatchError('malformed', 'a FHIRPath Patch must be a Parameters resource', 'Parameters');
  const list = parameters['parameter'] ?? [];
  if (!Array.isArray(list)) throw new PatchError('malformed', 'Parameters.parameter must be an array', 'Parameters.parameter');
  if (list.length > maxOperations) throw new PatchError('malformed', `a FHIRPath Patch must have at most ${maxOperations} operations`, 'Parameters.parameter');
  return list.map(readOperation);
}

function readOperation(parameter: unknown, i: number): PatchOperation {
  const where = `Parameters.parameter[${i}]`;
  const operation = parameter as { name?: unknown; part?: unknown } | null;
  if (operation?.name !== 'operation' || !Array.isArray(operation.part)) {
    throw new PatchError('malformed', `operation ${i + 1}: each parameter must be named "operation" and have parts`, where);
  }
  const parts = readParts(operation.part, i, where);
  const type = textOf(parts, 'type', i, where);
  const path = textOf(parts, 'path', i, where);
  const common = { label: `operation ${i + 1} (${type})`, path };
  switch (type) {
    case 'add':
      return { ...common, type, name: textOf(parts, 'name', i, where), value: partOf(parts, 'value', i, where) };
    case 'insert':
      return { ...common, type, index: positionOf(parts, 'index', i, where), value: partOf(parts, 'value', i, where) };
    case 'replace':
      return { ...common, type, value: partOf(parts, 'value', i, where) };
    case 'delete':
      return { ...common, type };
    case 'move':
      return { ...common, type, source: positionOf(parts, 'source', i, where), destination: positionOf(parts, 'destination', i, where) };
    default:
      throw new PatchError('malformed', `operation ${i + 1}: type must be add, insert, delete, replace or move`, where);
  }
}

function readParts(list: readonly unknown[], i: number, where: string): Map<string, JsonObject> {
  const parts = new Map<string, JsonObject>();
  for (const part of list) {
    const name = (part as { name?: unknown } | null)?.name;
    if (typeof name !== 'string' || !partNames.has(name)) throw new PatchError('malformed', `operation ${i + 1}: parts are ${[...partNames].join(', ')}`, where);
    if (parts.has(name)) throw new PatchError('malformed', `operation ${i + 1}: has two parts named ${name}`, where);
    parts.set(name, part as JsonObject);
  }
  return parts;
}

function partOf(parts: ReadonlyMap<string, JsonObject>, name: string, i: number, where: string): JsonObject {
  const part = parts.get(name);
  if (part === undefined) throw new PatchError('malformed', `operation ${i + 1}: must have a part named ${name}`, where);
  return part;
}

function textOf(parts: ReadonlyMap<string, JsonObject>, name: string, i: number, where: string): string {
  const part = partOf(parts, name, i, where);
  const text = part['valueString'] ?? part['valueCode'];
  if (typeof text !== 'string' || text === '') throw new PatchError('malformed', `operation ${i + 1}: the part ${name} must have a valueString or valueCode`, where);
  return text;
}

function positionOf(parts: ReadonlyMap<string, JsonObject>, name: string, i: number, where: string): number {
  const value = partOf(parts, name, i, where)['valueInteger'];
  const position = isNumber(value) ? numberValue(value) : -1;
  if (!Number.isInteger(position) || position < 0) throw new PatchError('malformed', `operation ${i + 1}: the part ${name} must have a valueInteger from 0`, where);
  return position;
}
