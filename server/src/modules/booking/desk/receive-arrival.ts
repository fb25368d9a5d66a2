// Somebody is at the door: by appointment, by the code of a booking, or as a patient without one who takes a seat that is left.
import type { DeskTicket, PriorityReason } from '@sen/contracts';
import { asHouse } from '../../../platform/as-house.ts';
import type { Work } from '../../../platform/work.ts';
import { findRoom, readTicket, receiveVisit } from '../../encounters/index.ts';
import { appointmentByCode, appointmentsOfPatients, loadAppointment, storeArrived, type StoredAppointment } from '../appointments/appointment-store.ts';
import { mayActFor } from '../appointments/check-may-act.ts';
import { recordAppointment } from '../appointments/record-appointment.ts';
import { cannotChange, noRoomNamed, noSeatLeft, noSuchAppointment, notToday } from '../refusals.ts';
import { localDay } from '../seats/local-time.ts';
import { capacityOf } from '../seats/seat-rules.ts';
import { findSessions, type StoredSession } from '../seats/seat-store.ts';
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
  readonly priority?: readonly string[] | undefined;
  readonly urgent?: boolean | undefined;
}

/** Receives a person; received twice, the same ticket. The caller has judged that the actor may receive visits (or is the patient). */
export async function receiveArrival(work: Work, person: AtTheDoor): Promise<DeskTicket> {
  return work.transact(async (inner) => {
    const appointment = await findAppointment(inner, person);
    if (appointment !== undefined) return receiveBooked(inner, appointment, person);
    if (person.patientId === undefined) throw noSuchAppointment();
    return receiveWalkIn(inner, person.patientId, person);
  });
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
    await storeArrived(work.db, one.id, received.visitId);
    await recordAppointment(work, one.id, 'U');
  }
  return ticketFor(work, received.visitId, received.again);
}

/** A walk-in takes a seat that is left: of the session with most seats left; with `over`, also none. */
async function receiveWalkIn(work: Work, patientId: string, person: AtTheDoor): Promise<DeskTicket> {
  if (person.room === undefined && person.specialty === undefined) throw noRoomNamed();
  const left = await roomsWithSeats(work, person);
  const best = left[0];
  if (best === undefined ? person.room === undefined || person.over !== true : best.seatsLeft <= 0 && person.over !== true) throw noSeatLeft();
  const session = best?.session;
  const roomId = session?.roomId ?? (await findRoom(work, person.room!)).id;
  const received = await receiveVisit(work, {
    patientId, roomId, visitType: person.visitType ?? 'first', declared: declaredBy(person), ...(person.reason !== undefined && { reason: person.reason }),
    ...(session?.doctorId !== null && session !== undefined && { doctor: { id: session.doctorId, name: session.doctorName ?? session.doctorId } }),
  });
  return ticketFor(work, received.visitId, received.again);
}

export interface RoomSeats {
  readonly session: StoredSession;
  /** Steps still to come that nobody has booked, less those who came without appointment and wait. */
  readonly seatsLeft: number;
  readonly waiting: number;
}

/** Sessions of today that are not over, with what is left in them, most first. */
export async function roomsWithSeats(work: Work, { room, specialty }: Pick<AtTheDoor, 'room' | 'specialty'>): Promise<RoomSeats[]> {
  const facility = work.actor.facility ?? (room === undefined ? undefined : (await findRoom(work, room)).facility);
  const today = localDay(work.now);
  const sessions = (await findSessions(work.db, { facility: facility ?? '', from: today, until: today, room, specialty }, work.now)).filter(({ until }) => until > work.now);
  const waiting = await walkInsWaiting(work, sessions.map(({ roomId }) => roomId), today);
  return sessions.map((session) => {
    const rest = { ...session, from: Math.max(session.from, work.now) };
    const booked = session.taken.filter(({ until }) => until > work.now).reduce((sum, seat) => sum + (seat.until - Math.max(seat.from, work.now)) / (session.stepMinutes * 60_000), 0);
    const here = waiting.get(session.roomId) ?? 0;
    return { session, seatsLeft: Math.floor(capacityOf(rest) - booked) - here, waiting: here };
  }).sort((one, other) => other.seatsLeft - one.seatsLeft);
}

async function walkInsWaiting(work: Work, rooms: readonly string[], day: string): Promise<Map<string, number>> {
  if (rooms.length === 0) return new Map();
  const { rows } = await work.db.query<{ roomId: string; waiting: number }>({
    name: 'booking.walk-ins-waiting',
    text: 'SELECT room_id AS "roomId", count(*)::int AS waiting FROM booking.walk_in WHERE room_id = ANY ($1) AND day = $2 AND NOT seen GROUP BY room_id',
    values: [rooms, day],
  });
  return new Map(rows.map(({ roomId, waiting }) => [roomId, waiting]));
}

function declaredBy({ priority = [], urgent }: AtTheDoor): PriorityReason[] {
  return [...(priority as PriorityReason[]), ...(urgent === true ? (['triage-urgent'] as const) : [])];
}

export async function ticketFor(work: Work, visitId: string, already: boolean): Promise<DeskTicket> {
  const ticket = await readTicket(asHouse(work), visitId);
  const { room, doctor, slotAt, wait, place } = ticket;
  return {
    visitId, ticket: ticket.ticket, patientId: await patientOfVisit(work, visitId), patientName: ticket.patientName, room: { id: room.id, name: room.name },
    ...(room.way !== undefined && { way: room.way }), ...(doctor !== undefined && { doctor }), ...(slotAt !== undefined && { start: slotAt }), arrivedAt: ticket.arrivedAt,
    ...(place !== undefined && { ahead: place - 1 }), ...(wait !== undefined && { waitFromMinutes: wait.from, waitToMinutes: wait.to }), already,
  };
}
