/** The alternatives of `_text` and `_content`, parted by commas; those within quotes belong to a phrase. */
export function textValues(text: string): string[] {
  return (text.match(/(?:"[^"]*"?|\\.|[^,"\\])+/g) ?? []).filter((value) => value.trim() !== '');
}
