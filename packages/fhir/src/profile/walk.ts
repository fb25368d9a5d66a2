// Walks over every element of a resource, with what a definition would call its place.
import { isResourceType, structureOf } from '../structure/structure.ts';
import { holderJson, isJson, itemsUnder, namesBelow, type Item, type Json } from './items.ts';

export interface Place {
  readonly item: Item;
  /** Name of the element in its definition: `extension`, `value[x]`. */
  readonly name: string;
  /** The item that holds it; undefined for the resource. */
  readonly parent: Place | undefined;
  /** The resource, or contained resource, that it lies in. */
  readonly resource: Json;
}

/** Calls `visit` for the resource and for everything in it, outer before inner. */
export function walk(item: Item, visit: (place: Place) => void): void {
  walkFrom({ item, name: '', parent: undefined, resource: item.value as Json }, visit, 0);
}

function walkFrom(place: Place, visit: (place: Place) => void, depth: number): void {
  visit(place);
  const json = holderJson(place.item);
  if (json === undefined || depth > 200) return;
  const present = new Set(Object.keys(json).map((name) => name.replace(/^_/, '')));
  for (const name of namesBelow(place.item.type)) {
    if (!isPresent(name, present)) continue;
    for (const item of itemsUnder(place.item, name)) {
      const resource = isResourceType(item.type) && isJson(item.value) ? item.value : place.resource;
      walkFrom({ item, name, parent: place, resource }, visit, depth + 1);
    }
  }
}

function isPresent(name: string, present: ReadonlySet<string>): boolean {
  if (!name.endsWith('[x]')) return present.has(name);
  const stem = name.slice(0, -3);
  for (const one of present) if (one.startsWith(stem)) return true;
  return false;
}

/**
 * The names by which an extension's context may call an element (R4 defining-extensions.html §2.4.0.2.2): its path from the resource and
 * from each data type on the way, its type and what that is derived from.
 */
export function contextNames(place: Place): Set<string> {
  const names = new Set<string>();
  for (let type: string | undefined = place.item.type; type !== undefined && type !== ''; type = structureOf(type)?.base) names.add(type);
  let tail = '';
  for (let at: Place | undefined = place; at !== undefined; at = at.parent) {
    names.add(`${at.item.type}${tail}`);
    if (isResourceType(at.item.type)) break; // a path does not reach out of its resource
    tail = `.${at.name}${tail}`;
  }
  if (structureOf(place.item.type)?.kind === 'primitive') names.add('Element');
  return names;
}
