// Single keys at a desk where a scanner types too: a key that is part of a burst is the scanner's, not the clerk's.
import { useEffect, useRef } from 'react';
import { useKeys } from '../../../../lib/keys.ts';

/** A wedge scanner sends a key every 1 to 20 ms; people need 60 ms and more between two. */
const hurryMs = 40;

export function useUnhurriedKeys(acts: Readonly<Record<string, () => void>>): void {
  const last = useRef(0);
  const hurried = useRef(false);
  /** Escape belongs to the open dialog, which is gone from the page before the key gets here. */
  const inDialog = useRef(false);
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    const watch = (event: KeyboardEvent) => {
      inDialog.current = document.querySelector('[role="dialog"]') !== null;
      hurried.current = event.timeStamp - last.current < hurryMs;
      last.current = event.timeStamp;
      clearTimeout(waiting.current);
    };
    window.addEventListener('keydown', watch, { capture: true });
    return () => {
      window.removeEventListener('keydown', watch, { capture: true });
      clearTimeout(waiting.current);
    };
  }, []);
  useKeys(Object.fromEntries(Object.entries(acts).map(([key, act]) => [key, () => {
    if (!hurried.current && !inDialog.current) waiting.current = setTimeout(act, hurryMs);
  }])));
}
