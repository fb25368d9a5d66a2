// A unit of work: who acts, when, in which transaction. Every use case is `verb(work, input)`.
import type { Database, Queryable } from './database.ts';
import { newTrail, type Trail } from './trail.ts';

export interface Actor {
  /** Stable id of the account, device or system that acts. */
  readonly id: string;
  readonly kind: 'person' | 'device' | 'system';
  readonly name: string;
  readonly roles: readonly string[];
  /** Facility (Organization id) the actor works for; undefined for the system itself. */
  readonly facility?: string;
  /** Id of the Practitioner the actor is. */
  readonly practitioner?: string;
  /** Departments and wards the actor works in, as `Organization/x` and `Location/x`. */
  readonly places?: readonly string[];
  /** Ids of the Patients whom the actor is, or may act for. */
  readonly patients?: readonly string[];
  /** Patients whose record the actor has opened in an emergency, each until an instant (ms since 1970). */
  readonly emergencies?: readonly { readonly patient: string; readonly until: number }[];
  /** Why the actor asks: a code of v3-PurposeOfUse, `TREAT` when nothing else is known. */
  readonly purpose?: string;
  /** An app that acts for the actor, and what it was granted (SMART App Launch 2.2): never more than the actor may. */
  readonly grant?: Grant;
  /** Names the session or access token in the audit; not the token itself. */
  readonly session?: string;
}

export interface Grant {
  readonly client: string;
  /** SMART 2.2 scopes, such as `patient/Observation.rs?category=laboratory`. */
  readonly scopes: readonly string[];
  /** Launch context: ids. */
  readonly patient?: string;
  readonly encounter?: string;
}

export interface HospitalEvent {
  /** `<module>.<what-happened>`, such as `encounters.visit-began`. */
  readonly name: string;
  /** Ids and codes only, never patient data. */
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Work {
  readonly actor: Actor;
  readonly requestId: string;
  readonly language: 'vi' | 'en';
  /** Instant at which the work began, in ms since 1970; the one clock of the work. */
  readonly now: number;
  /** What the work has looked at, for the audit. */
  readonly trail: Trail;
  /** The open transaction, or the pool when none is open. */
  readonly db: Queryable;
  /** True inside `transact`. */
  readonly transactional: boolean;
  /** Queues an event in the same transaction; refuses outside one. */
  tell(event: HospitalEvent): Promise<void>;
  /** Runs steps in one transaction (joins the open one): all or nothing. Await each query in turn. */
  transact<T>(steps: (work: Work) => Promise<T>): Promise<T>;
  /** Runs a step once the open transaction has committed (never when it rolls back), before its result is given; at once outside one. */
  afterCommit(step: AfterCommit): Promise<void>;
}

/** Given the work outside the transaction. What is committed stands: it must not throw. */
export type AfterCommit = (work: Work) => Promise<void>;

export interface WorkInput {
  readonly actor: Actor;
  readonly requestId: string;
  readonly language: 'vi' | 'en';
  readonly now: number;
  readonly trail?: Trail;
}

export type EventSender = (db: Queryable, event: HospitalEvent) => Promise<void>;

/** Starts a unit of work over a database. */
export function beginWork(database: Database, send: EventSender, given: WorkInput): Work {
  const input = { ...given, trail: given.trail ?? newTrail() };
  const outside: Work = {
    ...input,
    db: database,
    transactional: false,
    tell: () => Promise.reject(new Error('tell() outside a transaction')),
    transact: async (steps) => {
      let later: AfterCommit[] = [];
      const value = await database.transaction((db) => {
        later = []; // of this attempt: one before it may have been rolled back
        return steps(transactionalWork(db, send, input, later));
      });
      for (const step of later) await step(outside);
      return value;
    },
    afterCommit: (step) => step(outside),
  };
  return outside;
}

function transactionalWork(db: Queryable, send: EventSender, input: WorkInput & { readonly trail: Trail }, later: AfterCommit[]): Work {
  const work: Work = {
    ...input,
    db,
    transactional: true,
    tell: (event) => send(db, event),
    transact: (steps) => steps(work),
    afterCommit: async (step) => void later.push(step),
  };
  return work;
}
