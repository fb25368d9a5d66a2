import type * as contracts from '@sen/contracts';
import type { BodyOf } from '@sen/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api.ts';

export function useSessions(from: string) {
  return useQuery({ queryKey: ['sessions', from], queryFn: ({ signal }) => call<typeof contracts.listSessions>('GET', '/api/schedules/sessions', { from, days: 1 }, signal) });
}

export function useTemplates() {
  return useQuery({ queryKey: ['templates'], queryFn: ({ signal }) => call<typeof contracts.listSchedules>('GET', '/api/schedules', {}, signal) });
}

export function useHolidays(year: number) {
  return useQuery({ queryKey: ['holidays', year], queryFn: ({ signal }) => call<typeof contracts.listHolidays>('GET', '/api/schedules/holidays', { year }, signal) });
}

export function useSetHoliday() {
  const refresh = useRefresh();
  return useMutation({ mutationFn: (holiday: { date: string; name: string; open: boolean }) => call<typeof contracts.setHoliday>('PUT', '/api/schedules/holidays/:date', holiday), onSuccess: refresh });
}

export type Absence = BodyOf<typeof contracts.previewLeave>;

export function usePreview() {
  return useMutation({ mutationFn: (absence: Absence) => call<typeof contracts.previewLeave>('POST', '/api/leave/preview', absence) });
}

export function useRecordLeave() {
  const refresh = useRefresh();
  return useMutation({ mutationFn: (absence: Absence) => call<typeof contracts.recordLeave>('POST', '/api/leave', absence), onSuccess: refresh });
}

export function useLeaves() {
  return useQuery({ queryKey: ['leaves'], queryFn: ({ signal }) => call<typeof contracts.listLeave>('GET', '/api/leave', {}, signal) });
}

function useRefresh(): () => void {
  const queries = useQueryClient();
  return () => {
    for (const key of ['sessions', 'templates', 'holidays', 'leaves', 'to-call']) void queries.invalidateQueries({ queryKey: [key] });
  };
}
