// Whoever hears the screen instead of seeing it is told of each new one: the focus goes to its heading.
import { useEffect, useRef, type RefObject } from 'react';

export function useHeading(): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return heading;
}
