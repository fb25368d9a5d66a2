// The people of one day, put together from appointments and visits as they change. Pure.
import type { DayTurn } from '../../encounters/index.ts';
import type { StoredAppointment } from '../appointments/appointment-store.ts';
import { bookedEntry, walkInEntry, type DayEntry } from './day-rows.ts';

export interface DayEntries {
  readonly entries: ReadonlyMap<string, DayEntry>;
  /** Turns by visit, in the order of their steps. */
  readonly visits: ReadonlyMap<string, readonly DayTurn[]>;
  /** Takes in what changed: appointments as they are now, ids of those that are no longer of this day, and all turns of the visits that changed. */
  change(appointments: readonly StoredAppointment[], gone: readonly string[], turns: readonly DayTurn[]): void;
}

export function dayEntries(): DayEntries {
  const entries = new Map<string, DayEntry>();
  const visits = new Map<string, readonly DayTurn[]>();
  const appointments = new Map<string, StoredAppointment>();
  /** The visit of an appointment: the latest, when somebody left and came back. */
  const visitOf = new Map<string, string>();

  const place = (visitId: string) => {
    const path = visits.get(visitId)!;
    const booked = path[0]?.appointmentId ?? undefined;
    const appointment = booked === undefined ? undefined : appointments.get(booked);
    if (booked !== undefined && isLatest(path, visits.get(visitOf.get(booked) ?? ''))) visitOf.set(booked, visitId);
    if (appointment === undefined) entries.set(visitId, walkInEntry(path));
    else placeBooked(appointment);
  };
  const placeBooked = (appointment: StoredAppointment) => {
    const visitId = visitOf.get(appointment.id);
    if (visitId !== undefined) entries.delete(visitId);
    entries.set(appointment.id, bookedEntry(appointment, visitId === undefined ? undefined : visits.get(visitId)));
  };
  const leave = (id: string) => {
    appointments.delete(id);
    entries.delete(id);
    const visitId = visitOf.get(id);
    if (visitId !== undefined) entries.set(visitId, walkInEntry(visits.get(visitId)!));
  };
  return {
    entries, visits,
    change: (changed, gone, turns) => {
      for (const id of gone) leave(id);
      for (const one of changed) {
        appointments.set(one.id, one);
        placeBooked(one);
      }
      for (const [visitId, path] of Map.groupBy(turns, (turn) => turn.visitId)) {
        visits.set(visitId, path);
        place(visitId);
      }
    },
  };
}

function isLatest(path: readonly DayTurn[], other: readonly DayTurn[] | undefined): boolean {
  return other?.[0] === undefined || path[0]!.arrivedAt >= other[0].arrivedAt;
}
