// A refusal is an expected "no": the caller asked for something the rules, the state or the law do not allow.
import type { Issue } from '@sen/fhir';

export type RefusalCategory =
  | 'incorrect' // the request itself is wrong: 400
  | 'unauthenticated' // who are you: 401
  | 'forbidden' // 403
  | 'not-found' // 404
  | 'gone' // 410
  | 'conflict' // the state moved on, or two requests contradict: 409
  | 'precondition' // If-Match or a conditional did not hold: 412
  | 'rule' // a rule of the hospital or the standard: 422
  | 'unsupported' // 501, or what the edge finds fitting
  | 'busy' // 429
  | 'too-large' // 413
  | 'unavailable'; // 503

export interface RefusalText {
  readonly vi: string;
  readonly en: string;
}

/** An expected refusal, with a stable code and a text in both languages. No patient data in code or text. */
export class Refusal extends Error {
  readonly category: RefusalCategory;
  /** Stable, kebab-case, listed in docs/refusals.md: `record.version-conflict`. */
  readonly code: string;
  readonly text: RefusalText;
  /** Findings for OperationOutcome, when there are several or they point to elements. */
  readonly issues: readonly Issue[];
  constructor(category: RefusalCategory, code: string, text: RefusalText, issues: readonly Issue[] = []) {
    super(text.en);
    this.name = 'Refusal';
    this.category = category;
    this.code = code;
    this.text = text;
    this.issues = issues;
  }
}
