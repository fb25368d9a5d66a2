// Slices of an element (R4 profiling.html §5.1.0.14): each value goes to the slice that its discriminators tell, and is counted and judged there.
import type { Item } from './items.ts';
import { matcherOf, type Matcher, type Profiles } from './discriminators.ts';
import { report, type Judgement, type Said } from './judgement.ts';
import type { Discriminator } from './definition.ts';
import type { Rules } from './constraint-tree.ts';
import type { ItemCheck } from './element-check.ts';

/** Judges all values of one element together. `path` is that of the element, for what is missing. */
export type ItemsCheck = (items: readonly Item[], path: string, judgement: Judgement) => void;

interface Slice {
  readonly rules: Rules;
  readonly matches: Matcher | undefined;
  readonly check: ItemsCheck;
}

/** The check of the slices of an element; `checkOf` makes the check of the values of one slice. */
export function slicesCheck(rules: Rules, profile: string, profiles: Profiles, checkOf: (slice: Rules) => ItemCheck): ItemsCheck {
  const discriminators = discriminatorsOf(rules);
  const inner = [...rules.slices.values()].filter(({ sliceName }) => sliceName !== '@default');
  const slices = inner.map((slice): Slice => ({ rules: slice, matches: matcherOf(slice, discriminators, profiles), check: oneSlice(slice, profile, profiles, checkOf) }));
  const rest = rules.slices.get('@default');
  const checkRest = rest === undefined ? undefined : checkOf(rest);
  return (items, path, judgement) => {
    const untold = slices.find(({ matches }) => matches === undefined);
    if (untold !== undefined && items.length > 0) report(judgement, 'information', 'not-supported', cannotTell(untold.rules), path, profile);
    const places = items.map((item) => slices.findIndex(({ matches }) => matches?.(item, judgement) === true));
    if (untold === undefined) judgePlaces(rules, items, places, profile, judgement, checkRest);
    slices.forEach(({ check, matches }, at) => {
      if (matches !== undefined) check(items.filter((_, i) => places[i] === at), path, judgement);
    });
  };
}

function oneSlice(slice: Rules, profile: string, profiles: Profiles, checkOf: (slice: Rules) => ItemCheck): ItemsCheck {
  const checkItem = checkOf(slice);
  const resliced = slice.slices.size === 0 ? undefined : slicesCheck(slice, profile, profiles, checkOf);
  return (items, path, judgement) => {
    checkCount(slice, items.length, path, judgement, profile);
    for (const item of items) checkItem(item, judgement);
    resliced?.(items, path, judgement);
  };
}

function judgePlaces({ slicing }: Rules, items: readonly Item[], places: readonly number[], profile: string, judgement: Judgement, checkRest: ItemCheck | undefined): void {
  const rules = slicing?.rules ?? 'open';
  let highest = -1;
  let passedOpen = false;
  items.forEach((item, i) => {
    const place = places[i] as number;
    if (place === -1) {
      passedOpen = true;
      if (rules === 'closed' && checkRest === undefined) report(judgement, 'error', 'structure', closed, item.path, profile);
      return checkRest?.(item, judgement);
    }
    if (rules === 'openAtEnd' && passedOpen) report(judgement, 'error', 'structure', atEnd, item.path, profile);
    if (slicing?.ordered === true && place < highest) report(judgement, 'error', 'structure', disordered, item.path, profile);
    highest = Math.max(highest, place);
  });
}

/** Reports too few or too many values of an element or slice. */
export function checkCount({ min = 0, max = Infinity, sliceName }: Rules, count: number, path: string, judgement: Judgement, profile: string): void {
  if (count >= min && count <= max) return;
  const [slice, lat] = sliceName === undefined ? ['', ''] : [`slice "${sliceName}": `, `lát "${sliceName}": `];
  const said = count < min
    ? { en: `${slice}needs at least ${min}, found ${count}`, vi: `${lat}cần ít nhất ${min}, đang có ${count}` }
    : max === 0
      ? { en: `${slice}must not be present`, vi: `${lat}không được có` }
      : { en: `${slice}may have at most ${max}, found ${count}`, vi: `${lat}nhiều nhất ${max}, đang có ${count}` };
  report(judgement, 'error', count < min ? 'required' : 'structure', said, path, profile);
}

function discriminatorsOf({ slicing, name }: Rules): readonly Discriminator[] {
  if (slicing?.discriminator !== undefined && slicing.discriminator.length > 0) return slicing.discriminator;
  if (name === 'extension' || name === 'modifierExtension') return [{ type: 'value', path: 'url' }];
  return name.endsWith('[x]') ? [{ type: 'type', path: '$this' }] : [{ type: 'value', path: '$this' }];
}

function cannotTell({ sliceName }: Rules): Said {
  return {
    en: `slice "${sliceName}" does not say what its discriminator needs, so its values cannot be told apart`,
    vi: `lát "${sliceName}" không nêu đủ điều kiện phân biệt nên không kiểm tra được`,
  };
}

const closed: Said = { en: 'belongs to no slice, and the profile allows no others', vi: 'không thuộc lát nào, mà hồ sơ mẫu không cho phép giá trị khác' };
const atEnd: Said = { en: 'must stand before the values that belong to no slice', vi: 'phải đứng trước các giá trị không thuộc lát nào' };
const disordered: Said = { en: 'stands after a value of a later slice; the profile fixes the order', vi: 'đứng sau giá trị của lát sau; hồ sơ mẫu quy định thứ tự' };
