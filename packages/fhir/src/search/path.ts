// The path language of search parameters, a small part of FHIRPath compiled against the structures:
// `a.b` · `a{Type}` only that type of a choice · `a[key=value]` only where · `a#0` only the n-th · `a?Type` references to that type
// · `^a` from the resource, not the context · `a!` "is there and not false".
import { isEvaluatedPath } from './custom-evaluate.ts';
import { structureOf, type Element } from '../structure/structure.ts';

export interface Step {
  readonly name: string;
  readonly type: string | undefined;
  readonly filter: { readonly key: string; readonly value: string } | undefined;
  readonly index: number | undefined;
}

export interface Path {
  readonly steps: readonly Step[];
  /** The resource type that references must have (`?Patient`). */
  readonly target: string | undefined;
  readonly fromResource: boolean;
  /** `!`: the value is the fact that it exists. */
  readonly existence: boolean;
}

const stepShape = /(\w+)(?:\[(\w+)=([^\]]*)\])?(?:\{(\w+)\})?(?:#(\d+))?(?:\.|$)/y;

/** Reads a path; throws where the generated table holds something the language does not know. */
export function parsePath(text: string): Path {
  const [, root, body, target, existence] = /^(\^?)(.*?)(?:\?(\w+))?(!?)$/.exec(text) as unknown as [string, string, string, string | undefined, string];
  const steps: Step[] = [];
  stepShape.lastIndex = 0;
  while (stepShape.lastIndex < body.length) {
    const match = stepShape.exec(body);
    if (match === null) throw new Error(`search path not understood: ${text}`);
    const [, name, key, value, type, index] = match as unknown as [string, string, string | undefined, string | undefined, string | undefined, string | undefined];
    steps.push({
      name,
      type,
      filter: key === undefined ? undefined : { key, value: value ?? '' },
      index: index === undefined ? undefined : Number(index),
    });
  }
  return { steps, target, fromResource: root === '^', existence: existence === '!' };
}

/** The elements a step may reach from a structure: one, or several for a choice. */
export function elementsOf(structurePath: string, step: Step): readonly Element[] {
  const structure = structureOf(structurePath);
  if (structure === undefined) return [];
  const plain = structure.elements.get(step.name);
  const found = plain === undefined ? (structure.choices.get(`${step.name}[x]`) ?? []) : [plain];
  return step.type === undefined ? found : found.filter((e) => e.type.code === step.type);
}

/** The structure below an element: `HumanName`, or the path of a backbone; undefined below a primitive. */
export function structureBelow(element: Element): string | undefined {
  const code = element.type.code;
  const path = code.startsWith('#') ? code.slice(1) : code;
  const structure = structureOf(path);
  return structure === undefined || structure.kind === 'primitive' ? undefined : path;
}

const leafTypes = new Map<string, readonly string[]>();

/** FHIR types of the values at the end of a path of a resource type; empty where the type has no such path, `Element` where only a resource tells. */
export function leafTypesOf(resourceType: string, path: string): readonly string[] {
  const name = `${resourceType}|${path}`;
  let types = leafTypes.get(name);
  if (types === undefined) {
    types = isEvaluatedPath(path) ? ['Element'] : [...new Set(leavesBelow(resourceType, parsePath(path).steps))];
    leafTypes.set(name, types);
  }
  return types;
}

function leavesBelow(structure: string, steps: readonly Step[]): string[] {
  const [step, ...rest] = steps;
  if (step === undefined) return [];
  return elementsOf(structure, step).flatMap((element) => {
    const below = structureBelow(element);
    if (rest.length === 0) return [element.type.code];
    return below === undefined ? [] : leavesBelow(below, rest);
  });
}
