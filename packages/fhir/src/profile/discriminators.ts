// Which slice a value belongs to (R4 profiling.html §5.1.0.14): each discriminator of the slicing asks something of the value.
import { isMember } from './bindings.ts';
import { typeOfCanonical, type Discriminator, type TypeRule } from './definition.ts';
import type { Rules } from './constraint-tree.ts';
import { isJson, isKindOf, itemsUnder, rootItem, type Item, type Json } from './items.ts';
import type { Judgement } from './judgement.ts';
import { fitsPattern, isFixed } from './values.ts';

/** What a discriminator needs of the profiles around it. */
export interface Profiles {
  /** The rules of the root of a profile; undefined when it is not known. */
  rootRules(canonical: string): Rules | undefined;
  typeOf(canonical: string): string | undefined;
  /** Tells whether an item satisfies a profile; undefined when it is not known. */
  conforms(canonical: string, item: Item, judgement: Judgement): boolean | undefined;
}

export type Matcher = (item: Item, judgement: Judgement) => boolean;

/** Tells values of a slice from others; undefined when the slice does not say what its discriminators ask. */
export function matcherOf(slice: Rules, discriminators: readonly Discriminator[], profiles: Profiles): Matcher | undefined {
  const matchers = discriminators.map((one) => matcherFor(one, slice, profiles));
  if (matchers.length === 0 || matchers.includes(undefined)) return undefined;
  return (item, judgement) => matchers.every((matches) => matches?.(item, judgement) === true);
}

function matcherFor({ type, path }: Discriminator, slice: Rules, profiles: Profiles): Matcher | undefined {
  const steps = stepsOf(path);
  const targets = rulesAt(slice, steps, profiles);
  switch (type) {
    case 'exists':
      return existsMatcher(targets, steps);
    case 'type':
      return typeMatcher(targets, steps, profiles);
    case 'profile':
      return profileMatcher(targets, steps, profiles);
    default:
      return valueMatcher(targets, steps, profiles);
  }
}

function valueMatcher(targets: readonly Rules[], steps: readonly string[], profiles: Profiles): Matcher | undefined {
  const telling = targets.filter((rules) => saysValue(rules, profiles));
  if (telling.length === 0) return undefined;
  return (item, judgement) => itemsAt(item, steps, judgement).some((one) => telling.some((rules) => fits(one, rules, judgement, profiles)));
}

function existsMatcher(targets: readonly Rules[], steps: readonly string[]): Matcher | undefined {
  const absent = targets.some(({ max }) => max === 0);
  if (!absent && !targets.some(({ min = 0 }) => min > 0)) return undefined;
  return (item, judgement) => (itemsAt(item, steps, judgement).length === 0) === absent;
}

function typeMatcher(targets: readonly Rules[], steps: readonly string[], profiles: Profiles): Matcher | undefined {
  const resolves = steps.at(-1) === 'resolve()';
  const types = targets.flatMap(({ types: rules = [] }) => rules.flatMap((rule) => typesOf(rule, resolves, profiles)));
  if (types.length === 0) return undefined;
  return (item, judgement) => itemsAt(item, steps, judgement).some(({ type }) => types.some((wanted) => isKindOf(type, wanted)));
}

function typesOf(rule: TypeRule, resolves: boolean, profiles: Profiles): string[] {
  if (!resolves || rule.code !== 'Reference') return [rule.code];
  return (rule.targetProfile ?? []).flatMap((canonical) => profiles.typeOf(canonical) ?? typeOfCanonical(canonical) ?? []);
}

function profileMatcher(targets: readonly Rules[], steps: readonly string[], profiles: Profiles): Matcher | undefined {
  const resolves = steps.at(-1) === 'resolve()';
  const canonicals = targets.flatMap(({ types = [] }) => types.flatMap((rule) => (resolves ? (rule.targetProfile ?? []) : (rule.profile ?? []))));
  if (canonicals.length === 0) return undefined;
  return (item, judgement) =>
    itemsAt(item, steps, judgement).some((one) =>
      canonicals.some((canonical) => (one.value === undefined ? profiles.typeOf(canonical) === one.type : profiles.conforms(canonical, one, judgement) === true)));
}

function saysValue(rules: Rules, profiles: Profiles, depth = 0): boolean {
  if (rules.fixed !== undefined || rules.pattern !== undefined || rules.binding?.strength === 'required') return true;
  return depth < 8 && partsOf(rules, profiles).some((part) => saysValue(part, profiles, depth + 1));
}

/** A value fits when it has every fixed value, pattern and required code that the rules and the rules below ask of it. */
function fits(item: Item, rules: Rules, judgement: Judgement, profiles: Profiles, depth = 0): boolean {
  if (rules.fixed !== undefined && !isFixed(item.value, rules.fixed)) return false;
  if (rules.pattern !== undefined && !fitsPattern(item.value, rules.pattern)) return false;
  if (saysOnlyBinding(rules) && !isMember(item, rules.binding?.valueSet ?? '', judgement)) return false;
  if (depth >= 8) return true;
  return partsOf(rules, profiles).filter((part) => saysValue(part, profiles)).every((part) => {
    const below = itemsUnder(item, part.name);
    if (below.length === 0) return (part.min ?? 0) === 0 && part.fixed === undefined && part.pattern === undefined;
    return below.some((one) => fits(one, part, judgement, profiles, depth + 1));
  });
}

