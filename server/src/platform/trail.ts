// What one unit of work has touched: filled by whoever reads and writes, told to the audit when the work ends. Ids only.

/** What was done to a resource, in the letters of AuditEvent.action (R4): C, R, U, D, E. */
export type TouchAction = 'C' | 'R' | 'U' | 'D' | 'E';

export interface Touch {
  readonly action: TouchAction;
  readonly type: string;
  readonly id: string;
  readonly version?: number;
}

/** What a use case says of its work beyond its address; what is said later wins, details add up. */
export interface TrailNote {
  /** What was done, such as `sign-in` or `export` (modules/security/audit/kinds.ts). */
  kind?: string;
  action?: TouchAction;
  /** Who acts, where the request itself does not yet say it (a sign-in). */
  actor?: string;
  /** Flat facts; no secrets. */
  detail?: Readonly<Record<string, string | number | boolean>>;
}

export interface Trail {
  /** Keys (record, 64 bits) of the patients whose data the work has seen or changed. */
  readonly patients: Set<bigint>;
  /** Single resources read or written by name; those of a search are told by their patients alone. */
  readonly touches: Touch[];
  note: TrailNote | undefined;
}

export function newTrail(): Trail {
  return { patients: new Set(), touches: [], note: undefined };
}
