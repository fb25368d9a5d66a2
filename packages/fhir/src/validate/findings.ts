// Where the checks of one resource put what they find.
import { isRawNumber } from '../json/lossless.ts';
import type { Issue, Resource } from '../resource.ts';
import { inVietnamese } from './invariants/vietnamese.ts';

export interface Findings {
  readonly issues: Issue[];
  readonly maxIssues: number;
  /** Errors met, kept or not; warnings apart. */
  errors: number;
  /** Judges the constraints of severity warning too. */
  readonly warnings: boolean;
  /** Nesting of objects at this moment, so that hostile depth never reaches the end of the stack. */
  depth: number;
  /** The resource whose `contained` a local reference (`#id`) means. */
  container: Resource | undefined;
  /** The resource being judged: the container, or a resource contained in it. */
  resource: Resource | undefined;
  /** Accepts `Patient?identifier=…` as a reference: legal only inside a transaction (R4 §3.1.0.11.2). */
  readonly conditionalReferences: boolean;
}

/** What is wrong with one value; where it stands is added by whoever holds it. */
export interface Problem {
  readonly code: string;
  readonly diagnostics: string;
}

/** Judges a value; findings are relative to it. */
export type Check = (value: unknown, findings: Findings) => void;
/** Judges the value under one JSON name of its holder; findings are relative to the holder. */
export type Run = (value: unknown, holder: Readonly<Record<string, unknown>>, findings: Findings) => void;

/** Records an error at a path relative to the element being checked (`''` is the element itself). */
export function report(findings: Findings, code: string, diagnostics: string, expression = ''): void {
  findings.errors++;
  const key = code === 'invariant' ? /^[a-z]+-\d+[a-z]?(?=: )/.exec(diagnostics)?.[0] : undefined;
  keep(findings, { severity: 'error', code, diagnostics, expression }, key);
}

/** Records a warning at a path relative to the element being checked. */
export function warn(findings: Findings, code: string, diagnostics: string, expression = '', key?: string): void {
  keep(findings, { severity: 'warning', code, diagnostics, expression }, key);
}

function keep(findings: Findings, issue: Issue, key: string | undefined): void {
  if (isFull(findings)) return;
  const vi = key === undefined ? undefined : inVietnamese(key);
  findings.issues.push({ ...issue, ...(key === undefined ? {} : { key }), ...(vi === undefined ? {} : { vi }) });
}

/**
 * Puts a path segment before the issues found since `from`.
 * Paths are built on the way out, and only when something was wrong: a valid resource never pays for them.
 */
export function locate(findings: Findings, from: number, segment: string): void {
  for (let i = from; i < findings.issues.length; i++) {
    const issue = findings.issues[i] as Issue;
    issue.expression = issue.expression ? `${segment}.${issue.expression}` : segment;
  }
}

/** Tells whether no further issue would be kept. */
export function isFull(findings: Findings): boolean {
  return findings.issues.length >= findings.maxIssues;
}

/** Names the JSON type of a value as a reader of JSON would. */
export function jsonTypeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return isRawNumber(value) ? 'a number' : 'an object';
  return typeof value === 'undefined' ? 'nothing' : `a ${typeof value}`;
}
