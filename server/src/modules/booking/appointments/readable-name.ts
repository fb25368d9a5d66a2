/** Words of letters, with the marks that names have (`O'Neill-Smith`, `H’Hen`, `J.`). A name goes into messages of the hospital: an address of the web or a number to call is none. */
export function isReadableName(name: string): boolean {
  return /^[\p{L}\p{M}]+(?:['’ʼ-][\p{L}\p{M}]+)*\.?(?: +[\p{L}\p{M}]+(?:['’ʼ-][\p{L}\p{M}]+)*\.?)*$/u.test(name.trim());
}
