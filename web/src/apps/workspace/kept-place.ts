// Where each person was in this browser tab: two people take turns at one computer, and neither loses the place. Addresses hold ids only.
import type { OwnSession } from '@sen/contracts';
import { useEffect, useRef } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { keep, readKept } from '../../lib/kept.ts';

export function useKeptPlace(session: OwnSession | undefined): void {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const last = useRef<string>(undefined);
  const account = session?.account.id;
  const open = session !== undefined && session.held === undefined;
  useEffect(() => {
    if (account === undefined || !open) return;
    const key = `sen.place.${account}`;
    if (last.current !== undefined && last.current !== account) {
      // Another person than before: neither page shows the other's patient.
      last.current = account;
      void navigate(readKept<string>(sessionStorage, key, '/'), { replace: true });
      return;
    }
    last.current = account;
    keep(sessionStorage, key, pathname + search);
  }, [account, open, pathname, search, navigate]);
}
