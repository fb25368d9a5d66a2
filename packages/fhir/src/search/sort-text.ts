import type { Resource } from '../resource.ts';
import { growPath, walk, type Branch } from './compile.ts';
import type { Json } from './json.ts';
import { parsePath } from './path.ts';
import { Sink } from './sink.ts';
import type { SearchParameter } from './parameters.ts';

/** Reads from a resource the least text of a token, reference or uri parameter, by which it is sorted; '' when it has none. */
export function sortTextReader(type: string, parameter: SearchParameter): (resource: Resource) => string {
  const { evaluate } = parameter;
  if (evaluate !== undefined) return (resource) => evaluate(resource).flatMap(({ value }) => textsOf(value)).sort()[0] ?? '';
  const branches: Branch[] = [];
  const found: string[] = [];
  for (const path of parameter.paths) {
    growPath(branches, type, parsePath(path), () => (value) => {
      found.push(...textsOf(value));
    });
  }
  return (resource) => {
    found.length = 0;
    walk(branches, resource, new Sink());
    return found.sort()[0] ?? '';
  };
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string' || typeof value === 'boolean') return [String(value)];
  if (typeof value !== 'object' || value === null) return [];
  const { code, value: text, reference, coding } = value as Json;
  if (Array.isArray(coding)) return coding.flatMap(textsOf);
  return [code, text, reference].filter((t) => typeof t === 'string').slice(0, 1);
}
