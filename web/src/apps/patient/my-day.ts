// What the app knows of the family today: from the server when it answers, else what was kept on the phone, and which of the two.
import type * as contracts from '@sen/contracts';
import type { AppointmentView, FamilyMember, MyVisit, WaitingEntry } from '@sen/contracts';
import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { ApiError, call } from '../../lib/api.ts';
import { useLive } from '../../lib/live.ts';
import { keepSealed, readSealed } from './device/sealed-store.ts';

export interface MyDay {
  /** When the server said it, in ms of this phone. */
  readonly at: number;
  readonly people: readonly FamilyMember[];
  readonly coming: readonly AppointmentView[];
  readonly past: readonly AppointmentView[];
  readonly visits: readonly MyVisit[];
  readonly waiting: readonly WaitingEntry[];
  readonly hospital: { readonly name: string; readonly phone?: string };
  /** Read from the phone, because the server did not answer. */
  readonly kept?: true;
}

const key = ['my-day'];
/** Name under which the phone keeps it. */
export const keptName = 'my-day';
const everyMs = 60_000;
/** Older minutes of waiting are not shown: the line has moved on. */
export const freshMs = 120_000;

export function useMyDay() {
  const queries = useQueryClient();
  const refresh = useCallback(() => void queries.invalidateQueries({ queryKey: key }), [queries]);
  const day = useQuery({
    queryKey: key, queryFn: ({ signal }) => readDay(signal), retry: false, staleTime: 5_000, refetchInterval: everyMs, refetchOnWindowFocus: true,
    networkMode: 'always', // without a network it is the kept day that is read
  });
  useLive((day.data?.visits ?? []).map(({ visitId }) => `visit/${visitId}`), refresh);
  useEffect(() => {
    window.addEventListener('offline', refresh);
    window.addEventListener('online', refresh);
    navigator.serviceWorker?.addEventListener('message', refresh);
    return () => {
      window.removeEventListener('offline', refresh);
      window.removeEventListener('online', refresh);
      navigator.serviceWorker?.removeEventListener('message', refresh);
    };
  }, [refresh]);
  return day;
}

export function forgetDay(queries: QueryClient): Promise<void> {
  return queries.invalidateQueries({ queryKey: key });
}

async function readDay(signal: AbortSignal): Promise<MyDay> {
  try {
    const [{ people }, { coming, past }, { visits }, { entries }, about] = await Promise.all([
      call<typeof contracts.listFamily>('GET', '/api/my/family', {}, signal),
      call<typeof contracts.listMyAppointments>('GET', '/api/my/appointments', {}, signal),
      call<typeof contracts.listMyVisits>('GET', '/api/my/visits', {}, signal),
      call<typeof contracts.listMyWaiting>('GET', '/api/booking/waiting-list', {}, signal),
      call<typeof contracts.listBookingSpecialties>('GET', '/api/booking/specialties', {}, signal),
    ]);
    const hospital = { name: about.facilityName, ...(about.phone !== undefined && { phone: about.phone }) };
    const day: MyDay = { at: Date.now(), people, coming, past, visits, waiting: entries, hospital };
    await keepSealed(keptName, day);
    return day;
  } catch (error) {
    // Only silence is answered from the phone: a refusal is a refusal.
    if (!(error instanceof ApiError) || (error.status !== 0 && error.status < 502)) throw error;
    const kept = await readSealed<MyDay>(keptName);
    if (kept === undefined) throw error;
    return { ...kept, kept: true };
  }
}
