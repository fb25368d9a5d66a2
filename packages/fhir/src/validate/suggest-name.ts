/** Gives the known name nearest to a mistaken one, for "did you mean"; undefined when none is near. */
export function suggestName(mistaken: string, known: Iterable<string>): string | undefined {
  if (mistaken.length > 64) return undefined;
  const plain = simplify(mistaken);
  const reach = mistaken.length < 5 ? 1 : 2;
  let best: string | undefined;
  let bestDistance = reach + 1;
  for (const name of known) {
    const distance = simplify(name) === plain ? 0 : editDistance(mistaken, name, bestDistance);
    if (distance < bestDistance) [best, bestDistance] = [name, distance];
  }
  return best;
}

function simplify(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
}

function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (previous[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(change, (previous[j] as number) + 1, (row[j - 1] as number) + 1));
    }
    previous = row;
  }
  return previous[b.length] as number;
}
