// Uri parameters (R4 search §3.1.1.4.13): to the letter; `:below` and `:above` along the path of a URL.
import { placeOf, splitCanonical, uriTerm } from '@sen/fhir';
import { badModifier, badValue } from '../refusals.ts';
import { unescape } from '../read-query.ts';
import { hasAnyToken } from './many-tokens.ts';
import { hasToken, hasTokenHere, type ParameterFilter, type Scope } from './scope.ts';
import { tokensSpelt } from './spelling.ts';

export function uriCondition(scope: Scope, filter: ParameterFilter): string {
  const { modifier, owner, parameter, values } = filter;
  const places = parameter.paths.map((path) => placeOf(owner, path, 'uri'));
  const uris = values.map(unescape);
  switch (modifier) {
    case undefined:
      return hasToken(scope, places.flatMap((place) => uris.map((uri) => uriTerm(uri) ^ place)));
    case 'below':
      return belowCondition(scope, places, uris.map((uri) => checkUrl(filter, uri)));
    case 'above':
      return hasTokenHere(scope, places.flatMap((place) => uris.flatMap((uri) => urlsAbove(checkUrl(filter, uri))).map((uri) => uriTerm(uri) ^ place)));
    default:
      throw badModifier(filter.name, modifier);
  }
}

/** URNs have no hierarchy (R4 search §3.1.1.4.13). */
function checkUrl({ modifier, name }: ParameterFilter, uri: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(uri)) return uri;
  throw badValue(`${name}:${modifier}`, 'a URL such as http://acme.org/fhir: only URLs have a hierarchy');
}

/** The URL itself, and those that go on from it after a `/`, `?` or `#`. */
function belowCondition(scope: Scope, places: readonly bigint[], urls: readonly string[]): string {
  const starts = urls.flatMap((url) => (url.endsWith('/') ? [url] : [`${url}/`, `${url}?`, `${url}#`]));
  const own = places.flatMap((place) => urls.map((url) => uriTerm(url) ^ place));
  return hasAnyToken(scope, [...own, ...tokensSpelt(scope, places.flatMap((place) => starts.map((text) => ({ place, text }))))]);
}

/** A URL and all that it lies below, each with and without the last `/`. */
function urlsAbove(text: string): string[] {
  const [url] = splitCanonical(text);
  const first = url.indexOf('://') + 3;
  const above = new Set([text, url]);
  for (let i = first; i < url.length; i++) {
    if (!'/?#'.includes(url.charAt(i))) continue;
    above.add(url.slice(0, i));
    if (url.charAt(i) === '/') above.add(url.slice(0, i + 1));
  }
  return [...above];
}
