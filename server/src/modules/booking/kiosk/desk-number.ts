/** `K007`: the letter tells it from the numbers of the rooms. */
export function shownNumber(number: number): string {
  return `K${String(number).padStart(3, '0')}`;
}
