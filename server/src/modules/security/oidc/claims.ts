// What an id token says of a person.
import type { Account } from '../account.ts';

/** SMART App Launch 2.2.0, "fhirUser": the resource that the person is. A person without one is told by name alone. */
export function claimsOf(account: Account, scope: string, fhir: string): { sub: string } & Record<string, string> {
  const asked = new Set(scope.split(' '));
  const user = fhirUserOf(account);
  return {
    sub: account.id,
    ...(asked.has('fhirUser') && user !== undefined ? { fhirUser: `${fhir}/${user}` } : {}),
    ...(asked.has('profile') ? { name: account.name, preferred_username: account.username } : {}),
  };
}

/** Of one who acts for others too we do not know here which of the patients the person is. */
function fhirUserOf({ practitioner, roles, patients }: Account): string | undefined {
  if (practitioner !== undefined) return `Practitioner/${practitioner}`;
  return roles.includes('patient') && patients.length === 1 ? `Patient/${patients[0]}` : undefined;
}
