// Messages of an appointment: each once, whatever runs twice.
import type { Work } from '../../../platform/work.ts';
import { sendMessage, withdrawMessages } from '../../messages/index.ts';
import { hours } from '../hours.ts';
import { arrivalOf, bringFor } from '../seats/hold.ts';
import { instantOf, addDays } from '../seats/local-time.ts';
import type { StoredAppointment } from './appointment-store.ts';
import { bookedTemplate, cancelledTemplate, lateTemplate, movedTemplate, otherRoomTemplate, reminderTemplate, replacedTemplate, soonTemplate } from './templates.ts';

/** Tells that it is booked, and lays the two reminders ready: on the day before and hours before. */
export async function tellBooked(work: Work, one: StoredAppointment): Promise<void> {
  await send(work, one, bookedTemplate.code, `booked:${one.id}`);
  await remind(work, one);
}

/** Tells a new time or room; the reminders of the old one are withdrawn. */
export async function tellMoved(work: Work, one: StoredAppointment): Promise<void> {
  await withdrawMessages(work, { about: aboutOf(one) });
  await send(work, one, movedTemplate.code, `moved:${one.id}:${one.sessionId}:${one.start.getTime()}:${work.now}`);
  await remind(work, one, `:${work.now}`); // moved back to where it was, it is reminded of again
}

/** Nobody is reminded of a time that will not be kept. */
export async function withdrawReminders(work: Work, one: StoredAppointment): Promise<void> {
  await withdrawMessages(work, { about: aboutOf(one) });
}

/** The reminders of a time that is kept after all. */
export async function layReminders(work: Work, one: StoredAppointment): Promise<void> {
  await remind(work, one, `:${work.now}`);
}

export async function tellCancelled(work: Work, one: StoredAppointment): Promise<void> {
  await withdrawMessages(work, { about: aboutOf(one) });
  await sendMessage(work, { ...toOf(one), template: cancelledTemplate.code, data: { name: nameOf(one), when: whenOf(one) }, onceKey: `booking.cancelled:${one.id}`, about: aboutOf(one) });
}

/** Tells that another doctor takes over at the same time. */
export async function tellReplaced(work: Work, one: StoredAppointment): Promise<void> {
  const data = { name: nameOf(one), when: whenOf(one), room: one.roomName, doctor: one.doctorName ?? '' };
  await sendMessage(work, { ...toOf(one), template: replacedTemplate.code, data, onceKey: `booking.replaced:${one.id}:${one.doctorId}:${one.start.getTime()}`, about: aboutOf(one) });
}

/** Tells somebody who waits already that another room and doctor see them. */
export async function tellOtherRoom(work: Work, turn: { readonly id: string; readonly patientId: string; readonly name: string }, to: { readonly room: string; readonly doctor: string }): Promise<void> {
  const data = { name: turn.name.split(' ').at(-1) ?? '', room: to.room, doctor: to.doctor };
  await sendMessage(work, { to: { patientId: turn.patientId }, template: otherRoomTemplate.code, data, onceKey: `booking.other-room:${turn.id}` });
}

/** Tells those who are not here yet that the room runs late; once for each quarter of an hour. Gives whether it is a new message. */
export async function tellLate(work: Work, one: StoredAppointment, lateMinutes: number): Promise<boolean> {
  const from = one.start.getTime() + lateMinutes * 60_000;
  const data = { name: nameOf(one), room: one.roomName, minutes: String(lateMinutes), from: { at: from, as: 'time' as const }, until: { at: from + 20 * 60_000, as: 'time' as const } };
  const onceKey = `booking.late:${one.id}:${one.start.getTime()}:${Math.floor(lateMinutes / 15)}`;
  return (await sendMessage(work, { ...toOf(one), template: lateTemplate.code, data, onceKey, about: aboutOf(one) })) !== undefined;
}

async function remind(work: Work, one: StoredAppointment, again = ''): Promise<void> {
  const start = one.start.getTime();
  const { remindAtMinute, remindHours } = hours();
  const evening = remindAtMinute === undefined ? 0 : instantOf(addDays(one.day, -1), remindAtMinute);
  const soon = remindHours === 0 ? 0 : start - remindHours * 3_600_000;
  for (const [kind, at, template] of [['evening', evening, reminderTemplate], ['short', soon, soonTemplate]] as const) {
    if (at > work.now) await send(work, one, template.code, `reminder-${kind}:${one.id}:${one.sessionId}:${start}${again}`, { notBefore: at, expires: start });
  }
}

async function send(work: Work, one: StoredAppointment, template: string, key: string, when: { notBefore?: number; expires?: number } = {}): Promise<void> {
  const code = `${one.code.slice(0, 4)} ${one.code.slice(4, 8)} ${one.code.slice(8)}`;
  const data = { name: nameOf(one), when: whenOf(one), arrive: { at: arrivalOf(one.start.getTime()), as: 'time' as const }, room: one.roomName, clinic: one.specialtyName, code, bring: { vi: bringFor(one.visitType, 'vi').join(', '), en: bringFor(one.visitType, 'en').join(', ') } };
  await sendMessage(work, { ...toOf(one), template, data, onceKey: `booking.${key}`, about: aboutOf(one), ...when });
}

/** Whoever booked for somebody else asked to be told at their own number. */
function toOf(one: StoredAppointment) {
  return { to: one.contactPhone === null ? { patientId: one.patientId } : { phone: one.contactPhone } };
}

function aboutOf({ id }: StoredAppointment) {
  return { kind: 'appointment', id };
}

function whenOf(one: StoredAppointment) {
  return { at: one.start.getTime(), as: 'day-time' as const };
}

function nameOf({ personName }: StoredAppointment): string {
  return personName.split(' ').at(-1) ?? '';
}
