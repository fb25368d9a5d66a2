import { isRawNumber } from '../json/lossless.ts';

/** Copies parsed JSON deeply; numbers kept as text stay what they are (structuredClone and a JSON round trip would lose them). */
export function cloneJson<T>(value: T): T {
  if (typeof value !== 'object' || value === null || isRawNumber(value)) return value;
  if (Array.isArray(value)) return value.map(cloneJson) as T;
  const copy: Record<string, unknown> = {};
  for (const [name, item] of Object.entries(value)) setMember(copy, name, cloneJson(item));
  return copy as T;
}

/** Sets a member of a JSON object as JSON.parse does: `__proto__` becomes a plain member, never the prototype. */
export function setMember(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__') Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
  else object[name] = value;
}
