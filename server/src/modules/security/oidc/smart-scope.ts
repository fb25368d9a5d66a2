// Scopes of SMART App Launch 2.2 as an app asks for them: what each means, which an app may ask for, how two compare.
// HL7 SMART App Launch 2.2.0, "Scopes and Launch Context".
import { readScope } from '../policy/scopes.ts';

/** Scopes that name no resource. */
export const plainScopes = ['openid', 'fhirUser', 'profile', 'offline_access', 'online_access', 'launch', 'launch/patient', 'launch/encounter'] as const;

const plain: ReadonlySet<string> = new Set(plainScopes);

/** Tells whether a scope is one that this server knows. */
export function isKnownScope(text: string): boolean {
  return plain.has(text) || readScope(text) !== undefined;
}

/** Splits what came in a `scope` parameter; each once, in order. */
export function splitScopes(text: string | undefined): string[] {
  return [...new Set((text ?? '').split(' ').filter((scope) => scope !== ''))];
}

/** What of the asked scopes an app gets at most: each that its own cover, and of a wider one the narrower ones it has. Unknown ones fall away. */
export function narrowScopes(asked: readonly string[], allowed: readonly string[]): string[] {
  return [...new Set(asked.flatMap((scope) => (isCovered(scope, allowed) ? [scope] : allowed.filter((own) => isWithin(own, scope)))))];
}

/** Tells whether scopes together permit all that one scope says. */
export function isCovered(scope: string, allowed: readonly string[]): boolean {
  const asked = readScope(scope);
  if (asked === undefined) return plain.has(scope) && allowed.includes(scope);
  return [...asked.letters].every((letter) => allowed.some((own) => isWithin(`${asked.context}/${asked.type}.${letter}${asked.criteria === undefined ? '' : `?${asked.criteria}`}`, own)));
}

function isWithin(inner: string, outer: string): boolean {
  const small = readScope(inner);
  const large = readScope(outer);
  if (small === undefined || large === undefined) return false;
  const sameKind = small.context === large.context && (large.type === '*' || large.type === small.type);
  return sameKind && [...small.letters].every((letter) => large.letters.has(letter)) && (large.criteria === undefined || large.criteria === small.criteria);
}

/** Tells whether an app with these scopes must be told which patient it is about. */
export function needsPatient(scopes: readonly string[]): boolean {
  return scopes.includes('launch/patient') || scopes.some((scope) => scope.startsWith('patient/'));
}
