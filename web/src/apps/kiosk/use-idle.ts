// A visit to the machine ends by itself when nobody touches it: the next one must not see what the last one did.
import { useEffect, useState } from 'react';

const idleSeconds = 30;
/** The last ones are counted down on the screen. */
const warnedSeconds = 10;

/** Calls `end` after thirty seconds without a touch or a key; gives how many are left, once they are few. `active` false: nothing to end. */
export function useIdle(active: boolean, end: () => void): number | undefined {
  const [left, setLeft] = useState(idleSeconds);
  useEffect(() => {
    if (!active) return undefined;
    let until = Date.now() + idleSeconds * 1000;
    const touched = () => {
      until = Date.now() + idleSeconds * 1000;
      setLeft(idleSeconds);
    };
    touched();
    const timer = setInterval(() => {
      const seconds = Math.ceil((until - Date.now()) / 1000);
      setLeft(seconds);
      if (seconds <= 0) end();
    }, 250);
    const signs = ['pointerdown', 'keydown'] as const;
    for (const sign of signs) window.addEventListener(sign, touched);
    return () => {
      clearInterval(timer);
      for (const sign of signs) window.removeEventListener(sign, touched);
    };
  }, [active, end]);
  return active && left <= warnedSeconds ? Math.max(0, left) : undefined;
}
