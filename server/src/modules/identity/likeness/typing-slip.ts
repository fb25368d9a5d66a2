// How far two written words or numbers lie apart, as fingers slip: a letter more, less, another, two swapped; keys of Telex and VNI left in a word.

/** True where one slip of the finger, or keys of an input method, make one word of the other. Short words are never taken for slips. */
export function isWordSlip(a: string, b: string): boolean {
  if (a === b) return false;
  if (withoutKeys(a) === withoutKeys(b)) return true;
  return Math.min(a.length, b.length) >= 3 && editDistance(a, b) === 1;
}

/** True where one digit differs, or two neighbours are swapped. */
export function isNumberSlip(a: string, b: string): boolean {
  return a !== b && a.length === b.length && editDistance(a, b) === 1;
}

/** Folded words: `nguyeenx` and `nguye6n4` are `nguyen`. */
function withoutKeys(word: string): string {
  const vni = word.replace(/(?<=[a-z])[1-9]/g, '');
  return vni.replace(/(?<=[aeiouy][a-z]*)[sfrxj]$/, '').replace(/(a|e|o)\1/g, '$1').replace(/([aou])w/g, '$1').replace(/^dd/, 'd');
}

/** Optimal string alignment: insert, delete, change, swap of neighbours; stops counting at 2. */
function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 1) return 2;
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let [i, j] = [a.length, b.length];
  while (i > start && j > start && a[i - 1] === b[j - 1]) [i, j] = [i - 1, j - 1];
  const [left, right] = [a.slice(start, i), b.slice(start, j)];
  if (left.length <= 1 && right.length <= 1) return left === right ? 0 : 1;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0] ? 1 : 2;
}
