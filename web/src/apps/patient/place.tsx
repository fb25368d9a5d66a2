// The address of the app: a handful of places under /app, so small that a router would weigh more than all of them.
import { createContext, use, useCallback, useEffect, useMemo, useState, type MouseEvent, type ReactNode } from 'react';

interface Place {
  /** After `/app`: `/`, `/book/doctor`, `/appointments/…`. */
  readonly path: string;
  go(path: string, how?: 'replace'): void;
  back(): void;
}

const PlaceContext = createContext<Place>({ path: '/', go: () => undefined, back: () => undefined });
const base = '/app';

export function PlaceProvider({ children }: { children: ReactNode }) {
  const [path, setPath] = useState(current);
  useEffect(() => {
    const moved = () => setPath(current());
    window.addEventListener('popstate', moved);
    return () => window.removeEventListener('popstate', moved);
  }, []);
  const go = useCallback((next: string, how?: 'replace') => {
    const depth = Number((history.state as { depth?: number } | null)?.depth ?? 0);
    const address = next === '/' ? base : base + next;
    if (how === 'replace') history.replaceState({ depth }, '', address);
    else history.pushState({ depth: depth + 1 }, '', address);
    setPath(current());
    window.scrollTo(0, 0);
  }, []);
  const back = useCallback(() => {
    if (Number((history.state as { depth?: number } | null)?.depth ?? 0) > 0) history.back();
    else go('/', 'replace');
  }, [go]);
  const place = useMemo(() => ({ path, go, back }), [path, go, back]);
  return <PlaceContext value={place}>{children}</PlaceContext>;
}

function current(): string {
  const path = location.pathname.slice(base.length).replace(/\/+$/, '');
  return path === '' ? '/' : path;
}

export function usePlace(): Place {
  return use(PlaceContext);
}

export function To({ path, children, className, here, label }: { path: string; children: ReactNode; className?: string; here?: boolean; label?: string }) {
  const { go } = usePlace();
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go(path);
  };
  return <a href={path === '/' ? base : base + path} className={className} aria-current={here === true ? 'page' : undefined} aria-label={label} onClick={follow}>{children}</a>;
}
