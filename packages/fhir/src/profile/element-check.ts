// The check of one element's own value: type, fixed value, pattern, limits, binding, constraints, references. Children and slices are the compiler's.
import { resourceTypes, structureOf } from '../structure/structure.ts';
import { isJson, isKindOf, type Item } from './items.ts';
import { judgeBinding } from './bindings.ts';
import { resolved } from './discriminators.ts';
import type { Constraint, TypeRule } from './definition.ts';
import { apart, hasErrors, report, type Judgement, type Said } from './judgement.ts';
import type { Rules } from './constraint-tree.ts';
import { compareToLimit, fitsPattern, isFixed } from './values.ts';

export type ItemCheck = (item: Item, judgement: Judgement) => void;

/** What an element check needs of other profiles. */
export interface OtherProfiles {
  /** The check of a profile; undefined when it is not known. */
  checkOf(canonical: string): ItemCheck | undefined;
  typeOf(canonical: string): string | undefined;
}

const maxDepth = 12;

/** The checks of a value by rules, without children and slices; empty when the rules ask nothing of the value itself. */
export function valueChecks(rules: Rules, profile: string, others: OtherProfiles): ItemCheck[] {
  const checks: ItemCheck[] = [];
  const { types, fixed, pattern, binding } = rules;
  if (types !== undefined) checks.push(typeCheck(types, profile, others));
  if (fixed !== undefined) checks.push((item, judgement) => isFixed(item.value, fixed) || reportValue(item, judgement, 'must be exactly', 'phải đúng bằng', fixed, profile));
  if (pattern !== undefined) checks.push((item, judgement) => fitsPattern(item.value, pattern) || reportValue(item, judgement, 'must contain', 'phải có', pattern, profile));
  if (binding !== undefined) checks.push((item, judgement) => judgeBinding(binding, item, judgement, profile));
  checks.push(...limitChecks(rules, profile));
  for (const constraint of rules.constraints.values()) if (constraint.expression !== undefined) checks.push(constraintCheck(constraint, profile));
  return checks;
}

function reportValue({ path }: Item, judgement: Judgement, en: string, vi: string, expected: unknown, profile: string): void {
  const text = JSON.stringify(expected).slice(0, 300);
  report(judgement, 'error', 'value', { en: `${en} ${text}`, vi: `${vi} ${text}` }, path, profile);
}

function limitChecks({ minValue, maxValue, maxLength }: Rules, profile: string): ItemCheck[] {
  const checks: ItemCheck[] = [];
  const check = (limit: unknown, wrong: (difference: number) => boolean, said: Said) => {
    checks.push((item, judgement) => {
      const difference = compareToLimit(item.value, limit);
      if (difference !== undefined && wrong(difference)) report(judgement, 'error', 'value', said, item.path, profile);
    });
  };
  const text = (limit: unknown) => JSON.stringify(limit);
  if (minValue !== undefined) check(minValue, (difference) => difference < 0, { en: `must be at least ${text(minValue)}`, vi: `phải từ ${text(minValue)} trở lên` });
  if (maxValue !== undefined) check(maxValue, (difference) => difference > 0, { en: `must be at most ${text(maxValue)}`, vi: `phải không quá ${text(maxValue)}` });
  if (maxLength !== undefined) {
    const said = { en: `must have at most ${maxLength} characters`, vi: `không được dài quá ${maxLength} ký tự` };
    checks.push(({ value, path }, judgement) => {
      if (typeof value === 'string' && [...value].length > maxLength) report(judgement, 'error', 'too-long', said, path, profile);
    });
  }
  return checks;
}

function constraintCheck({ key, severity, human = '', expression = '' }: Constraint, profile: string): ItemCheck {
  const level = severity === 'warning' ? 'warning' : 'error';
  return ({ type, value, path }, judgement) => {
    if (value === undefined) return;
    const holds = judgement.holds(expression, type, value, judgement);
    if (holds === true) return;
    if (holds === false) return report(judgement, level, 'invariant', { en: `${key}: ${human}`, vi: `${key}: ${human}` }, path, profile, key);
    report(judgement, 'information', 'not-supported', { en: `${key}: cannot be evaluated here`, vi: `${key}: chưa tính được ở đây` }, path, profile, key);
  };
}

