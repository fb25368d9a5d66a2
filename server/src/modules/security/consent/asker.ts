// Who asks, in the words of a consent.
import type { Actor } from '../../../platform/work.ts';
import { outside } from './rule.ts';

/** The names under which a consent can speak of an actor. */
export function actorNames(actor: Actor): string[] {
  const { practitioner, facility, places = [], roles } = actor;
  return [
    ...(practitioner === undefined ? [] : [`Practitioner/${practitioner}`]),
    ...(facility === undefined ? [] : [`Organization/${facility}`]),
    ...places,
    ...roles.map((role) => `role/${role}`),
    ...(roles.includes('partner') ? [outside] : []),
  ];
}

const workOfRole: Readonly<Record<string, string>> = { insurance: 'HPAYMT', cashier: 'HPAYMT', records: 'HOPERAT', director: 'HOPERAT', privacy: 'HOPERAT' };

/** Why the actor asks (v3-PurposeOfUse): what the session says, else what the actor's roles are for. */
export function purposesOf({ purpose, roles }: Actor): string[] {
  if (purpose !== undefined) return [purpose];
  return [...new Set(roles.map((role) => workOfRole[role] ?? 'TREAT'))];
}
