// Light, dark or as the system prefers; the attribute on <html> is what the tokens listen to.
import { createContext, use, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { keep, preferences, readKept } from './kept.ts';

export type Theme = 'auto' | 'light' | 'dark';

interface Choice {
  readonly theme: Theme;
  choose(theme: Theme): void;
}

const ThemeContext = createContext<Choice>({ theme: 'auto', choose: () => undefined });

export function ThemeProvider({ children }: { children: ReactNode }) {
  const [theme, setTheme] = useState<Theme>(() => readKept<Theme>(preferences, 'sen.theme', 'auto'));
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  const choose = useCallback((next: Theme) => {
    keep(preferences, 'sen.theme', next);
    setTheme(next);
  }, []);
  const choice = useMemo(() => ({ theme, choose }), [theme, choose]);
  return <ThemeContext value={choice}>{children}</ThemeContext>;
}

export function useTheme(): Choice {
  return use(ThemeContext);
}
