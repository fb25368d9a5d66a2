// What one unit of work has touched: filled by whoever reads and writes, told to the audit when the work ends. Ids only.

/** What was done to a resource, in the letters of AuditEvent.action (R4): C, R, U, D, E. */
export type TouchAction = 'C' | 'R' | 'U' | 'D' | 'E';

export interface Touch {
  readonly action: TouchAction;
  readonly type: string;
  readonly id: string;
  readonly version?: number;
}

export interface Trail {
  /** Keys (record, 64 bits) of the patients whose data the work has seen or changed. */
  readonly patients: Set<bigint>;
  /** Single resources read or written by name; those of a search are told by their patients alone. */
  readonly touches: Touch[];
}

export function newTrail(): Trail {
  return { patients: new Set(), touches: [] };
}
