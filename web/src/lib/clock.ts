// The minute that the screen shows.
import { useEffect, useState } from 'react';

/** Now, in ms; changes as a minute of the clock begins. */
export function useMinute(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setTimeout(() => setNow(Date.now()), 60_000 - (now % 60_000) + 20);
    return () => clearTimeout(timer);
  }, [now]);
  return now;
}
