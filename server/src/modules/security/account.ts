// An account: a person who may sign in.
import type { Id } from '../../platform/ids.ts';
import type { Actor } from '../../platform/work.ts';

export type AccountId = Id<'Account'>;

/** What a person does in the hospital; policy builds on it. */
export type Role = 'doctor' | 'nurse' | 'reception' | 'records' | 'administrator';

export interface Account {
  readonly id: AccountId;
  readonly username: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly facility?: string;
}

/** A person who has signed in, as every request carries it. */
export interface Session {
  readonly account: Account;
  readonly actor: Actor;
  /** ms since 1970. */
  readonly expiresAt: number;
}

/** Usernames are compared in lower case and without surrounding spaces. */
export function usernameOf(typed: string): string {
  return typed.normalize('NFKC').trim().toLowerCase();
}

/** Gives the actor that an account's requests carry. */
export function actorOf({ id, name, roles, facility }: Account): Actor {
  return Object.freeze({ id, kind: 'person', name, roles: Object.freeze([...roles]), ...(facility === undefined ? {} : { facility }) });
}
