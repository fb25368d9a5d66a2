// Where the fields of one object go: into the answer, or, below @flatten, into the lists of what encloses it (R4 graphql.html §3.4.1.8).
import { directiveOf, type Field } from './fields.ts';

export type Out = Record<string, unknown>;

/** An object of the answer; one whose names are a client's own, `__proto__` among them. */
export function emptyOut(): Out {
  return Object.create(null) as Out;
}

/** Takes the value of a field. `list` tells that the element repeats. */
export type Put = (field: Field, value: unknown, key?: string) => void;

/** Fields go into an object of the answer. */
export function into(out: Out): Put {
  return (field, value, key = field.key) => {
    out[key] = value;
  };
}

/** Fields of a flattened object become lists of the object around it, or, with @singleton, single values there. */
export function flattenedInto(outer: Put, gathered: Map<string, unknown[]>): Put {
  return (field, value, key = field.key) => {
    if (directiveOf(field.node, 'singleton') !== undefined) return outer(field, value, key);
    const list = gathered.get(key) ?? [];
    if (!gathered.has(key)) {
      gathered.set(key, list);
      outer(field, list, key);
    }
    for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) if (one !== null) list.push(one);
  };
}
