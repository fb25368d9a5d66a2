// Small choices kept in the browser. A private window may forbid storage: then they last as long as the page.
import { useCallback, useState } from 'react';

type Place = Pick<Storage, 'getItem' | 'setItem'>;

const yearSeconds = 31_536_000;

/** How a person likes this computer to look and to be used: in cookies, since signing out clears all other storage of the page. Never anything about a patient. */
export const preferences: Place = {
  getItem: (key) => {
    const text = document.cookie.split('; ').find((cookie) => cookie.startsWith(`${key}=`))?.slice(key.length + 1);
    return text === undefined ? null : decodeURIComponent(text);
  },
  setItem: (key, value) => {
    document.cookie = `${key}=${encodeURIComponent(value)}; path=/; max-age=${yearSeconds}; samesite=strict${location.protocol === 'https:' ? '; secure' : ''}`;
  },
};

export function readKept<T>(storage: Place, key: string, fallback: T): T {
  try {
    const text = storage.getItem(key);
    return text === null ? fallback : (JSON.parse(text) as T);
  } catch {
    return fallback;
  }
}

export function keep(storage: Place, key: string, value: unknown): void {
  try {
    storage.setItem(key, JSON.stringify(value));
  } catch {
    // no storage: the choice lasts as long as the page
  }
}

export function useKept<T>(key: string, fallback: T): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => readKept(preferences, key, fallback));
  const change = useCallback((next: T) => {
    keep(preferences, key, next);
    setValue(next);
  }, [key]);
  return [value, change];
}
