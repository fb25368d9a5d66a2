// An account: a person who may sign in.
import type { Id } from '../../platform/ids.ts';
import type { Actor } from '../../platform/work.ts';

export type AccountId = Id<'Account'>;

export interface Account {
  readonly id: AccountId;
  readonly username: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly facility?: string;
  /** `service`: a system of the house, which nobody signs in to. */
  readonly kind: 'person' | 'service';
  /** Id of the Practitioner the person is. */
  readonly practitioner?: string;
  /** Departments, wards and teams: `Organization/x`, `Location/x`, `CareTeam/x`, `PractitionerRole/x`. */
  readonly places: readonly string[];
  /** Ids of the Patients the person is, or may act for. */
  readonly patients: readonly string[];
}

/** What stands between a session and everything else: its person must come back, choose a password, or set up a second factor. */
export type Held = 'locked' | 'must-change' | 'must-enrol';

/** A person who has signed in, as every request carries it. */
export interface Session {
  /** Names the session on screens and in the audit; opens nothing. */
  readonly id: string;
  readonly account: Account;
  readonly actor: Actor;
  /** ms since 1970. */
  readonly expiresAt: number;
  /** Last proof that it is still the same person, ms since 1970; dangerous acts ask for one of the last five minutes. */
  readonly freshAt: number;
  readonly held?: Held;
  /** After so many minutes without use the screen locks; 0: never. */
  readonly lockMinutes: number;
  /** Of a service that must show a certificate with each request: its SHA-256 (RFC 8705 §3.1). */
  readonly certificate?: string;
}

/** Usernames are compared in lower case and without surrounding spaces. */
export function usernameOf(typed: string): string {
  return typed.normalize('NFKC').trim().toLowerCase();
}

/** Gives the actor that an account's requests carry. */
export function actorOf({ id, kind, name, roles, facility, practitioner, places, patients }: Account): Actor {
  return Object.freeze({
    id, kind: kind === 'service' ? 'system' : 'person', name, roles: Object.freeze([...roles]),
    ...(facility === undefined ? {} : { facility }), ...(practitioner === undefined ? {} : { practitioner }),
    places: Object.freeze([...places]), patients: Object.freeze([...patients]),
  });
}
