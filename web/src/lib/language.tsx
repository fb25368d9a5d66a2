// The language of the screen: the cookie is the one place it is kept, because the server reads it too.
import { createContext, use, useCallback, useMemo, useState, type ReactNode } from 'react';

export type Language = 'vi' | 'en';

interface Choice {
  readonly language: Language;
  choose(language: Language): void;
}

const LanguageContext = createContext<Choice>({ language: 'vi', choose: () => undefined });
const yearSeconds = 31_536_000;

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(chosenBefore);
  const choose = useCallback((next: Language) => {
    keep(next);
    setLanguage(next);
  }, []);
  const choice = useMemo(() => ({ language, choose }), [language, choose]);
  return <LanguageContext value={choice}>{children}</LanguageContext>;
}

function chosenBefore(): Language {
  const kept = /(?:^|;\s*)sen_language=(vi|en)\b/.exec(document.cookie)?.[1];
  const language: Language = kept === 'en' ? 'en' : 'vi';
  // Written even when it was the default: the server would otherwise follow the browser's own list of languages.
  keep(language);
  return language;
}

function keep(language: Language): void {
  document.cookie = `sen_language=${language}; path=/; max-age=${yearSeconds}; samesite=lax${location.protocol === 'https:' ? '; secure' : ''}`;
  document.documentElement.lang = language;
}

export function useLanguage(): Choice {
  return use(LanguageContext);
}

/** Gives a module's strings in the language of the screen. */
export function useStrings<T>(strings: { readonly vi: T; readonly en: T }): T {
  return strings[use(LanguageContext).language];
}
