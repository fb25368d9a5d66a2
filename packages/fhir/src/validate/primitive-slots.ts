// A primitive element in JSON: its value under `name`, its id and extensions under `_name` (R4 §2.6.2).
import type { Element } from '../structure/structure.ts';
import { describeCodes, isMimeType } from './codes.ts';
import { jsonTypeName, locate, report, type Check, type Findings, type Run } from './findings.ts';
import { primitiveCheck, type PrimitiveCheck } from './primitives.ts';

/** Makes the check of the values of a primitive element. */
export function primitiveRun(element: Element, path: string, check: PrimitiveCheck): Run {
  const beside = `_${element.name}`;
  if (element.many) return (value, holder, findings) => runMany(value, holder[beside], findings, element, path, check);
  return (value, _holder, findings) => {
    const problem = check(value);
    if (problem !== undefined) report(findings, problem.code, problem.diagnostics, path);
  };
}

/** Makes the check of `_name`: ids and extensions of a primitive element, one for each value. */
export function extensionRun(element: Element, path: string, checkElement: Check): Run {
  if (element.many) return (value, holder, findings) => runManyExtensions(value, holder[element.name], findings, path, checkElement);
  return (value, holder, findings) => {
    const before = findings.issues.length;
    checkElement(value, findings);
    locate(findings, before, path);
    if (findings.issues.length === before && holder[element.name] === undefined && !hasExtension(value)) {
      report(findings, 'structure', 'has neither a value nor an extension', path);
    }
  };
}

/** Gives the check of an element's primitive type, with the codes of its required binding. */
export function boundCheck(element: Element): PrimitiveCheck {
  const check = primitiveCheck(element.type.code);
  const { codes, binding } = element;
  if (binding === 'mimetypes') return mimeTypeCheck(check);
  if (codes === undefined) return check;
  return (value) => {
    if (typeof value === 'string' && codes.has(value)) return undefined;
    return check(value) ?? { code: 'code-invalid', diagnostics: describeCodes(value as string, codes) };
  };
}

function mimeTypeCheck(check: PrimitiveCheck): PrimitiveCheck {
  const problem = { code: 'code-invalid', diagnostics: 'must be a media type such as application/pdf' };
  return (value) => check(value) ?? (isMimeType(value as string) ? undefined : problem);
}

function runMany(value: unknown, beside: unknown, findings: Findings, element: Element, path: string, check: PrimitiveCheck): void {
  if (!isFilledArray(value, findings, path)) return;
  if (value.length > element.max) report(findings, 'structure', `must have at most ${element.max} values, found ${value.length}`, path);
  for (let i = 0; i < value.length; i++) {
    if (value[i] === null && Array.isArray(beside) && hasExtension(beside[i])) continue;
    const problem = check(value[i]);
    if (problem !== undefined) report(findings, problem.code, problem.diagnostics, `${path}[${i}]`);
  }
}

function runManyExtensions(value: unknown, values: unknown, findings: Findings, path: string, checkElement: Check): void {
  if (!isFilledArray(value, findings, path)) return;
  // Shorter than the values is accepted: widespread servers leave out the nulls at the end, and nothing becomes ambiguous.
  if (Array.isArray(values) && value.length > values.length) {
    report(findings, 'structure', `has ${value.length} entries for ${values.length} values: put null among the values where one has only extensions`, path);
  }
  for (let i = 0; i < value.length; i++) {
    const present = Array.isArray(values) && values[i] !== null;
    if (value[i] === null && present) continue;
    const before = findings.issues.length;
    checkElement(value[i], findings);
    locate(findings, before, `${path}[${i}]`);
    if (findings.issues.length === before && values === undefined && !hasExtension(value[i])) {
      report(findings, 'structure', 'has neither a value nor an extension', `${path}[${i}]`);
    }
  }
}

function hasExtension(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Array.isArray((value as { extension?: unknown }).extension);
}

/** Tells whether a value is an array with something in it, and reports it when not. */
export function isFilledArray(value: unknown, findings: Findings, path: string): value is unknown[] {
  if (!Array.isArray(value)) {
    report(findings, 'structure', `must be an array (the element may repeat), found ${jsonTypeName(value)}`, path);
    return false;
  }
  if (value.length > 0) return true;
  report(findings, 'structure', 'must not be an empty array: leave the element out instead', path);
  return false;
}
