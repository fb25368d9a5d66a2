// What a concept is called, in which language.

export interface Designation {
  readonly language?: string;
  readonly use?: { readonly system?: string; readonly code?: string };
  readonly value: string;
}

export interface Called {
  /** Display of the code system, in the language of the code system. */
  readonly display: string | undefined;
  readonly language: string | undefined;
  readonly designations: readonly Designation[];
}

/** The display in the first of the wanted languages (`vi`, `vi-VN,en;q=0.5`) that there is; else the code system's own. */
export function displayIn({ display, language, designations }: Called, wanted: string | undefined): string | undefined {
  for (const tag of wantedTags(wanted)) {
    if (display !== undefined && language !== undefined && speaks(language, tag)) return display;
    const found = designations.filter((one) => one.language !== undefined && speaks(one.language, tag));
    const best = found.find(isDisplay) ?? found[0];
    if (best !== undefined) return best.value;
  }
  return display;
}

/** Tells whether a text is how the concept is called, in any language; case and runs of spaces do not tell. */
export function isCalled({ display, designations }: Called, text: string): boolean {
  const wanted = plain(text);
  return [display, ...designations.map(({ value }) => value)].some((one) => one !== undefined && plain(one) === wanted);
}

/** Tells whether a designation is one of those asked for: `system|code` of a use, or `urn:ietf:bcp:47|vi`. None asked for: all are. */
export function isAskedFor({ language, use }: Designation, asked: readonly string[]): boolean {
  if (asked.length === 0) return true;
  return asked.some((token) => {
    const cut = token.lastIndexOf('|');
    const [system, code] = cut < 0 ? [undefined, token] : [token.slice(0, cut), token.slice(cut + 1)];
    if (system === 'urn:ietf:bcp:47') return language !== undefined && speaks(language, code);
    return use?.code === code && (system === undefined || use.system === system);
  });
}

function wantedTags(wanted: string | undefined): string[] {
  return (wanted ?? '').split(',').map((tag) => tag.split(';')[0]!.trim()).filter((tag) => tag !== '' && tag !== '*');
}

function speaks(language: string, tag: string): boolean {
  const [own, asked] = [language.toLowerCase(), tag.toLowerCase()];
  return own === asked || own.startsWith(`${asked}-`) || asked.startsWith(`${own}-`);
}

function isDisplay({ use }: Designation): boolean {
  return use === undefined || use.code === 'display' || use.code === 'preferredForLanguage' || use.code === '900000000000013009';
}

function plain(text: string): string {
  return text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();
}
