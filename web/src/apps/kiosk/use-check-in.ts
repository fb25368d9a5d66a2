// One visit to the machine: what is on the screen, and what a scan, a typed number or a button does.
import type * as contracts from '@sen/contracts';
import type { KioskAnswer, KioskTicket } from '@sen/contracts';
import { useCallback, useRef, useState } from 'react';
import { ApiError, call } from '../../lib/api.ts';

export type View =
  | { readonly at: 'start' | 'reading' | 'number' }
  | { readonly at: 'born'; readonly number: string }
  | { readonly at: 'answer'; readonly answer: KioskAnswer }
  | { readonly at: 'taken'; readonly ticket: KioskTicket; readonly help: boolean }
  | { readonly at: 'fault'; readonly offline: boolean };

export interface CheckIn {
  readonly view: View;
  show(view: View): void;
  scan(text: string): void;
  typed(number: string, born: string): void;
  takeNumber(help: boolean): void;
}

const start: View = { at: 'start' };

/** `refused` hears of every failure: the session may have ended, or the server be away. */
export function useCheckIn(refused: () => void): CheckIn {
  const [view, setView] = useState<View>(start);
  const running = useRef(false);
  const run = useCallback((ask: () => Promise<View>) => {
    if (running.current) return; // a card that lies on the reader is read again and again
    running.current = true;
    setView({ at: 'reading' });
    ask().then(setView, (error: unknown) => {
      setView({ at: 'fault', offline: error instanceof ApiError && error.status === 0 });
      refused();
    }).finally(() => {
      running.current = false;
    });
  }, [refused]);
  return {
    view,
    show: setView,
    scan: (scanned) => run(async () => ({ at: 'answer', answer: await call<typeof contracts.checkInAtKiosk>('POST', '/api/kiosk/check-in', { scanned }) })),
    typed: (number, born) => run(async () => ({ at: 'answer', answer: await call<typeof contracts.checkInByNumber>('POST', '/api/kiosk/check-in-by-number', { number, born }) })),
    takeNumber: (help) => run(async () => ({ at: 'taken', help, ticket: await call<typeof contracts.takeDeskNumber>('POST', '/api/kiosk/desk-numbers', { help }) })),
  };
}

/** What a typed number can be: a booking code needs no proof, the others need the birth date. */
export function kindOf(digits: string): 'code' | 'number' | undefined {
  if (/^\d{9}$/.test(digits)) return 'code';
  return /^(?:0\d{9}|\d{12})$/.test(digits) ? 'number' : undefined;
}

/** A day that there is, or a year alone; nobody is older than 130. */
export function isBirth(digits: string, now: number): boolean {
  const thisYear = new Date(now).getFullYear();
  const year = Number(digits.slice(-4));
  if (!/^(?:\d{4}|\d{8})$/.test(digits) || year < thisYear - 130 || year > thisYear) return false;
  if (digits.length === 4) return true;
  const day = new Date(Date.UTC(year, Number(digits.slice(2, 4)) - 1, Number(digits.slice(0, 2))));
  return day.getUTCDate() === Number(digits.slice(0, 2)) && day.getUTCMonth() === Number(digits.slice(2, 4)) - 1;
}
