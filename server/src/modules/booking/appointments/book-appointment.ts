// A held seat becomes an appointment.
import type { AppointmentView, NewBookingPerson } from '@sen/contracts';
import { randomId } from '../../../platform/ids.ts';
import type { Work } from '../../../platform/work.ts';
import { holdPatient, readPatient, registerPatient } from '../../identity/index.ts';
import { asHouse } from '../../../platform/as-house.ts';
import { holdEnded, notAName, notForYou, samePatientThen, sayWho, tooManyBooked } from '../refusals.ts';
import type { Booker } from '../seats/channel-of.ts';
import { localDay } from '../seats/local-time.ts';
import { keepClaim, loadSession, lockClaim, lockHolder, type StoredClaim } from '../seats/seat-store.ts';
import { hashOf, newBookingCode, newBookingQr } from '../seats/token.ts';
import { isReadableName } from './readable-name.ts';
import { countComing, countBookedBy, insertAppointment, loadAppointment } from './appointment-store.ts';
import { patientOfOffer, storeTaken } from '../waiting/waiting-store.ts';
import { checkMayActFor, mayActFor } from './check-may-act.ts';
import { tellBooked } from './tell-patient.ts';
import { recordAppointment } from './record-appointment.ts';
import { showAppointments } from './show-appointments.ts';

/** Coming appointments one person may have: those who book for themselves, and in all. */
const comingMost = { own: 6, staff: 20 };
/** Each booking sends messages: so many by the telephone of a visitor within a day, cancelled ones too. */
const bookedADay = 12;
const dayMs = 86_400_000;

export interface Booking {
  readonly holdToken: string;
  readonly patientId?: string | undefined;
  readonly person?: NewBookingPerson | undefined;
  readonly reason?: string | undefined;
  readonly contactPhone?: string | undefined;
}

/** Books. The same hold gives the same appointment. Refuses with `booking.hold-ended`, `booking.patient-is-busy`, `booking.too-many-booked`, `booking.not-permitted`. */
export async function bookAppointment(work: Work, input: Booking, booker: Booker): Promise<AppointmentView> {
  const visitor = booker.channel === 'web';
  const id = await work.transact((inner) => book(inner, input, booker, visitor)).catch((error: unknown) => {
    if (error instanceof Error && 'constraint' in error && error.constraint === 'patient_is_in_one_place') throw samePatientThen();
    throw error;
  });
  return (await showAppointments(work, [(await loadAppointment(work.db, id))!], visitor))[0]!;
}

async function book(work: Work, input: Booking, booker: Booker, visitor: boolean): Promise<string> {
  if (booker.phone !== undefined) await lockHolder(work.db, booker.holder);
  const claim = await lockClaim(work.db, hashOf(input.holdToken));
  if (claim === undefined || (claim.holder !== booker.holder && !(await isOfferTo(work, claim.id, input.patientId)))) throw holdEnded();
  if (claim.state === 'booked' && claim.appointmentId !== null) return claim.appointmentId;
  if (claim.state !== 'held' || !claim.isOpen || claim.heldUntil!.getTime() <= work.now) throw holdEnded();
  const patientId = await whoFor(work, input, booker, visitor);
  await checkComing(work, patientId, booker);
  const id = await insert(work, claim, patientId, input, booker);
  await keepClaim(work.db, claim.id, patientId, id);
  await storeTaken(work.db, claim.id);
  const stored = await recordAppointment(work, id, 'C');
  await tellBooked(work, stored);
  return id;
}

/** One after the other for a telephone and for a patient: those who book at once are counted too. A visitor has as many by the telephone, whatever names are given. */
async function checkComing(work: Work, patientId: string, { channel, phone }: Booker): Promise<void> {
  if (phone !== undefined) {
    const { coming, lately } = await countBookedBy(work.db, phone, work.now, work.now - dayMs);
    if (coming >= comingMost.own || lately >= bookedADay) throw tooManyBooked();
  }
  if ((await countComing(work.db, patientId, work.now)) >= (channel === 'web' || channel === 'app' ? comingMost.own : comingMost.staff)) throw tooManyBooked();
}

/** A seat offered from the waiting list is held in its name: whoever may act for the patient may take it. */
async function isOfferTo(work: Work, claimId: string, patientId: string | undefined): Promise<boolean> {
  const offered = await patientOfOffer(work.db, claimId);
  return offered !== undefined && offered === patientId && mayActFor(work, offered);
}

async function whoFor(work: Work, { patientId, person, holdToken }: Booking, booker: Booker, visitor: boolean): Promise<string> {
  if (patientId !== undefined) {
    if (visitor) throw notForYou();
    checkMayActFor(work, patientId);
    return (await holdPatient(work, patientId)).id;
  }
  if (person === undefined) throw sayWho();
  if (booker.channel === 'app') throw notForYou();
  if (!isReadableName(person.name) && isOutside(booker)) throw notAName();
  return registerNew(work, person, `booking ${hashOf(holdToken).toString('base64url')}`, isOutside(booker));
}

/** Who is outside cannot be told whether the hospital knows a citizen number: the desk ties the records together. */
async function registerNew(work: Work, person: NewBookingPerson, onceKey: string, outside: boolean): Promise<string> {
  const { citizenNumber, sex = 'unknown', ...rest } = person;
  const registered = await registerPatient(work, { kind: 'full', ...rest, sex, ...(!outside && citizenNumber !== undefined && { citizenNumber }) }, onceKey);
  return registered.patientId;
}

function isOutside({ channel }: Booker): boolean {
  return channel === 'web' || channel === 'partner';
}

/** A visitor is told at the number that was shown, whatever other is typed. */
async function insert(work: Work, claim: StoredClaim, patientId: string, input: Booking, booker: Booker): Promise<string> {
  const session = (await loadSession(work.db, claim.sessionId, work.now))!;
  const id = randomId<'Appointment'>();
  const person = await readPatient(asHouse(work), patientId);
  await insertAppointment(work.db, {
    id, facility: session.facility, patientId, person, sessionId: session.id, from: claim.from, until: claim.until, day: localDay(claim.from.getTime()), visitType: claim.visitType,
    channel: claim.channel, code: newBookingCode(), qr: newBookingQr(), reason: input.reason ?? null,
    contactPhone: booker.phone ?? input.contactPhone ?? null, bookedBy: booker.holder.startsWith('phone:') ? 'visitor' : work.actor.id, bookedAt: new Date(work.now),
  });
  return id;
}
