// The order of concepts in which each is followed by all below it: what is below a concept is then a range of places (nested sets).

export interface Placed {
  /** Index of the concept in the input. */
  readonly index: number;
  /** Place of the parent it stands under; undefined at the top. */
  readonly parent: number | undefined;
  /** Last place below it; its own when there is none. */
  readonly last: number;
}

export interface Hierarchy {
  /** By place. */
  readonly placed: readonly Placed[];
  /** Parents beside the one a concept stands under, by place. */
  readonly further: readonly { readonly parent: number; readonly child: number }[];
}

/** Places concepts below their first parent; `parents[i]` are indexes of the parents of concept i. Circles are cut where they close. */
export function arrange(parents: readonly (readonly number[])[]): Hierarchy {
  const children: number[][] = parents.map(() => []);
  parents.forEach((above, child) => above.forEach((parent) => children[parent]?.push(child)));
  const places = new Array<number>(parents.length).fill(-1);
  const placed: { index: number; parent: number | undefined; last: number }[] = [];
  const further: { parent: number; child: number }[] = [];
  const top = [...parents.keys()].filter((index) => parents[index]!.length === 0);
  // After the tops, whatever is in a circle and so has none.
  for (const root of [...top, ...parents.keys()]) {
    if (places[root] === -1) placeBelow(root, { children, places, placed, further });
  }
  return { placed, further };
}

interface Drawing {
  readonly children: readonly (readonly number[])[];
  readonly places: number[];
  readonly placed: { index: number; parent: number | undefined; last: number }[];
  readonly further: { parent: number; child: number }[];
}

// A stack of its own: lists of 100,000 concepts can be deeper than the call stack.
function placeBelow(root: number, { children, places, placed, further }: Drawing): void {
  const open = [{ place: put(root, undefined), next: 0 }];
  while (open.length > 0) {
    const step = open.at(-1)!;
    const child = children[placed[step.place]!.index]![step.next++];
    if (child === undefined) {
      placed[step.place]!.last = placed.length - 1;
      open.pop();
    } else if (places[child] === -1) open.push({ place: put(child, step.place), next: 0 });
    else if (placed[places[child]!]!.parent !== step.place && places[child] !== step.place) further.push({ parent: step.place, child: places[child]! });
  }
  function put(index: number, parent: number | undefined): number {
    places[index] = placed.length;
    placed.push({ index, parent, last: placed.length });
    return placed.length - 1;
  }
}
