// A unit of work: who acts, when, in which transaction. Every use case is `verb(work, input)`.
import type { Database, Queryable } from './database.ts';

export interface Actor {
  /** Stable id of the account, device or system that acts. */
  readonly id: string;
  readonly kind: 'person' | 'device' | 'system';
  readonly name: string;
  readonly roles: readonly string[];
  /** Facility (Organization id) the actor works for; undefined for the system itself. */
  readonly facility?: string;
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
  /** The open transaction, or the pool when none is open. */
  readonly db: Queryable;
  /** True inside `transact`. */
  readonly transactional: boolean;
  /** Queues an event in the same transaction; refuses outside one. */
  tell(event: HospitalEvent): Promise<void>;
  /** Runs steps in one transaction (joins the open one): all or nothing. Await each query in turn. */
  transact<T>(steps: (work: Work) => Promise<T>): Promise<T>;
}

export interface WorkInput {
  readonly actor: Actor;
  readonly requestId: string;
  readonly language: 'vi' | 'en';
  readonly now: number;
}

export type EventSender = (db: Queryable, event: HospitalEvent) => Promise<void>;

/** Starts a unit of work over a database. */
export function beginWork(database: Database, send: EventSender, input: WorkInput): Work {
  return {
    ...input,
    db: database,
    transactional: false,
    tell: () => Promise.reject(new Error('tell() outside a transaction')),
    transact: (steps) => database.transaction((db) => steps(transactionalWork(db, send, input))),
  };
}

function transactionalWork(db: Queryable, send: EventSender, input: WorkInput): Work {
  const work: Work = {
    ...input,
    db,
    transactional: true,
    tell: (event) => send(db, event),
    transact: (steps) => steps(work),
  };
  return work;
}
