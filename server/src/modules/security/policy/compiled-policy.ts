// A policy made ready to be asked: for each set of roles, the rules of each type.
import type { Permission } from '@sen/contracts';
import type { Interaction, RowRule } from './access.ts';
import { interactions, type PolicyDocument, type Rule } from './document.ts';
import { everyMark, marks } from './marks.ts';
import { isRole } from './roles.ts';
import { typesOf } from './types-of.ts';

export interface RoleAccess {
  readonly rules: ReadonlyMap<string, readonly RowRule[]>;
  readonly hidden: ReadonlyMap<string, readonly string[]>;
  readonly permissions: ReadonlySet<Permission>;
}

export interface CompiledPolicy {
  readonly document: PolicyDocument;
  /** What somebody with these roles may do, apart from any app. Roles that the policy does not know give nothing. */
  of(roles: readonly string[]): RoleAccess;
}

export function compilePolicy(document: PolicyDocument): CompiledPolicy {
  const known = new Map<string, RoleAccess>();
  return {
    document,
    of: (roles) => {
      const key = roles.join(' ');
      let found = known.get(key);
      if (found === undefined) known.set(key, (found = combine(document, roles)));
      return found;
    },
  };
}

export function ruleKey(type: string, interaction: Interaction): string {
  return `${type} ${interaction}`;
}

function combine(document: PolicyDocument, names: readonly string[]): RoleAccess {
  const roles = names.filter(isRole).map((name) => document.roles[name]);
  const rules = new Map<string, RowRule[]>();
  for (const rule of roles.flatMap((role) => role.rules)) addRule(document, rules, rule);
  for (const [key, list] of rules) rules.set(key, withoutNeedless(list));
  return { rules, hidden: hiddenOf(document, names), permissions: new Set(roles.flatMap((role) => role.permissions)) };
}

function addRule(document: PolicyDocument, rules: Map<string, RowRule[]>, { of, may, by, marks: allowed = [], where = [] }: Rule): void {
  const bits = allowed === 'every' ? everyMark : allowed.reduce((sum, mark) => sum | marks[mark], 0);
  for (const key of typesOf(document, of).flatMap((type) => interactions.filter((each) => may.includes(each)).map((each) => ruleKey(type, each)))) {
    rules.set(key, [...(rules.get(key) ?? []), ...by.map((relation) => Object.freeze({ relation, marks: bits, criteria: where }))]);
  }
}

/** Leaves out what another rule of the list gives anyway, so that a search asks less. */
function withoutNeedless(list: readonly RowRule[]): RowRule[] {
  return list.filter((rule, i) => !list.some((other, j) => i !== j && includes(other, rule) && (j < i || !includes(rule, other))));
}

function includes(wide: RowRule, narrow: RowRule): boolean {
  const relation = wide.relation === 'any' || wide.relation === narrow.relation;
  const criteria = wide.criteria.length === 0 || (narrow.criteria.length > 0 && narrow.criteria.every((each) => wide.criteria.includes(each)));
  return relation && criteria && (narrow.marks & ~wide.marks) === 0;
}

/** Hidden is what every one of the roles that read the type hides; the narrative and contained resources with it, which could tell it. */
function hiddenOf(document: PolicyDocument, names: readonly string[]): Map<string, readonly string[]> {
  const roles = names.filter(isRole).map((name) => document.roles[name]);
  const types = new Set(roles.flatMap((role) => Object.keys(role.hidden ?? {})));
  const hidden = new Map<string, readonly string[]>();
  for (const type of types) {
    const readers = roles.filter(({ rules }) => rules.some(({ of, may }) => (may.includes('read') || may.includes('history')) && typesOf(document, of).includes(type)));
    const lists = readers.map((role) => role.hidden?.[type] ?? []);
    const common = (lists[0] ?? []).filter((element) => lists.every((list) => list.includes(element)));
    if (common.length > 0) hidden.set(type, Object.freeze([...common, 'contained', 'text']));
  }
  return hidden;
}
