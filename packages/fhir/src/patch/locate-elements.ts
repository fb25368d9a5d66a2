// Finds the elements a FHIRPath expression selects, as places in the JSON that can be changed.
import { runBounded, TooLong } from '../fhirpath/run-bounded.ts';
import type { Resource } from '../resource.ts';
import { structureOf, type Element, type Structure } from '../structure/structure.ts';
import { readValues, type JsonObject } from './element-values.ts';
import { PatchError } from './patch-error.ts';

/** One step from the resource down: an element of a holder, and which of its values. */
export interface Step {
  readonly holder: JsonObject;
  readonly structure: Structure;
  readonly element: Element;
  readonly index: number;
}

/** The steps down to an element; none for the resource itself. */
export type Trail = readonly Step[];

/** What the FHIRPath library tells about a result; its types leave it out. */
interface PathNode {
  readonly parentResNode: PathNode | null;
  readonly propName: string | null;
  readonly index: number | null;
}

const maxExpressionLength = 4000;
const evaluateMs = 250;

/** Evaluates an expression on a resource and gives the trail of every element it selects. */
export async function locateElements(resource: Resource, expression: string, label: string): Promise<Trail[]> {
  if (expression.length > maxExpressionLength) throw new PatchError('malformed', `${label}: path must not exceed ${maxExpressionLength} characters`);
  const { parse, evaluate } = await loadFhirPath();
  parsePath(parse, expression, label);
  let nodes: unknown[];
  try {
    // The library writes on what it is given, and knows no numbers kept as text: it gets a plain copy.
    nodes = runBounded(() => evaluate(JSON.parse(JSON.stringify(resource)), expression), evaluateMs);
  } catch (error) {
    if (error instanceof TooLong) throw new PatchError('inapplicable', `${label}: path takes too long to evaluate`, expression);
    // The library's message may quote the record, so it stays here.
    throw new PatchError('inapplicable', `${label}: path cannot be evaluated on this resource`, expression);
  }
  return nodes.map((node) => trailOf(resource, node, expression, label));
}

function parsePath(parse: FhirPath['parse'], expression: string, label: string): void {
  try {
    runBounded(() => parse(expression), evaluateMs);
  } catch (error) {
    if (error instanceof TooLong) throw new PatchError('malformed', `${label}: path takes too long to read`, expression);
    // Some faults make the library stumble over itself; only its own words about the text help.
    const reason = error instanceof Error && error.message.startsWith('line:') ? ` (${error.message.trim().replace(/\s+/g, ' ').slice(0, 200)})` : '';
    throw new PatchError('malformed', `${label}: path is not FHIRPath${reason}`, expression);
  }
}

interface FhirPath {
  parse(expression: string): unknown;
  evaluate(resource: unknown, expression: string): unknown[];
}
let loaded: Promise<FhirPath> | undefined;

/** Loads the FHIRPath library on first use: it takes long, and few processes ever patch this way. */
function loadFhirPath(): Promise<FhirPath> {
  loaded ??= Promise.all([import('fhirpath'), import('fhirpath/fhir-context/r4')]).then(([fhirpath, r4]) => ({
    parse: (expression) => fhirpath.default.parse(expression),
    evaluate: (resource, expression) =>
      fhirpath.default.evaluate(resource, expression, {}, r4.default, { async: false, resolveInternalTypes: false, traceFn: () => undefined }) as unknown[],
  }));
  return loaded;
}

function trailOf(resource: Resource, node: unknown, expression: string, label: string): Trail {
  const names: { name: string; index: number }[] = [];
  for (let at = node as PathNode; at.parentResNode !== null; at = at.parentResNode) {
    if (at.parentResNode === undefined || typeof at.propName !== 'string') {
      throw new PatchError('inapplicable', `${label}: path must select elements of the resource, not computed values`, expression);
    }
    names.unshift({ name: at.propName, index: at.index ?? 0 });
  }
  return walk(resource, names, expression, label);
}

function walk(resource: Resource, names: readonly { name: string; index: number }[], expression: string, label: string): Trail {
  const trail: Step[] = [];
  let holder: JsonObject = resource;
  let structure = structureOf(resource.resourceType);
  for (const { name, index } of names) {
    const element = structure === undefined ? undefined : presentElement(structure, name, holder);
    if (structure === undefined || element === undefined) throw new PatchError('inapplicable', `${label}: path selects an element unknown to R4`, expression);
    const step = { holder, structure, element, index };
    trail.push(step);
    holder = insideOf(step) ?? {};
    structure = structureInside(step);
  }
  return trail;
}

/** Finds the element that a name means in a holder: a choice by the form that is there. */
function presentElement(structure: Structure, name: string, holder: JsonObject): Element | undefined {
  return structure.elements.get(name) ?? structure.choices.get(`${name}[x]`)?.find((form) => readValues(holder, form).length > 0);
}

/** Gives the object that holds the children of a step's value: for a primitive, the one under `_name`. */
export function insideOf(step: Step): JsonObject | undefined {
  const found = readValues(step.holder, step.element)[step.index];
  const inside = isPrimitiveElement(step.element) ? found?.beside : found?.value;
  return typeof inside === 'object' && inside !== null ? (inside as JsonObject) : undefined;
}

/** Gives the structure of a step's value; a resource inside another says itself what it is. */
export function structureInside(step: Step): Structure | undefined {
  const { code } = step.element.type;
  if (code !== 'Resource') return structureOf(code.startsWith('#') ? code.slice(1) : code);
  const type = insideOf(step)?.['resourceType'];
  return typeof type === 'string' ? structureOf(type) : undefined;
}

/** Tells whether an element's value is a JSON primitive. */
export function isPrimitiveElement(element: Element): boolean {
  return structureOf(element.type.code)?.kind === 'primitive';
}
