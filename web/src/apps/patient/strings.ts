// Everything the app says, in both languages: one file a language.
import { english } from './strings-english.ts';
import { vietnamese } from './strings-vietnamese.ts';

export const strings = { vi: vietnamese, en: english } as const;
