// When the screen locks: after the minutes of the session without a key or a pointer in any tab, or at once by key.
import type { OwnSession } from '@sen/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { call } from '../../lib/api.ts';
import type * as contracts from '@sen/contracts';
import { sessionKey } from './session.ts';
import { hearTabs, tellTabs } from './tabs.ts';

const lookEveryMs = 2_000;
/** The server counts use by requests: whoever reads a long page asks nothing of it. */
const beatEveryMs = 60_000;
const tellEveryMs = 5_000;
const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

/** Covers the screen at once; gives the act for a key or a menu. The page goes first, the server is told beside it. */
export function useLockNow(): () => void {
  const queries = useQueryClient();
  return useCallback(() => {
    cover(queries);
    tellTabs('locked');
    call<typeof contracts.lockSession>('POST', '/api/session/lock', {}).catch(() => undefined); // without a connection the server locks by itself
  }, [queries]);
}

function cover(queries: ReturnType<typeof useQueryClient>): void {
  queries.setQueryData<OwnSession | null>(sessionKey, (session) => (session ? { ...session, held: 'locked' } : session));
}

/** Locks the screen when nobody uses it, and follows what other tabs of this browser do. */
export function useScreenLock(lockMinutes: number | undefined): void {
  const queries = useQueryClient();
  const lockNow = useLockNow();
  useEffect(() => {
    if (lockMinutes === undefined) return undefined;
    let [usedAt, toldAt, beatAt] = [Date.now(), 0, Date.now()];
    const used = () => {
      usedAt = Date.now();
      if (usedAt - toldAt < tellEveryMs) return;
      toldAt = usedAt;
      tellTabs('active');
    };
    const look = () => {
      // A machine that slept wakes with an old time: it locks before anything is read.
      if (Date.now() - usedAt >= lockMinutes * 60_000) return lockNow();
      if (usedAt > beatAt && Date.now() - beatAt >= beatEveryMs) {
        beatAt = Date.now();
        void queries.invalidateQueries({ queryKey: sessionKey });
      }
    };
    const timer = setInterval(look, lookEveryMs);
    const stopHearing = hearTabs((word) => {
      if (word === 'active') usedAt = Date.now();
    });
    document.addEventListener('visibilitychange', look);
    for (const sign of signs) window.addEventListener(sign, used, { passive: true });
    return () => {
      clearInterval(timer);
      stopHearing();
      document.removeEventListener('visibilitychange', look);
      for (const sign of signs) window.removeEventListener(sign, used);
    };
  }, [lockMinutes, lockNow, queries]);
}

/** Follows other tabs: a screen locked there is locked here, somebody who signed in or out there did so here. */
export function useOtherTabs(): void {
  const queries = useQueryClient();
  useEffect(() => hearTabs((word) => {
    if (word === 'locked') cover(queries);
    if (word === 'changed') void queries.invalidateQueries({ queryKey: sessionKey });
  }), [queries]);
}
