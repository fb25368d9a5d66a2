import type * as contracts from '@sen/contracts';
import type { ResponseOf } from '@sen/contracts';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api.ts';

export type RoomDay = ResponseOf<typeof contracts.readRoomDay>;
export type DayBoard = ResponseOf<typeof contracts.readDayBoard>;

/** The slots of a room today; a station has none. */
export function useRoomDay(room: string, enabled: boolean) {
  return useQuery({ queryKey: ['room', room, 'day'], queryFn: ({ signal }) => call<typeof contracts.readRoomDay>('GET', '/api/rooms/:room/day', { room }, signal), enabled, refetchInterval: 60_000 });
}

export function useLateNotice(room: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (lateMinutes: number) => call<typeof contracts.sendLateNotice>('POST', '/api/rooms/:room/late-notices', { room, lateMinutes }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['room', room] }),
  });
}

export function useDayBoard(date: string | null) {
  return useQuery({
    queryKey: ['day-board', date], queryFn: ({ signal }) => call<typeof contracts.readDayBoard>('GET', '/api/day/board', date === null ? {} : { date }, signal),
    placeholderData: keepPreviousData, refetchInterval: date === null ? 60_000 : false,
  });
}
