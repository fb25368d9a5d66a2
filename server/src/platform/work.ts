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
}

export type EventSender = (db: Queryable, event: HospitalEvent) => Promise<void>;

/** Starts a unit of work over a database. */
export function beginWork(database: Database, send: EventSender, input: WorkInput): Work {
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

function transactionalWork(db: Queryable, send: EventSender, input: WorkInput, later: AfterCommit[]): Work {
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
