import type * as contracts from '@sen/contracts';
import type { BodyOf, WeeklyTemplate } from '@sen/contracts';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api.ts';

export function useSessions(where: { from: string; days: number; specialty?: string; doctor?: string }, enabled = true) {
  return useQuery({ queryKey: ['sessions', where], enabled, placeholderData: keepPreviousData, refetchInterval: 60_000, queryFn: ({ signal }) => call<typeof contracts.listSessions>('GET', '/api/schedules/sessions', where, signal) });
}

export function useTemplates() {
  return useQuery({ queryKey: ['templates'], queryFn: ({ signal }) => call<typeof contracts.listSchedules>('GET', '/api/schedules', {}, signal) });
}

export function usePreviewTemplate() {
  return useMutation({ mutationFn: (asked: BodyOf<typeof contracts.previewSchedule>) => call<typeof contracts.previewSchedule>('POST', '/api/schedules/preview', asked) });
}

/** Adds a template, or puts it in place of another. */
export function useSaveTemplate() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ replaces, template }: { replaces?: string; template: WeeklyTemplate }) =>
      replaces === undefined ? call<typeof contracts.addSchedule>('POST', '/api/schedules', template) : call<typeof contracts.changeSchedule>('PUT', '/api/schedules/:scheduleId', { scheduleId: replaces, ...template }),
    onSuccess: refresh,
  });
}

export function useEndTemplate() {
  const refresh = useRefresh();
  return useMutation({ mutationFn: (end: { scheduleId: string; lastDay: string }) => call<typeof contracts.endSchedule>('POST', '/api/schedules/:scheduleId/end', end), onSuccess: refresh });
}

export function useSetVisitType() {
  const refresh = useRefresh();
  return useMutation({ mutationFn: (kind: BodyOf<typeof contracts.setVisitType> & { code: string }) => call<typeof contracts.setVisitType>('PUT', '/api/schedules/visit-types/:code', kind), onSuccess: refresh });
}

export function useHolidays(year: number) {
  return useQuery({ queryKey: ['holidays', year], queryFn: ({ signal }) => call<typeof contracts.listHolidays>('GET', '/api/schedules/holidays', { year }, signal) });
}

/** Also previews: then nothing is changed. */
export function useSetHoliday() {
  const refresh = useRefresh();
  return useMutation({ mutationFn: (holiday: BodyOf<typeof contracts.setHoliday> & { date: string }) => call<typeof contracts.setHoliday>('PUT', '/api/schedules/holidays/:date', holiday), onSuccess: (_, { preview }) => { if (preview !== true) refresh(); } });
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

export function useEndLeave() {
  const refresh = useRefresh();
  return useMutation({ mutationFn: (leaveId: string) => call<typeof contracts.endLeave>('POST', '/api/leave/:leaveId/end', { leaveId }), onSuccess: refresh });
}

function useRefresh(): () => void {
  const queries = useQueryClient();
  return () => {
    for (const key of ['sessions', 'templates', 'holidays', 'leaves', 'to-call']) void queries.invalidateQueries({ queryKey: [key] });
  };
}
