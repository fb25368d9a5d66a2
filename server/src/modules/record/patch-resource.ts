import { applyFhirPathPatch, applyJsonPatch, parseLossless, PatchError, type Resource } from '@sen/fhir';
import { Refusal } from '../../platform/refusal.ts';
import type { Work } from '../../platform/work.ts';
import { checkMayWrite } from './access/check-writes.ts';
import { checkResource } from './check-resource.ts';
import { criteriaOf, namesOf } from './criteria.ts';
import { checkAddress } from './identity.ts';
import { lockCriteria, matchOne } from './match-criteria.ts';
import { badPatch, GoneRefusal, noMatch, patchedInvalid, patchRefused, resourceNotFound } from './refusals.ts';
import type { Current } from './store.ts';
import { writeOver } from './update-resource.ts';
import type { Written } from './written.ts';

/** JSON Patch (RFC 6902) or FHIRPath Patch (R4 fhirpatch.html). */
export type Patch = { readonly kind: 'json'; readonly operations: unknown } | { readonly kind: 'fhirpath'; readonly parameters: unknown };

export interface PatchInput {
  readonly type: string;
  readonly id: string;
  readonly patch: Patch;
  readonly ifMatch?: string | undefined;
}

/** Changes parts of a resource (R4 §3.1.0.6); the outcome must be a valid resource of the same type and id. */
export async function patchResource(work: Work, input: PatchInput): Promise<Written> {
  const { type, id, patch, ifMatch } = input;
  checkAddress(type, id);
  checkMayWrite(work, type, 'update');
  return writeOver(work, { type, id, ifMatch, method: 'PATCH', content: (current) => patched(patch, type, id, current) });
}

/** Patches the one resource that criteria select (R4 §3.1.0.6.1): none is 404, several are 412. */
export async function patchMatchingResource(
  work: Work,
  input: { type: string; query: URLSearchParams; patch: Patch; ifMatch?: string | undefined },
): Promise<Written> {
  const { type, patch, ifMatch } = input;
  const criteria = criteriaOf(type, input.query);
  checkMayWrite(work, type, 'update');
  return work.transact(async (inner) => {
    await lockCriteria(inner, criteria);
    const id = await matchOne(inner, criteria);
    if (id === undefined) throw noMatch(type, namesOf(criteria));
    return patchResource(inner, { type, id, patch, ifMatch });
  });
}

/** The checked outcome of a patch; refuses 404 and 410 when there is nothing to patch, 422 when the patch does not fit. */
export async function patched(patch: Patch, type: string, id: string, current: Current | undefined): Promise<Resource> {
  if (current === undefined) throw resourceNotFound(type, id);
  if (current.json === undefined) throw new GoneRefusal(type, id, current.version, current.updated);
  const before = parseLossless(current.json.toString()) as Resource;
  const after = await apply(patch, before);
  if (after.resourceType !== type || after.id !== id) throw patchRefused('A patch may not change the type or the id of a resource.', type);
  try {
    return checkResource(type, after);
  } catch (error) {
    throw error instanceof Refusal ? patchedInvalid(error.issues) : error;
  }
}

async function apply(patch: Patch, before: Resource): Promise<Resource> {
  try {
    if (patch.kind === 'json') return applyJsonPatch(before, patch.operations);
    return await applyFhirPathPatch(before, checkResource('Parameters', patch.parameters));
  } catch (error) {
    if (!(error instanceof PatchError)) throw error;
    throw error.kind === 'malformed' ? badPatch(error.message, error.expression) : patchRefused(error.message, error.expression);
  }
}
