// What the list of a room asks of the server, and what is done there.
import type * as contracts from '@sen/contracts';
import type { QueueTurn, RoomQueue, StationKind } from '@sen/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api.ts';

export function useRooms(enabled = true) {
  return useQuery({ queryKey: ['rooms'], queryFn: ({ signal }) => call<typeof contracts.listRooms>('GET', '/api/rooms', {}, signal), enabled, refetchInterval: 60_000 });
}

export function useRoomQueue(roomId: string) {
  return useQuery({ queryKey: ['room', roomId, 'queue'], queryFn: ({ signal }) => call<typeof contracts.readRoomQueue>('GET', '/api/rooms/:roomId/queue', { roomId }, signal), refetchInterval: 60_000 });
}

export type TurnVerb = 'call' | 'recall' | 'begin' | 'finish' | 'skip' | 'return';

/** One thing done to the queue of a room. Each carries what the caller saw, so that a second click changes nothing. */
export type RoomAct =
  | { readonly act: 'next'; readonly current: string | null }
  | { readonly act: TurnVerb; readonly turn: QueueTurn }
  | { readonly act: 'transfer'; readonly turn: QueueTurn; readonly toRoomId: string }
  | { readonly act: 'send'; readonly turn: QueueTurn; readonly stations: readonly { kind: StationKind; roomId?: string }[]; readonly back: boolean }
  | { readonly act: 'open' | 'resume' | 'close' }
  | { readonly act: 'pause'; readonly minutes: number; readonly reason?: string }
  | { readonly act: 'leave'; readonly turn: QueueTurn };

export function useRoomAct(roomId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (act: RoomAct) => perform(roomId, act),
    onSettled: () => queries.invalidateQueries({ queryKey: ['room', roomId] }),
  });
}

async function perform(roomId: string, act: RoomAct): Promise<unknown> {
  switch (act.act) {
    case 'next': return call<typeof contracts.callNext>('POST', '/api/rooms/:roomId/next', { roomId, current: act.current });
    case 'transfer': return call<typeof contracts.transferTurn>('POST', '/api/turns/:turnId/transfer', { ...seen(act.turn), toRoomId: act.toRoomId });
    case 'send': return call<typeof contracts.sendTurn>('POST', '/api/turns/:turnId/send', { ...seen(act.turn), stations: [...act.stations], back: act.back });
    case 'open': return call<typeof contracts.openRoom>('POST', '/api/rooms/:roomId/open', { roomId });
    case 'resume': return call<typeof contracts.resumeRoom>('POST', '/api/rooms/:roomId/resume', { roomId });
    case 'close': return call<typeof contracts.closeRoom>('POST', '/api/rooms/:roomId/close', { roomId });
    case 'pause': return call<typeof contracts.pauseRoom>('POST', '/api/rooms/:roomId/pause', { roomId, minutes: act.minutes, ...(act.reason === undefined ? {} : { reason: act.reason }) });
    case 'leave': return call<typeof contracts.leaveVisit>('POST', '/api/visits/:visitId/leave', { visitId: act.turn.visitId });
    default: return call<typeof contracts.callTurn>('POST', `/api/turns/:turnId/${act.act}` as '/api/turns/:turnId/call', seen(act.turn));
  }
}

function seen(turn: QueueTurn): { turnId: string; expected: QueueTurn['state'] } {
  return { turnId: turn.id, expected: turn.state };
}

export function allTurns(queue: RoomQueue): QueueTurn[] {
  return [...queue.now, ...queue.waiting, ...queue.away, ...queue.skipped, ...queue.done];
}
