// A route contract: method, path and the shapes on the wire. The server validates with it; the web takes only its types.
import type { Static, TSchema } from 'typebox';
import type { Permission } from './permissions.ts';

export interface RouteContract {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path with `:name` parameters, such as `/api/patients/:patientId/banner`. */
  readonly path: string;
  /** One English sentence for the derived OpenAPI description. */
  readonly summary: string;
  readonly params?: TSchema;
  readonly query?: TSchema;
  readonly body?: TSchema;
  readonly response: TSchema;
  /** What the caller must be permitted; `open`: answered without an account, such as sign-in. */
  readonly needs: Permission | 'open';
  /** Answered also while the session is held: its screen locked, or a new password or a second factor owed. */
  readonly whileHeld?: readonly ('locked' | 'must-change' | 'must-enrol')[];
  /** A dangerous act: the person must have shown who it is in the last five minutes. */
  readonly needsFresh?: true;
}

/** Declares a route contract and keeps the exact types of its path and shapes. */
export function contract<const C extends RouteContract>(route: C): C {
  return route;
}

type Part<C, Name extends string> = C extends { readonly [N in Name]: infer S extends TSchema } ? Static<S> : unknown;

export type ParamsOf<C extends RouteContract> = Part<C, 'params'>;
export type QueryOf<C extends RouteContract> = Part<C, 'query'>;
export type BodyOf<C extends RouteContract> = Part<C, 'body'>;
export type ResponseOf<C extends RouteContract> = Static<C['response']>;
