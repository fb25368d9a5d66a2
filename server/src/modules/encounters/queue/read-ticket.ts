// What the ticket of a visit says.
import type { VisitTicket } from '@sen/contracts';
import { asHouse } from '../../../platform/as-house.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { readFacility } from '../../identity/index.ts';
import { actAs } from '../../../platform/act-as.ts';
import { known } from '../fhir.ts';
import { localDay } from './local-day.ts';
import { loadLines } from './load-lines.ts';
import { roomView } from './room-line.ts';
import { noteVisit } from './tell-queue.ts';
import { ticketCode, ticketText } from './ticket.ts';
import { turnsOfVisits, type StoredTurn } from './turn-store.ts';
import { findRooms } from './room-store.ts';

/** Reads the ticket of a visit: number, room, place and wait. Refuses with `encounters.no-such-visit`. */
export async function readTicket(work: Work, visitId: string): Promise<VisitTicket> {
  const turns = await turnsOfVisits(work.db, [visitId]);
  const turn = presentTurn(turns);
  if (turn === undefined || (work.actor.facility !== undefined && work.actor.facility !== turn.facility)) throw noSuchVisit();
  noteVisit(work, visitId, turn.patientId, 'R');
  const { lines } = await loadLines(work, turn.facility, [turn.roomId]);
  const place = lines.get(turn.roomId)?.order.find((one) => one.turn.id === turn.id);
  const [room] = await findRooms(work.db, [turn.roomId], localDay(work.now));
  const house = asHouse(work);
  const facility = await readFacility(actAs(house, { ...house.actor, facility: turn.facility }));
  return known({
    visitId,
    ticket: ticketText(turn.letter, turn.number),
    patientName: turn.name,
    facilityName: facility.name ?? '',
    room: roomView(room!),
    doctor: turn.doctorId === null ? undefined : { id: turn.doctorId, name: turn.doctorName ?? '' },
    class: turn.class,
    reasons: turn.reasons,
    slotAt: turn.visitSlotAt?.toISOString(),
    arrivedAt: turn.arrivedAt.toISOString(),
    place: place?.place,
    wait: place?.wait,
    code: ticketCode(visitId),
  });
}

/** Where a patient is to be now: at hand, else next, else last. */
export function presentTurn(turns: readonly StoredTurn[]): StoredTurn | undefined {
  const inState = (...states: string[]) => turns.find(({ state }) => states.includes(state));
  return inState('called', 'inside') ?? inState('waiting', 'skipped') ?? inState('planned') ?? inState('away') ?? turns.filter(({ state }) => state !== 'moved').at(-1);
}

export function noSuchVisit(): Refusal {
  return new Refusal('not-found', 'encounters.no-such-visit', { vi: 'Không có lượt khám này.', en: 'There is no such visit.' });
}
