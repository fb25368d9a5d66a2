import { elementsOf, parsePath, structureBelow, type Resource, type SearchParameter } from '@sen/fhir';

type Step = ReturnType<typeof parsePath>['steps'][number];
type Json = Readonly<Record<string, unknown>>;

/** The references of a resource, as written, that a reference parameter reads. */
export function referencesOf(resource: Resource, { evaluate, paths }: SearchParameter): string[] {
  if (evaluate !== undefined) return evaluate(resource).flatMap(({ value }) => referenceIn(value));
  return paths.flatMap((path) => below(resource.resourceType, resource as Json, parsePath(path).steps));
}

function below(structure: string, object: Json, [step, ...rest]: readonly Step[]): string[] {
  if (step === undefined) return [];
  return elementsOf(structure, step).flatMap((element) => {
    const inner = structureBelow(element);
    return itemsOf(object[element.name], step).flatMap((item) => {
      if (rest.length > 0) return inner === undefined || !isObject(item) ? [] : below(inner, item, rest);
      return referenceIn(item);
    });
  });
}

function referenceIn(value: unknown): string[] {
  const reference = isObject(value) ? value['reference'] : value;
  return typeof reference === 'string' ? [reference] : [];
}

function itemsOf(value: unknown, { filter, index }: Step): unknown[] {
  const items = Array.isArray(value) ? (value as unknown[]) : value === undefined ? [] : [value];
  const chosen = index === undefined ? items : items.slice(index, index + 1);
  return filter === undefined ? chosen : chosen.filter((item) => isObject(item) && item[filter.key] === filter.value);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}
