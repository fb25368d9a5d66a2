// ValueSet.expansion.contains (R4 valueset.html): flat, or nested as the code system nests its concepts.

export interface Contains {
  readonly system: string;
  readonly version?: string;
  readonly abstract?: true;
  readonly inactive?: true;
  readonly code: string;
  readonly display?: string;
  readonly designation?: readonly object[];
  readonly contains?: readonly Contains[];
}

/** Where a member stands in its list. */
export interface Standing {
  readonly system: number | undefined;
  readonly place: number | undefined;
  readonly last: number | undefined;
}

/** Levels of nesting at most: what lies deeper stands at the last level, since neither we nor most readers of JSON can go down for ever. */
const mostLevels = 100;

/** Nests each member under the nearest one above it that is a member too; the order stays. */
export function nestContains(members: readonly (readonly [Standing, Contains])[]): Contains[] {
  const parents = parentsOf(members.map(([standing]) => standing));
  const below = new Map<number | undefined, number[]>();
  parents.forEach((parent, index) => {
    const siblings = below.get(parent);
    if (siblings === undefined) below.set(parent, [index]);
    else siblings.push(index);
  });
  const build = (index: number): Contains => {
    const children = below.get(index);
    const own = members[index]![1];
    return children === undefined ? own : { ...own, contains: children.map(build) };
  };
  return (below.get(undefined) ?? []).map(build);
}

/** Index of the nearest member above each; undefined at the top. */
function parentsOf(standings: readonly Standing[]): (number | undefined)[] {
  const parents = new Array<number | undefined>(standings.length).fill(undefined);
  const order = [...standings.keys()].filter((i) => standings[i]!.place !== undefined).sort((a, b) => compare(standings[a]!, standings[b]!));
  const open: number[] = [];
  for (const index of order) {
    while (open.length > 0 && !holds(standings[open.at(-1)!]!, standings[index]!)) open.pop();
    parents[index] = open.at(-1);
    if (open.length < mostLevels - 1) open.push(index);
  }
  return parents;
}

function compare(a: Standing, b: Standing): number {
  return (a.system ?? 0) - (b.system ?? 0) || (a.place ?? 0) - (b.place ?? 0);
}

function holds(above: Standing, below: Standing): boolean {
  return above.system === below.system && (above.last ?? -1) >= (below.place ?? 0);
}
