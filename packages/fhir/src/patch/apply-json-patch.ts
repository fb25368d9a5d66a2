// JSON Patch (RFC 6902). Written here and not taken from a library: the common one copies through JSON text, which
// turns 1.0 into 1, cannot compare numbers kept as text, and puts the whole document into its error messages.
import { isRawNumber } from '../json/lossless.ts';
import type { Resource } from '../resource.ts';
import { cloneJson, setMember } from './clone-json.ts';
import { equalJson } from './equal-json.ts';
import { findPlace, indexFor, memberOf, readPointer, type JsonContainer, type Place } from './json-pointer.ts';
import { PatchError } from './patch-error.ts';

interface Step {
  readonly label: string;
  readonly op: string;
  readonly keys: readonly string[];
  readonly from: readonly string[];
  readonly value: unknown;
}

/** `copy` can double a document: the characters that all copies of one patch may add. */
const maxCopied = 16 * 1024 * 1024;

/**
 * Applies a JSON Patch (RFC 6902) and gives the patched copy: all operations or, with a PatchError, none.
 * The result is not validated, and its type and id may have changed: the caller judges that.
 */
export function applyJsonPatch(resource: Resource, operations: unknown): Resource {
  if (!Array.isArray(operations)) throw new PatchError('malformed', 'a JSON Patch must be an array of operations');
  const budget = { copied: 0 };
  let document: unknown = cloneJson(resource);
  operations.forEach((operation: unknown, i) => {
    document = applyStep(document as JsonContainer, readStep(operation, i), budget);
    if (!isContainer(document) || Array.isArray(document)) throw new PatchError('inapplicable', `operation ${i + 1}: the resource must stay an object`);
  });
  return document as Resource;
}

function readStep(operation: unknown, i: number): Step {
  const label = `operation ${i + 1}`;
  if (!isContainer(operation) || Array.isArray(operation)) throw new PatchError('malformed', `${label}: must be an object with op and path`);
  const op = operation['op'];
  if (typeof op !== 'string' || !['add', 'remove', 'replace', 'move', 'copy', 'test'].includes(op)) {
    throw new PatchError('malformed', `${label}: op must be add, remove, replace, move, copy or test`);
  }
  const named = `${label} (${op})`;
  const needsFrom = op === 'move' || op === 'copy';
  if (['add', 'replace', 'test'].includes(op) && operation['value'] === undefined) throw new PatchError('malformed', `${named}: must have a value`);
  return {
    label: named,
    op,
    keys: readPointer(operation['path'], `${named}: path`),
    from: needsFrom ? readPointer(operation['from'], `${named}: from`) : [],
    value: operation['value'],
  };
}

function applyStep(document: JsonContainer, step: Step, budget: { copied: number }): unknown {
  switch (step.op) {
    case 'add':
      return put(document, step, cloneJson(step.value));
    case 'replace':
      return replace(document, step);
    case 'remove':
      return remove(document, step.keys, step.label);
    case 'move':
      return move(document, step);
    case 'copy':
      return put(document, step, copyOf(read(document, step.from, step.label), step, budget));
    default:
      return test(document, step);
  }
}

function read(document: JsonContainer, keys: readonly string[], label: string): unknown {
  if (keys.length === 0) return document;
  const place = findPlace(document, keys, label);
  return existing(place, label);
}

function existing(place: Place, label: string): unknown {
  const value = memberOf(place.container, place.key);
  if (value === undefined) throw new PatchError('inapplicable', `${label}: there is nothing at this place`, place.expression);
  return value;
}

function put(document: JsonContainer, step: Step, value: unknown): unknown {
  if (step.keys.length === 0) return value;
  const place = findPlace(document, step.keys, step.label);
  if (!Array.isArray(place.container)) {
    setMember(place.container, place.key, value);
    return document;
  }
  const index = indexFor(place.container, place, step.label);
  if (index > place.container.length) {
    throw new PatchError('inapplicable', `${step.label}: the position lies beyond the end of the array (${place.container.length} entries)`, place.expression);
  }
  place.container.splice(index, 0, value);
  return document;
}

function replace(document: JsonContainer, step: Step): unknown {
  const value = cloneJson(step.value);
  if (step.keys.length === 0) return value;
  const place = findPlace(document, step.keys, step.label);
  existing(place, step.label);
  if (Array.isArray(place.container)) place.container[Number(place.key)] = value;
  else setMember(place.container, place.key, value);
  return document;
}

function remove(document: JsonContainer, keys: readonly string[], label: string): unknown {
  if (keys.length === 0) throw new PatchError('inapplicable', `${label}: a patch cannot remove the whole resource`);
  const place = findPlace(document, keys, label);
  existing(place, label);
  if (Array.isArray(place.container)) place.container.splice(Number(place.key), 1);
  else delete place.container[place.key];
  return document;
}

function move(document: JsonContainer, step: Step): unknown {
  const value = read(document, step.from, step.label);
  const inside = step.from.length < step.keys.length && step.from.every((key, i) => key === step.keys[i]);
  if (inside) throw new PatchError('inapplicable', `${step.label}: an element cannot move into itself`);
  if (step.from.length === 0) return document;
  remove(document, step.from, step.label);
  return put(document, step, value);
}

function copyOf(value: unknown, step: Step, budget: { copied: number }): unknown {
  budget.copied += JSON.stringify(value).length;
  if (budget.copied > maxCopied) throw new PatchError('malformed', `${step.label}: the copies of one patch must not exceed ${maxCopied} characters`);
  return cloneJson(value);
}

function test(document: JsonContainer, step: Step): unknown {
  const place = step.keys.length === 0 ? undefined : findPlace(document, step.keys, step.label);
  const actual = place === undefined ? document : existing(place, step.label);
  if (!equalJson(actual, step.value)) throw new PatchError('inapplicable', `${step.label}: the value is another`, place?.expression);
  return document;
}

function isContainer(value: unknown): value is JsonContainer {
  return typeof value === 'object' && value !== null && !isRawNumber(value);
}