function saysOnlyBinding({ fixed, pattern, binding }: Rules): boolean {
  return fixed === undefined && pattern === undefined && binding?.strength === 'required' && binding.valueSet !== undefined;
}

function partsOf(rules: Rules, profiles: Profiles): Rules[] {
  const own = [...rules.children.values()].flatMap((child) => [child, ...[...child.slices.values()].filter(({ min = 0 }) => min > 0)]);
  const profiled = (rules.types ?? []).flatMap(({ profile = [] }) => profile.flatMap((canonical) => [...(profiles.rootRules(canonical)?.children.values() ?? [])]));
  return [...own, ...profiled];
}

/** The rules that stand at a path below a slice, also those of the profiles of its types. */
function rulesAt(slice: Rules, steps: readonly string[], profiles: Profiles): Rules[] {
  let at = [slice];
  for (const step of steps) at = at.flatMap((rules) => rulesBelow(rules, step, profiles));
  return at;
}

function rulesBelow(rules: Rules, step: string, profiles: Profiles): Rules[] {
  const call = /^(\w+)\('?(.*?)'?\)$/.exec(step);
  if (call?.[1] === 'resolve') return [rules, ...targetRules(rules, profiles)];
  if (call?.[1] === 'ofType') return [rules];
  const roots = [rules, ...profileRules(rules, profiles)];
  if (call?.[1] === 'extension') return roots.flatMap((root) => [...(root.children.get('extension')?.slices.values() ?? [])]).filter((one) => namesExtension(one, call[2] as string));
  return roots.flatMap((root) => {
    const child = root.children.get(step) ?? root.children.get(`${step}[x]`);
    return child === undefined ? [] : [child, ...child.slices.values()];
  });
}

function profileRules({ types = [] }: Rules, profiles: Profiles): Rules[] {
  return types.flatMap(({ profile = [] }) => profile.flatMap((canonical) => profiles.rootRules(canonical) ?? []));
}

function targetRules({ types = [] }: Rules, profiles: Profiles): Rules[] {
  return types.flatMap(({ targetProfile = [] }) => targetProfile.flatMap((canonical) => profiles.rootRules(canonical) ?? []));
}

function namesExtension({ types = [], children }: Rules, url: string): boolean {
  return children.get('url')?.fixed === url || types.some(({ profile = [] }) => profile.some((canonical) => canonical.split('|')[0] === url));
}

/** Splits a discriminator's path, the restricted FHIRPath of R4 §5.1.0.14.3: `$this`, names, resolve(), extension('url'), ofType(Type). */
function stepsOf(path: string): string[] {
  return (path.match(/[^.(]+(?:\('[^']*'\)|\([^)]*\))?/g) ?? []).filter((step) => step !== '$this');
}

function itemsAt(item: Item, steps: readonly string[], judgement: Judgement): Item[] {
  let at = [item];
  for (const step of steps) at = at.flatMap((one) => itemsBelow(one, step, judgement));
  return at;
}

function itemsBelow(item: Item, step: string, judgement: Judgement): Item[] {
  const call = /^(\w+)\('?(.*?)'?\)$/.exec(step);
  if (call === null) return itemsUnder(item, step);
  if (call[1] === 'resolve') return resolved(item, judgement);
  if (call[1] === 'ofType') return isKindOf(item.type, call[2] as string) ? [item] : [];
  if (call[1] === 'extension') return itemsUnder(item, 'extension').filter(({ value }) => isJson(value) && value['url'] === call[2]);
  return [];
}

/** What a reference means: the contained or bundled resource, else an item of its type without a value; nothing when even that is unknown. */
export function resolved(item: Item, judgement: Judgement): Item[] {
  const reference = isJson(item.value) ? item.value['reference'] : undefined;
  if (typeof reference !== 'string') return [];
  const found = reference.startsWith('#') ? containedBy(judgement, reference.slice(1)) : bundled(judgement.root, reference);
  if (found !== undefined) return [rootItem(found, item.path)];
  const type = /(?:^|\/)([A-Z][A-Za-z]+)\/[A-Za-z0-9.-]{1,64}(?:\/_history\/[A-Za-z0-9.-]{1,64})?$/.exec(reference)?.[1] ?? (isJson(item.value) ? item.value['type'] : undefined);
  return typeof type === 'string' ? [{ value: undefined, beside: undefined, type, path: item.path }] : [];
}

function containedBy({ resource }: Judgement, id: string): Json | undefined {
  if (id === '') return resource;
  const list = Array.isArray(resource['contained']) ? resource['contained'].filter(isJson) : [];
  return list.find((one) => one['id'] === id);
}

function bundled(root: Json, reference: string): Json | undefined {
  if (root['resourceType'] !== 'Bundle' || !Array.isArray(root['entry'])) return undefined;
  const found = root['entry'].filter(isJson).find(({ fullUrl }) => typeof fullUrl === 'string' && (fullUrl === reference || fullUrl.endsWith(`/${reference}`)));
  return isJson(found?.['resource']) ? found['resource'] : undefined;
}
