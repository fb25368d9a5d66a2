// Two languages: Vietnamese first, English second.
export type Language = 'vi' | 'en';

export interface Text {
  readonly vi: string;
  readonly en: string;
}

/** Joins both languages in one line, for places that carry only one text. */
export function both(text: Text): string {
  return `${text.vi} / ${text.en}`;
}

/** Chooses the language of a request: the person's own choice (cookie), else the browser's list (RFC 9110 §12.5.4), else the house's. */
export function pickLanguage(chosen: string | undefined, acceptLanguage: string | undefined, house: Language): Language {
  if (chosen === 'vi' || chosen === 'en') return chosen;
  if (!acceptLanguage) return house;
  let best: Language | undefined;
  let bestWeight = 0;
  for (const entry of acceptLanguage.split(',', 20)) {
    const language = languageOf(entry);
    const weight = weightOf(entry);
    if (language && weight > bestWeight) [best, bestWeight] = [language, weight];
  }
  return best ?? house;
}

function languageOf(entry: string): Language | undefined {
  const primary = entry.trim().slice(0, 2).toLowerCase();
  return (primary === 'vi' || primary === 'en') && /^\s*[a-z]{2}\s*(?:[-;]|$)/i.test(entry) ? primary : undefined;
}

function weightOf(entry: string): number {
  const given = /;\s*q=([0-9.]+)/.exec(entry)?.[1];
  if (given === undefined) return 1;
  return Number(given) || 0;
}
