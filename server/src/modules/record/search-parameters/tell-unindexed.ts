// What a search must say of parameters whose index is still being made.
import type { Issue } from '@sen/fhir';
import type { Queryable } from '../../../platform/database.ts';
import { loadIndexStates } from '../store.ts';
import { indexingNow } from './refusals.ts';
import { unindexed } from './unindexed.ts';

interface Asked {
  readonly filters: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly sort: readonly { readonly name: string }[];
}

/** One warning for each parameter that a search uses and whose index is not whole, with how far it is. No types: all are searched. */
export async function indexingWarnings(db: Queryable, types: readonly string[], asked: Asked): Promise<Issue[]> {
  if (unindexed().size === 0) return [];
  const used = usedOf(types, asked);
  if (used.length === 0) return [];
  const states = new Map((await loadIndexStates(db)).map((state) => [state.type, state]));
  return used.flatMap(({ type, code }) => {
    const state = states.get(type);
    if (state === undefined || state.endedAt !== undefined) return [];
    const what = code === '*' ? `The index of ${type} is being made anew` : `The search parameter "${code}" of ${type} is being indexed`;
    const far = state.total === 0 ? 'not begun' : `${Math.floor((100 * state.done) / state.total)} % of ${state.total} resources`;
    return [{ severity: 'warning', code: 'incomplete', diagnostics: `${what} (${far}); until it is done some matches may be missing.` }];
  });
}

/**
 * Refuses (429) to decide a conditional interaction by a parameter that is new. While all are made anew (`*`) it is let pass: rows of an older form
 * are found nearly all, and refusing would stop the work of a house for hours.
 */
export function refuseUnindexed(type: string, asked: Asked): void {
  if (unindexed().size === 0) return;
  const first = usedOf([type], asked).find(({ code }) => code !== '*');
  if (first !== undefined) throw indexingNow(first.code);
}

function usedOf(types: readonly string[], { filters, sort }: Asked): { type: string; code: string }[] {
  const names = new Set([...filters.flatMap(namesIn), ...sort.map(({ name }) => name)]);
  const isChained = filters.some(({ name }) => name.includes('.') || name.startsWith('_has:'));
  return [...unindexed()].flatMap(([type, codes]) => {
    const isSearched = types.length === 0 || types.includes(type);
    if (codes.has('*')) return isSearched && names.size > 0 ? [{ type, code: '*' }] : [];
    return isSearched || isChained ? [...codes].filter((code) => names.has(code)).map((code) => ({ type, code })) : [];
  });
}

/** Every name a filter may use: the links of a chain or of `_has`, the words of a `_filter`. */
function namesIn({ name, values }: Asked['filters'][number]): string[] {
  return (name === '_filter' ? values.join(' ') : name).split(/[^\w-]+/);
}
