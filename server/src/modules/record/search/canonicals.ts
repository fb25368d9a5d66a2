// Canonical references: by the `url` of the target, and its version where they name one (R4 references.html §2.3.0.3). Their tokens are those by
// which the target knows itself, moved from one place to another by XOR.
import { canonicalTargets, leafTypesOf, ownerOf, parseLossless, placeOf, resourceTypes, searchParametersOf, splitCanonical, uriTerm, type Resource, type SearchParameter } from '@sen/fhir';
import { unpackContent } from '../store/codec.ts';

/** The places of the canonical references of a parameter; none when its values are of another type. */
export function canonicalPlaces(type: string, parameter: SearchParameter): bigint[] {
  if (parameter.evaluate !== undefined) return [];
  const paths = parameter.paths.filter((path) => leafTypesOf(type, path).some((fhirType) => fhirType === 'canonical' || fhirType === 'uri'));
  return paths.map((path) => placeOf(ownerOf(type, parameter), path, 'reference'));
}

/** What turns a token of a canonical reference into that by which a resource of the target type is known, and back. */
export function canonicalLinks(type: string, parameter: SearchParameter, target: string): bigint[] {
  return hasUrl(target) ? canonicalPlaces(type, parameter).map((place) => place ^ knownPlace(target)) : [];
}

/** The tokens of canonical references to a found resource by a parameter of a type. */
export function tokensPointingTo(found: { readonly type: string; readonly id: string; readonly version: number; readonly content: Buffer }, type: string, parameter: SearchParameter): bigint[] {
  const places = hasUrl(found.type) ? canonicalPlaces(type, parameter) : [];
  if (places.length === 0) return [];
  const { url, version } = parseLossless(unpackContent(found).toString()) as Resource;
  if (typeof url !== 'string') return [];
  return canonicalTargets(url, typeof version === 'string' ? version : undefined).flatMap((term) => places.map((place) => term ^ place));
}

/** The tokens by which resources of any type are known that canonicals name. */
export function tokensOfCanonicals(canonicals: Iterable<string>): bigint[] {
  const terms = [...canonicals].map((canonical) => uriTerm(splitCanonical(canonical).join('|')));
  return resourceTypes.filter(hasUrl).flatMap((type) => terms.map((term) => term ^ knownPlace(type)));
}

function hasUrl(type: string): boolean {
  return searchParametersOf(type).get('url')?.type === 'uri';
}

const knownPlace = (type: string): bigint => placeOf(type, 'url', 'canonical');
