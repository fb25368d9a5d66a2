import type { OperationTable } from '../../../platform/operation.ts';

export type Returns = 'minimal' | 'representation' | 'OperationOutcome';

/** What an entry of a batch that failed is told. */
export interface Failure {
  readonly status: number;
  /** OperationOutcome */
  readonly outcome: object;
}

export interface BundleOptions {
  /** Absolute address of the FHIR endpoint, without a slash at the end. */
  readonly base: string;
  readonly lenient: boolean;
  readonly returns: Returns;
  /** Most entries taken; 0: no limit. */
  readonly maxEntries: number;
  readonly conditionalDeleteMax: number;
  readonly operations: OperationTable;
  /** Status and OperationOutcome of an entry of a batch that failed. */
  readonly explain: (error: unknown) => Failure;
}
