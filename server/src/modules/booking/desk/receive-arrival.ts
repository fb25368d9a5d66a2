// Somebody is at the door: by appointment, by the code of a booking, or as a patient without one who takes a seat that is left.
import type { DeskTicket, PriorityReason } from '@sen/contracts';
import { asHouse } from '../../../platform/as-house.ts';
import type { Work } from '../../../platform/work.ts';
import { readTicket, receiveVisit } from '../../encounters/index.ts';
import { holdPatient } from '../../identity/index.ts';
import { appointmentByCode, appointmentsOfPatients, loadAppointment, storeArrived, type StoredAppointment } from '../appointments/appointment-store.ts';
import { mayActFor } from '../appointments/check-may-act.ts';
import { recordAppointment } from '../appointments/record-appointment.ts';
import { cannotChange, noRoomNamed, noSeatLeft, noSuchAppointment, notToday } from '../refusals.ts';
import { listSeatsLeft } from './list-seats-left.ts';
import { localDay } from '../seats/local-time.ts';
import { loadSession, removeEnded, takeSeatBack } from '../seats/seat-store.ts';
import { takeSeat } from '../seats/take-seat.ts';
import { usualVisitType } from '../seats/visit-type-store.ts';
import { codeIn } from '../seats/token.ts';

export interface AtTheDoor {
  readonly appointmentId?: string | undefined;
  /** Nine digits as typed, or what the QR says. */
  readonly code?: string | undefined;
  readonly patientId?: string | undefined;
  readonly room?: string | undefined;
  readonly specialty?: string | undefined;
  readonly visitType?: string | undefined;
  readonly reason?: string | undefined;
  readonly over?: boolean | undefined;
  readonly priority?: readonly PriorityReason[] | undefined;
  readonly urgent?: boolean | undefined;
}

/** Receives a person; received twice, the same ticket. The caller has judged that the actor may receive visits (or is the patient). */
export async function receiveArrival(work: Work, given: AtTheDoor): Promise<DeskTicket> {
  return work.transact(async (inner) => {
    const person = await standing(inner, given);
    const appointment = await findAppointment(inner, person);
    if (appointment !== undefined) return receiveBooked(inner, appointment, person);
    if (person.patientId === undefined) throw noSuchAppointment();
    return receiveWalkIn(inner, person.patientId, person);
  });
}

/** A card or a screen may still name a record that was merged. */
async function standing(work: Work, person: AtTheDoor): Promise<AtTheDoor> {
  return person.patientId === undefined ? person : { ...person, patientId: (await holdPatient(work, person.patientId)).id };
}

async function findAppointment(work: Work, { appointmentId, code, patientId, room }: AtTheDoor): Promise<StoredAppointment | undefined> {
  if (appointmentId !== undefined) return known(await loadAppointment(work.db, appointmentId, true));
  if (code !== undefined) {
    const by = codeIn(code);
    return known(by === undefined ? undefined : await appointmentByCode(work.db, by));
  }
  if (patientId === undefined) return undefined;
  const today = localDay(work.now);
  const mine = (await appointmentsOfPatients(work.db, [patientId], today, today)).filter((one) => one.state === 'booked' || one.state === 'arrived');
  // Who has been to one doctor today and has another appointment comes for that one.
  return (room === undefined ? undefined : mine.find((one) => one.roomId === room)) ?? mine.find(({ state }) => state === 'booked') ?? mine[0];
}

function known(found: StoredAppointment | undefined): StoredAppointment {
  if (found === undefined) throw noSuchAppointment();
  return found;
}

async function receiveBooked(work: Work, one: StoredAppointment, person: AtTheDoor): Promise<DeskTicket> {
  if (work.actor.facility !== undefined && one.facility !== work.actor.facility && !mayActFor(work, one.patientId)) throw noSuchAppointment();
  if (one.day !== localDay(work.now)) throw notToday();
  if (one.state === 'cancelled') throw cannotChange();
  const reason = one.reason ?? person.reason;
  const received = await receiveVisit(work, {
    patientId: one.patientId, roomId: one.roomId, appointmentId: one.id, slotAt: one.start.getTime(), visitType: one.visitType, declared: declaredBy(person),
    ...(one.doctorId !== null && { doctor: { id: one.doctorId, name: one.doctorName ?? one.doctorId } }), ...(reason !== undefined && { reason }),
  });
  if (!received.again || one.visitId === null) {
    if (one.state === 'no-show') await takeBack(work, one);
    await storeArrived(work.db, one.id, received.visitId);
    await recordAppointment(work, one.id, 'U');
  }
  return ticketFor(work, one.patientId, received.visitId, received.again);
}

/** Who comes after all is received, and has the seat again where nobody else took it. */
async function takeBack(work: Work, { id, sessionId }: StoredAppointment): Promise<void> {
  await loadSession(work.db, sessionId, work.now, true);
  await removeEnded(work.db, sessionId, work.now);
  await takeSeatBack(work.db, id);
}

/** Somebody without an appointment takes a seat that is left, of the room that has one soonest; with `over` they come in beside the seats. */
async function receiveWalkIn(work: Work, patientId: string, person: AtTheDoor): Promise<DeskTicket> {
  const { room, specialty, over = false, reason, visitType = usualVisitType } = person;
  if (room === undefined && specialty === undefined) throw noRoomNamed();
  const seat = (await listSeatsLeft(work, { room, specialty }))[0];
  if (seat === undefined && room === undefined) throw noSeatLeft();
  const session = seat?.session;
  const received = await receiveVisit(work, {
    patientId, roomId: session?.roomId ?? room!, visitType, declared: declaredBy(person), ...(reason !== undefined && { reason }),
    ...(session !== undefined && session.doctorId !== null && { doctor: { id: session.doctorId, name: session.doctorName ?? session.doctorId } }),
  });
  const seated = received.again || (session !== undefined && (await takeSeat(work, session.id, patientId, visitType)));
  if (!seated && !over) throw noSeatLeft();
  return ticketFor(work, patientId, received.visitId, received.again);
}

function declaredBy({ priority = [], urgent }: AtTheDoor): PriorityReason[] {
  return [...priority, ...(urgent === true ? (['triage-urgent'] as const) : [])];
}

async function ticketFor(work: Work, patientId: string, visitId: string, already: boolean): Promise<DeskTicket> {
  const ticket = await readTicket(asHouse(work), visitId);
  const { room, doctor, slotAt, wait, place } = ticket;
  return {
    visitId, ticket: ticket.ticket, patientId, patientName: ticket.patientName, room: { id: room.id, name: room.name },
    ...(room.way !== undefined && { way: room.way }), ...(doctor !== undefined && { doctor }), ...(slotAt !== undefined && { start: slotAt }), arrivedAt: ticket.arrivedAt,
    ...(place !== undefined && { ahead: place - 1 }), ...(wait !== undefined && { waitFromMinutes: wait.from, waitToMinutes: wait.to }), already,
  };
}
