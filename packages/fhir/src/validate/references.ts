// What a Reference may say (R4 §2.3.0): a relative or absolute URL, a urn, a local `#id`, in a transaction also a search.
import type { Resource } from '../resource.ts';
import { isResourceType } from '../structure/structure.ts';
import { report, type Findings, type Problem } from './findings.ts';

const relative = /^([A-Za-z]+)\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/;
const conditional = /^([A-Za-z]+)\?[^\s=]+=\S+$/;
const absolute = /^(?!javascript:|vbscript:|data:)[A-Za-z][A-Za-z0-9+.-]*:\S+$/i;
// R4 §2.3.0.1: an absolute URL that ends so is the address of a resource of that type.
const restful = /^https?:\/\/\S+\/([A-Z][A-Za-z]+)\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/;

/** Judges that a reference points to one of the types its element allows, as far as the reference itself tells. */
export function checkTarget(value: unknown, allowed: ReadonlySet<string>, findings: Findings): void {
  const { reference, type } = value as { readonly reference?: unknown; readonly type?: unknown };
  const target = typeof reference === 'string' ? targetType(reference, findings.container) : undefined;
  if (target !== undefined && !allowed.has(target)) {
    report(findings, 'structure', `must refer to ${[...allowed].join(', ')}, not to ${target}`, 'reference');
    return;
  }
  if (typeof type === 'string' && isResourceType(type) && !allowed.has(type)) {
    report(findings, 'structure', `must refer to ${[...allowed].join(', ')}, not to ${type}`, 'type');
  }
}

/** R4 §2.3.0.2: a type that a reference names beside its address is the type in the address. */
export function checkNamedType(value: unknown, findings: Findings): void {
  const { reference, type } = value as { readonly reference?: unknown; readonly type?: unknown };
  if (typeof type !== 'string' || typeof reference !== 'string' || !isResourceType(type)) return;
  const target = targetType(reference, findings.container);
  if (target !== undefined && target !== type) report(findings, 'structure', `names the type ${type}, but its reference is to ${target}`, 'type');
}

/** Gives the resource type that a literal reference names, or undefined where it names none. */
function targetType(reference: string, container: Resource | undefined): string | undefined {
  if (reference.startsWith('#')) return localTarget(reference, container);
  if (reference.startsWith('urn:')) return undefined;
  const type = (reference.startsWith('http') ? restful : reference.includes('?') ? conditional : relative).exec(reference)?.[1];
  return type !== undefined && isResourceType(type) ? type : undefined;
}

function localTarget(reference: string, container: Resource | undefined): string | undefined {
  if (reference === '#') return container?.resourceType;
  const type = containedBy(container, reference.slice(1))?.resourceType;
  return typeof type === 'string' ? type : undefined;
}

/** Judges the text of `Reference.reference`; undefined when it is right. */
export function referenceProblem(reference: string, findings: Findings): Problem | undefined {
  if (reference.startsWith('#')) return localProblem(reference.slice(1), findings.container);
  const type = relative.exec(reference)?.[1];
  if (type !== undefined) return isResourceType(type) ? undefined : unknownType(type);
  if (absolute.test(reference)) return undefined;
  const searched = conditional.exec(reference)?.[1];
  if (searched === undefined) return { code: 'value', diagnostics: 'must be Type/id, an absolute URL, urn:uuid:…, urn:oid:… or #id of a contained resource' };
  if (!isResourceType(searched)) return unknownType(searched);
  if (findings.conditionalReferences) return undefined;
  return { code: 'value', diagnostics: 'a search as a reference is allowed only inside a transaction' };
}

function localProblem(id: string, container: Resource | undefined): Problem | undefined {
  if (id === '' || containedBy(container, id) !== undefined) return undefined;
  return { code: 'invariant', diagnostics: 'ref-1: a reference that begins with # must name the id of a contained resource' };
}

function containedBy(container: Resource | undefined, id: string): Resource | undefined {
  const contained: unknown = container?.['contained'];
  if (container === undefined || !Array.isArray(contained)) return undefined;
  if (contained.length <= few) return contained.find((item: unknown): item is Resource => idOf(item) === id);
  let known = containedById.get(container);
  if (known === undefined) {
    known = new Map(contained.map((item: Resource) => [idOf(item), item]));
    containedById.set(container, known);
  }
  return known.get(id);
}

// A container may hold thousands that refer to each other.
const few = 8;
const containedById = new WeakMap<Resource, ReadonlyMap<unknown, Resource>>();

function idOf(item: unknown): unknown {
  return typeof item === 'object' && item !== null ? (item as Resource).id : undefined;
}

function unknownType(type: string): Problem {
  return { code: 'value', diagnostics: `refers to ${type.slice(0, 64)}, which is not a resource type of R4` };
}
