// Somebody has come: a visit, a ticket, a place in the line of a room, and the Encounter of the record, in one transaction.
import type { PriorityReason, VisitTicket } from '@sen/contracts';
import { asHouse } from '../../../platform/as-house.ts';
import { randomId } from '../../../platform/ids.ts';
import type { Work } from '../../../platform/work.ts';
import { holdPatient, readPatient, type PatientFacts } from '../../identity/index.ts';
import { createResource } from '../../record/index.ts';
import { arrivedEncounter } from '../fhir-visits.ts';
import { findDoctor, findRoom } from './find-room.ts';
import { localDay } from './local-day.ts';
import { priorityOf } from './priority-rules.ts';
import { placeOf, stationPlace } from './queue-order.ts';
import { readTicket } from './read-ticket.ts';
import type { RoomWithDay } from './room-store.ts';
import { noteVisit, tellQueue, tellVisit } from './tell-queue.ts';
import { letterOf, ticketText } from './ticket.ts';
import { insertTurns } from './turn-store.ts';
import { findSameVisit, insertVisit, lockPatient, takeNumber } from './visit-store.ts';

export interface Arrival {
  readonly patientId: string;
  readonly roomId: string;
  readonly doctor?: { readonly id: string; readonly name: string } | undefined;
  readonly appointmentId?: string | undefined;
  /** Start of the slot, ms since 1970. */
  readonly slotAt?: number | undefined;
  readonly visitType?: string | undefined;
  readonly reason?: string | undefined;
  /** What was declared at the desk; ages are found from the birth date. */
  readonly declared?: readonly PriorityReason[] | undefined;
}

export interface Received {
  readonly visitId: string;
  /** `A0042` */
  readonly ticket: string;
  /** True: this arrival had been received before. */
  readonly again: boolean;
}

/**
 * Receives somebody into the line of a room. The caller has judged that the actor may. Received twice (same appointment; same room today) gives the visit that
 * is there. Refuses with `encounters.no-such-room`, `identity.no-such-patient`. Tells `encounters.visit-arrived`.
 */
export async function receiveVisit(work: Work, arrival: Arrival): Promise<Received> {
  return work.transact(async (inner) => {
    const room = await findRoom(inner, arrival.roomId);
    const person = await holdPatient(inner, arrival.patientId);
    await lockPatient(inner.db, person.id);
    const same = await findSameVisit(inner.db, person.id, localDay(inner.now), room.id, arrival.appointmentId ?? null);
    if (same !== undefined) return { visitId: same, ticket: (await readTicket(inner, same)).ticket, again: true };
    return store(inner, { ...arrival, patientId: person.id }, room, person);
  });
}

async function store(work: Work, arrival: Arrival, room: RoomWithDay, person: PatientFacts): Promise<Received> {
  const { db, now } = work;
  const day = localDay(now);
  const { facility } = room;
  const priority = priorityOf(person.birthDate, day, arrival.declared ?? []);
  const letter = letterOf(priority.class, arrival.slotAt !== undefined);
  const number = await takeNumber(db, facility, day, letter);
  const ticket = ticketText(letter, number);
  const encounter = arrivedEncounter({ ...arrival, patientName: person.name, facility, room, ticket, day, ...priority, at: now });
  const id = (await createResource(asHouse(work), { type: 'Encounter', resource: encounter })).id!;
  const { slotAt = null, appointmentId = null } = arrival;
  await insertVisit(db, {
    id, facility, day, patientId: person.id, name: person.name, sex: person.sex, birthDate: person.birthDate ?? null, roomId: room.id, appointmentId, slotAt,
    ...priority, letter, number, visitType: arrival.visitType ?? null, reason: arrival.reason ?? null, arrivedAt: now,
  });
  const place = room.kind === 'exam' ? placeOf({ class: priority.class, arrivedAt: now, slotAt: arrival.slotAt }) : stationPlace(now, priority.class);
  await insertTurns(db, [{
    id: randomId(), visitId: id, facility, day, roomId: room.id, kind: room.kind, doctorId: arrival.doctor?.id ?? null, doctorName: arrival.doctor?.name ?? null, step: 1, sentBy: null,
    state: 'waiting', slotAt, dueAt: place.dueAt, rule: place.rule, isLate: place.late, isReturning: false, waitingSince: now,
  }]);
  noteVisit(work, id, person.id, 'C');
  await tellVisit(work, 'arrived', { visitId: id, appointmentId, roomId: room.id, facility });
  await tellQueue(work, { facility, rooms: [room.id], visits: [id] });
  return { visitId: id, ticket, again: false };
}

/** Receives somebody without an appointment, for the desk. */
export async function receiveWalkIn(work: Work, input: { patientId: string; roomId: string; doctor?: string; reasons?: readonly PriorityReason[]; reason?: string; visitType?: string }): Promise<VisitTicket> {
  const { doctor, reasons, ...arrival } = input;
  await readPatient(work, input.patientId); // with the rights of who asks
  const { visitId } = await receiveVisit(work, { ...arrival, declared: reasons, doctor: doctor === undefined ? undefined : await findDoctor(work, doctor) });
  return readTicket(work, visitId);
}