function typeCheck(types: readonly TypeRule[], profile: string, others: OtherProfiles): ItemCheck {
  const known = types.filter(({ code }) => !code.startsWith('http://hl7.org/fhirpath/'));
  return (item, judgement) => {
    if (known.length === 0) return;
    const fitting = known.filter(({ code }) => mayBe(item.type, code));
    if (fitting.length === 0) {
      const names = known.map(({ code }) => code).join(', ');
      return report(judgement, 'error', 'structure', { en: `must be of type ${names}`, vi: `phải có kiểu ${names}` }, item.path, profile);
    }
    checkProfiles(fitting.flatMap(({ profile: wanted = [] }) => wanted), item, judgement, profile, others);
    if (item.type === 'Reference') checkTarget(fitting.flatMap(({ targetProfile = [] }) => targetProfile), item, judgement, profile, others);
  };
}

// A nested structure (`Patient.contact`) is BackboneElement or Element to its definition.
function mayBe(type: string, code: string): boolean {
  return isKindOf(type, code) || structureOf(type)?.kind === 'backbone' || structureOf(code) === undefined;
}

/** An element must satisfy one of the profiles that its type names. */
function checkProfiles(canonicals: readonly string[], item: Item, judgement: Judgement, profile: string, others: OtherProfiles): void {
  if (canonicals.length === 0 || judgement.depth > maxDepth) return;
  const below = { ...judgement, depth: judgement.depth + 1 };
  const checks = canonicals.map((canonical) => others.checkOf(canonical));
  const unknown = canonicals.filter((_, i) => checks[i] === undefined);
  if (checks.length === 1 && checks[0] !== undefined) return checks[0](item, below);
  if (checks.some((check) => check !== undefined && passes(check, item, below))) return;
  if (unknown.length > 0) {
    const said = { en: `cannot be checked: the profile ${unknown.join(', ')} is not known here`, vi: `chưa kiểm tra được: máy chủ chưa có hồ sơ mẫu ${unknown.join(', ')}` };
    return report(judgement, 'information', 'not-found', said, item.path, profile);
  }
  const names = canonicals.join(', ');
  report(judgement, 'error', 'structure', { en: `satisfies none of the profiles ${names}`, vi: `không thỏa hồ sơ mẫu nào trong ${names}` }, item.path, profile);
}

function passes(check: ItemCheck, item: Item, judgement: Judgement): boolean {
  const trial = apart(judgement);
  check(item, trial);
  return !hasErrors(trial);
}

/** A reference must mean a resource of the type of a target profile; one that lies in the same document must satisfy it as well. */
function checkTarget(canonicals: readonly string[], item: Item, judgement: Judgement, profile: string, others: OtherProfiles): void {
  if (canonicals.length === 0 || !isJson(item.value)) return;
  const targets = canonicals.map((canonical) => ({ canonical, type: others.typeOf(canonical), check: others.checkOf(canonical) }));
  if (targets.some(({ type }) => type === undefined || type === 'Resource')) return;
  const [found] = resolved(item, judgement);
  if (found === undefined || !resourceTypes.includes(found.type)) return;
  const fitting = targets.filter(({ type }) => isKindOf(found.type, type as string));
  if (fitting.length === 0) {
    const names = [...new Set(targets.map(({ type }) => type))].join(', ');
    return report(judgement, 'error', 'structure', { en: `must refer to ${names}, found ${found.type}`, vi: `phải trỏ tới ${names}, ở đây là ${found.type}` }, item.path, profile);
  }
  const checks = fitting.flatMap(({ check }) => check ?? []);
  if (found.value === undefined || checks.length < fitting.length || judgement.depth > maxDepth) return;
  const below = { ...judgement, depth: judgement.depth + 1 };
  if (checks.some((check) => passes(check, found, below))) return;
  const names = fitting.map(({ canonical }) => canonical).join(', ');
  report(judgement, 'error', 'structure', { en: `refers to a resource that does not satisfy ${names}`, vi: `trỏ tới một hồ sơ không thỏa ${names}` }, item.path, profile);
}
