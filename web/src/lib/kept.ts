// Small choices kept in the browser. A private window may forbid storage: then they last as long as the page.
import { useCallback, useState } from 'react';

export function readKept<T>(storage: Storage, key: string, fallback: T): T {
  try {
    const text = storage.getItem(key);
    return text === null ? fallback : (JSON.parse(text) as T);
  } catch {
    return fallback;
  }
}

export function keep(storage: Storage, key: string, value: unknown): void {
  try {
    storage.setItem(key, JSON.stringify(value));
  } catch {
    // no storage: the choice lasts as long as the page
  }
}

export function useKept<T>(key: string, fallback: T): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => readKept(localStorage, key, fallback));
  const change = useCallback((next: T) => {
    keep(localStorage, key, next);
    setValue(next);
  }, [key]);
  return [value, change];
}
