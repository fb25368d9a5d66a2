// What a Reference may say (R4 §2.26.0): a relative or absolute URL, a urn, a local `#id`, in a transaction also a search.
import type { Resource } from '../resource.ts';
import { isResourceType } from '../structure/structure.ts';
import type { Findings, Problem } from './findings.ts';

const relative = /^([A-Za-z]+)\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/;
const conditional = /^([A-Za-z]+)\?[^\s=]+=\S+$/;
const absolute = /^(?!javascript:|vbscript:|data:)[A-Za-z][A-Za-z0-9+.-]*:\S+$/i;

/** Gives the resource type that a relative literal reference names (`Patient` of `Patient/1`), or undefined. */
export function relativeReferenceType(reference: string): string | undefined {
  return (relative.exec(reference) ?? conditional.exec(reference))?.[1];
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
  if (id === '') return undefined;
  const contained = container?.['contained'];
  const found = Array.isArray(contained) && contained.some((item: unknown) => typeof item === 'object' && item !== null && (item as Resource).id === id);
  return found ? undefined : { code: 'invariant', diagnostics: 'ref-1: a reference that begins with # must name the id of a contained resource' };
}

function unknownType(type: string): Problem {
  return { code: 'value', diagnostics: `refers to ${type.slice(0, 64)}, which is not a resource type of R4` };
}
