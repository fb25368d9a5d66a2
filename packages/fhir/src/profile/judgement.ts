// What one judgement of a resource by profiles knows, finds and asks.
import type { Issue } from '../resource.ts';
import type { Json } from './items.ts';

export interface ProfileFinding extends Issue {
  /** The same as the diagnostics, in Vietnamese. */
  readonly vi: string;
  /** Key of the constraint that does not hold (`vn-pat-1`). */
  readonly key?: string;
  /** Canonical of the profile that asks; undefined for what R4 itself asks. */
  readonly profile?: string;
}

export type Severity = Issue['severity'];

/** Whether a coded value is in a value set: only somebody with the terminology can tell. */
export interface MembershipQuestion {
  readonly valueSet: string;
  /** Undefined where the element is a bare code. */
  readonly system: string | undefined;
  readonly code: string;
  readonly display: string | undefined;
}

/** `wrong-display`: the code is in the value set, but the display that came with it is not the code's. */
export type Membership = boolean | 'unknown' | 'wrong-display';

/** Evaluates a FHIRPath constraint on an element; undefined when it cannot be evaluated. */
export type ConstraintEvaluator = (expression: string, type: string, value: unknown, around: { readonly resource: Json; readonly root: Json }) => boolean | undefined;

export interface Judgement {
  /** %resource: the resource, or the contained one, that holds the element. */
  readonly resource: Json;
  /** %rootResource */
  readonly root: Json;
  readonly findings: ProfileFinding[];
  /** Answers so far, by questionKey. */
  readonly answers: ReadonlyMap<string, Membership>;
  /** Questions without an answer: when some are left, ask them and judge again. */
  readonly open: Map<string, MembershipQuestion>;
  readonly holds: ConstraintEvaluator;
  /** How many type profiles deep: definitions may refer to each other in circles. */
  readonly depth: number;
  /** How many more checks by a profile there may be: profiles that name each other are asked again at every level. */
  readonly budget: { left: number };
}

/** A text in both languages. */
export interface Said {
  readonly en: string;
  readonly vi: string;
}

export function report(judgement: Judgement, severity: Severity, code: string, said: Said, path: string, profile?: string, key?: string): void {
  const asked = profile === undefined ? '' : ` (${profile})`;
  judgement.findings.push({
    severity, code, diagnostics: `${said.en}${asked}`, vi: `${said.vi}${asked}`, expression: path,
    ...(key === undefined ? {} : { key }), ...(profile === undefined ? {} : { profile }),
  });
}

export function questionKey({ valueSet, system, code, display }: MembershipQuestion): string {
  return JSON.stringify([valueSet, system, code, display]);
}

/** The answer to a question; undefined while it is open. */
export function answerTo(judgement: Judgement, question: MembershipQuestion): Membership | undefined {
  const key = questionKey(question);
  const known = judgement.answers.get(key);
  if (known === undefined) judgement.open.set(key, question);
  return known;
}

/** A judgement apart, to see whether something would pass. */
export function apart(judgement: Judgement): Judgement {
  return { ...judgement, findings: [] };
}

export function hasErrors(judgement: Judgement): boolean {
  return judgement.findings.some(({ severity }) => severity === 'error');
}
