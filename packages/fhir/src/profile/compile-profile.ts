// Turns the constraint tree of a profile into closures, once: a resource is then judged without looking at definitions.
import { structureOf } from '../structure/structure.ts';
import { constraintTree, type ConstraintTree, type Rules } from './constraint-tree.ts';
import { typeOfCanonical, type ProfileSource, type StructureDefinition } from './definition.ts';
import type { Profiles } from './discriminators.ts';
import { valueChecks, type ItemCheck, type OtherProfiles } from './element-check.ts';
import { isKindOf, itemsUnder, namesBelow, type Item } from './items.ts';
import { apart, hasErrors, report, type Judgement } from './judgement.ts';
import { checkCount, slicesCheck, type ItemsCheck } from './slice-check.ts';

export interface CompiledProfile {
  readonly definition: StructureDefinition;
  readonly check: ItemCheck;
}

/** Profiles compiled on first use, from one state of the definitions: make a new one when they change. */
export interface ProfileBook {
  find(canonical: string): CompiledProfile | undefined;
}

interface Scope extends Profiles, OtherProfiles {
  readonly url: string;
  readonly tree: ConstraintTree;
}

/** Opens a book over definitions. */
export function profileBook(source: ProfileSource): ProfileBook {
  const trees = new Map<StructureDefinition, ConstraintTree>();
  const compiled = new Map<StructureDefinition, CompiledProfile>();
  const treeOf = (definition: StructureDefinition): ConstraintTree => kept(trees, definition, () => constraintTree(definition, source));
  const find = (canonical: string): CompiledProfile | undefined => {
    const definition = source(canonical);
    if (definition === undefined) return undefined;
    return kept(compiled, definition, () => ({ definition, check: compile(definition, treeOf(definition), others) }));
  };
  const checkOf = (canonical: string): ItemCheck | undefined => {
    const type = rootType(canonical);
    return type === undefined ? find(canonical)?.check : () => undefined; // the type itself was judged as structure
  };
  const others = {
    checkOf,
    typeOf: (canonical: string) => rootType(canonical) ?? source(canonical)?.type,
    rootRules: (canonical: string) => {
      const definition = source(canonical);
      return definition === undefined ? undefined : treeOf(definition).root;
    },
    conforms: (canonical: string, item: Item, judgement: Judgement) => {
      const check = checkOf(canonical);
      if (check === undefined) return undefined;
      const trial = apart({ ...judgement, depth: judgement.depth + 1 });
      if (judgement.depth < 12) check(item, trial);
      return !hasErrors(trial);
    },
  };
  return { find };
}

function rootType(canonical: string): string | undefined {
  const type = typeOfCanonical(canonical);
  return type !== undefined && structureOf(type) !== undefined ? type : undefined;
}

function kept<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}

function compile(definition: StructureDefinition, tree: ConstraintTree, others: Profiles & OtherProfiles): ItemCheck {
  const scope: Scope = { ...others, url: definition.url, tree };
  let check: ItemCheck | undefined;
  return (item, judgement) => {
    if (--judgement.budget.left < 0) return;
    if (!isKindOf(item.type, definition.type)) {
      const said = { en: `is for ${definition.type}, not for ${item.type}`, vi: `dành cho ${definition.type}, không phải ${item.type}` };
      return report(judgement, 'error', 'structure', said, item.path, definition.url);
    }
    if (tree.unknownBase !== undefined) {
      const said = { en: `builds on ${tree.unknownBase}, which is not known here: only what it adds was checked`, vi: `dựa trên ${tree.unknownBase} mà máy chủ chưa có: chỉ kiểm tra phần bổ sung` };
      report(judgement, 'warning', 'not-found', said, item.path, definition.url);
    }
    check ??= compileItem(tree.root, scope, tree.type);
    check(item, judgement);
  };
}

/** The check of one value by rules: the value itself, then its children. `place` is its path in the definition of the type. */
function compileItem(rules: Rules, scope: Scope, place: string): ItemCheck {
  const checks = valueChecks(rules, scope.url, scope);
  const children = childrenCheck(rules, scope, place);
  if (children !== undefined) checks.push(children);
  return (item, judgement) => {
    for (const check of checks) check(item, judgement);
  };
}

// The names of children depend on the type, which a choice settles only when a value is there: so one list for each type met.
function childrenCheck(rules: Rules, scope: Scope, place: string): ItemCheck | undefined {
  const referred = referredRules(rules, scope);
  if (rules.children.size === 0 && referred === undefined && !hasRecursion(place, scope)) return undefined;
  const byType = new Map<string, ItemCheck[]>();
  return (item, judgement) => {
    const checks = kept(byType, item.type, () => checksFor(item.type, rules, referred, scope, place));
    for (const check of checks) check(item, judgement);
  };
}

function checksFor(type: string, rules: Rules, referred: Rules | undefined, scope: Scope, place: string): ItemCheck[] {
  const named = [...rules.children.values(), ...(referred?.children.values() ?? [])];
  const own = named.map((child) => elementCheck(child, scope, `${place}.${child.name}`));
  return [...own, ...recursiveChecks(type, rules, scope)];
}

function elementCheck(rules: Rules, scope: Scope, place: string): ItemCheck {
  const all = allCheck(rules, scope, place);
  const suffix = `.${rules.name.replace('[x]', '')}`;
  return (holder, judgement) => all(itemsUnder(holder, rules.name), holder.path + suffix, judgement);
}

function allCheck(rules: Rules, scope: Scope, place: string): ItemsCheck {
  const check = compileItem(rules, scope, place);
  const slices = rules.slices.size === 0 ? undefined : slicesCheck(rules, scope.url, scope, (slice) => compileItem(slice, scope, place));
  return (items, path, judgement) => {
    checkCount(rules, items.length, path, judgement, scope.url);
    for (const item of items) check(item, judgement);
    slices?.(items, path, judgement);
  };
}

/** The rules that a contentReference (`#Observation.referenceRange`) points to. */
function referredRules({ contentReference }: Rules, { tree }: Scope): Rules | undefined {
  if (contentReference === undefined) return undefined;
  return rulesAt(tree.root, (contentReference.split('#').at(-1) as string).split('.').slice(1));
}

function rulesAt(root: Rules, names: readonly string[]): Rules | undefined {
  return names.reduce<Rules | undefined>((at, name) => at?.children.get(name), root);
}

// R4 repeats some structures inside themselves (Questionnaire.item.item): what a profile says of the outer holds for the inner.
function recursiveChecks(type: string, rules: Rules, scope: Scope): ItemCheck[] {
  const structure = structureOf(type);
  if (structure === undefined || !type.startsWith(scope.tree.type)) return [];
  return [...namesBelow(type)].flatMap((name) => {
    const code = structure.elements.get(name)?.type.code;
    if (code?.startsWith('#') !== true || code === `#${type}.${name}` || rules.children.has(name)) return [];
    const outer = rulesAt(scope.tree.root, code.slice(1).split('.').slice(1));
    if (outer === undefined) return [];
    let check: ItemCheck | undefined;
    return [(item: Item, judgement: Judgement) => {
      check ??= compileItem(outer, scope, code.slice(1));
      for (const one of itemsUnder(item, name)) check(one, judgement);
    }];
  });
}

function hasRecursion(place: string, { tree }: Scope): boolean {
  return place.startsWith(tree.type) && structureOf(place)?.kind === 'backbone' && [...(structureOf(place)?.elements.values() ?? [])].some(({ type }) => type.code.startsWith('#'));
}
