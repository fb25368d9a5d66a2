// What a phone shows: where to be, how many go before, how long it will take.
import type { MyVisit } from '@sen/contracts';
import type { Work } from '../../../platform/work.ts';
import { known } from '../fhir.ts';
import { loadLines } from './load-lines.ts';
import { localDay } from './local-day.ts';
import { presentTurn } from './read-ticket.ts';
import { dayView, roomView } from './room-line.ts';
import { noteVisit } from './tell-queue.ts';
import { ticketCode, ticketText } from './ticket.ts';
import { turnsOfVisits, type StoredTurn } from './turn-store.ts';
import { visitsOfPatients } from './visit-store.ts';

/** Lists today's visits of oneself and of those one acts for. */
export async function listMyVisits(work: Work): Promise<{ visits: MyVisit[]; at: string }> {
  const found = await visitsOfPatients(work.db, work.actor.patients ?? [], localDay(work.now));
  const turns = Map.groupBy(await turnsOfVisits(work.db, found.map(({ id }) => id)), ({ visitId }) => visitId);
  const visits: MyVisit[] = [];
  for (const { id } of found) {
    const path = turns.get(id) ?? [];
    const turn = presentTurn(path);
    if (turn !== undefined) visits.push(await myVisit(work, turn, path));
  }
  return { visits, at: new Date(work.now).toISOString() };
}

async function myVisit(work: Work, turn: StoredTurn, path: readonly StoredTurn[]): Promise<MyVisit> {
  noteVisit(work, turn.visitId, turn.patientId, 'R');
  const { lines } = await loadLines(work, turn.facility, [...new Set(path.map(({ roomId }) => roomId))]);
  const { room, turns, order } = lines.get(turn.roomId)!;
  const place = order.find((one) => one.turn.id === turn.id);
  const { state: roomState, lateMinutes } = dayView(room, turns, work.now);
  return known({
    visitId: turn.visitId,
    patientId: turn.patientId,
    patientName: turn.name,
    ticket: ticketText(turn.letter, turn.number),
    code: ticketCode(turn.visitId),
    arrivedAt: turn.arrivedAt.toISOString(),
    appointmentId: turn.appointmentId ?? undefined,
    slotAt: turn.visitSlotAt?.toISOString(),
    state: turn.state,
    kind: turn.kind,
    room: roomView(room),
    doctor: turn.doctorId === null ? undefined : { id: turn.doctorId, name: turn.doctorName ?? '' },
    roomState,
    lateMinutes,
    calledAt: turn.calledAt?.toISOString(),
    calls: turn.calls,
    before: place === undefined ? undefined : place.place - 1,
    wait: place?.wait,
    path: path.filter(({ state }) => state !== 'moved').map((one) => known({ kind: one.kind, state: one.state, room: roomView(lines.get(one.roomId)!.room), endedAt: one.endedAt?.toISOString() })),
  });
}
