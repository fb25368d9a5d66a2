// The operator's calls, those who must be called, and the waiting list.
import type * as contracts from '@sen/contracts';
import type { BodyOf } from '@sen/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api.ts';
import { useLive } from '../../../lib/live.ts';

const callsKey = 'switchboard-calls';

/** Calls now, followed live; the whole is asked for once a minute besides, so that ended ones go. */
export function useCalls(wanted = true) {
  const queries = useQueryClient();
  const asked = useQuery({ queryKey: [callsKey], enabled: wanted, refetchInterval: 60_000, queryFn: ({ signal }) => call<typeof contracts.listSwitchboardCalls>('GET', '/api/switchboard/calls', {}, signal) });
  const live = useLive(wanted ? ['switchboard/house'] : [], () => void queries.invalidateQueries({ queryKey: [callsKey] }));
  return { asked, live };
}

export function useTakeCall() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call<typeof contracts.takeSwitchboardCall>('POST', '/api/switchboard/calls/:call/take', { call: id }),
    onSettled: () => void queries.invalidateQueries({ queryKey: [callsKey] }),
  });
}

export function useToCall(wanted = true) {
  return useQuery({ queryKey: ['to-call'], enabled: wanted, refetchInterval: 60_000, queryFn: ({ signal }) => call<typeof contracts.listToCall>('GET', '/api/booking/to-call', {}, signal) });
}

export function useMarkCalled() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (one: { appointmentId: string; reached: boolean }) => call<typeof contracts.markCalled>('POST', '/api/booking/to-call/:appointmentId', one),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['to-call'] }),
  });
}

export function useWaitingEntries(patientId: string | undefined) {
  return useQuery({
    queryKey: ['waiting-entries', patientId], enabled: patientId !== undefined,
    queryFn: ({ signal }) => call<typeof contracts.listMyWaiting>('GET', '/api/booking/waiting-list', patientId === undefined ? {} : { patientId }, signal),
  });
}

export function useJoinWaiting() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (entry: BodyOf<typeof contracts.joinWaitingList>) => call<typeof contracts.joinWaitingList>('POST', '/api/booking/waiting-list', entry),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['waiting-entries'] }),
  });
}

export function useLeaveWaiting() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (entryId: string) => call<typeof contracts.leaveWaitingList>('DELETE', '/api/booking/waiting-list/:entryId', { entryId }),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['waiting-entries'] }),
  });
}
