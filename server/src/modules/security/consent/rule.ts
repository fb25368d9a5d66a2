// What a provision of a Consent comes to: whom it lets or keeps from what, for which purpose, until when.

export interface ConsentRule {
  readonly depth: number;
  readonly deny: boolean;
  /** Names as in actorNames; undefined: anyone. */
  readonly actors?: readonly string[];
  readonly purposes?: readonly string[];
  /** Numbers of resource types. */
  readonly types?: readonly number[];
  /** Bits of policy/marks.ts; 0: whatever the marks. */
  readonly marks: number;
  /** Single resources: number of the type, and key. An id says nothing of the type. */
  readonly resources?: readonly { readonly type: number; readonly key: bigint }[];
  /** ms since 1970; `until` is exclusive. */
  readonly decided: number;
  readonly since: number;
  readonly until: number;
}

/** Any hospital or company other than the one that keeps the record. */
export const outside = 'outside';

/** How narrowly a rule names whom: what names a person outweighs what names a department, and that what names a role. */
export function actorRank({ actors }: Pick<ConsentRule, 'actors'>): number {
  if (actors === undefined || actors.includes(outside)) return 0;
  return Math.min(...actors.map(rankOfName));
}

function rankOfName(name: string): number {
  if (name.startsWith('role/')) return 1;
  return /^(?:Organization|Location)\//.test(name) ? 2 : 3;
}

/** How narrowly a rule names what. */
export function dataRank({ types, marks, resources }: { readonly types?: unknown; readonly marks: number; readonly resources?: unknown }): number {
  return (types === undefined ? 0 : 1) + (marks === 0 ? 0 : 2) + (resources === undefined ? 0 : 4);
}

/** The same rule as rules that each name single resources of one type: two types may have an id in common. */
export function rulesByType(rule: ConsentRule): readonly (Omit<ConsentRule, 'resources'> & { readonly resources?: readonly bigint[] })[] {
  const { resources, ...others } = rule;
  if (resources === undefined) return [others];
  const named = resources.filter(({ type }) => others.types?.includes(type) ?? true);
  return [...Map.groupBy(named, ({ type }) => type)].map(([type, some]) => ({ ...others, types: [type], resources: some.map(({ key }) => key) }));
}
