// The language of the page: the same cookie as everywhere, because the server answers by it too.
import type { Language } from '../../lib/language.tsx';
import { english } from './strings-english.ts';
import { vietnamese } from './strings-vietnamese.ts';

export function language(): Language {
  return /(?:^|;\s*)sen_language=en\b/.test(document.cookie) ? 'en' : 'vi';
}

export function speak(wanted: Language): void {
  document.cookie = `sen_language=${wanted}; path=/; max-age=31536000; samesite=lax${location.protocol === 'https:' ? '; secure' : ''}`;
  document.documentElement.lang = wanted;
}

export function words(): typeof vietnamese {
  return language() === 'en' ? english : vietnamese;
}
