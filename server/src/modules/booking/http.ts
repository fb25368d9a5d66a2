import * as contracts from '@sen/contracts';
import type { AppointmentView } from '@sen/contracts';
import type { FastifyInstance } from 'fastify';
import { bind } from '../../platform/route.ts';
import type { Work } from '../../platform/work.ts';
import type { StoredAppointment } from './appointments/appointment-store.ts';
import { bookAppointment } from './appointments/book-appointment.ts';
import { cancelAppointment } from './appointments/cancel-appointment.ts';
import { loadOwn } from './appointments/check-may-act.ts';
import { confirmAppointment } from './appointments/confirm-appointment.ts';
import { listAppointments } from './appointments/list-appointments.ts';
import { loadByCode } from './appointments/load-by-code.ts';
import { moveAppointment } from './appointments/move-appointment.ts';
import { showAppointments } from './appointments/show-appointments.ts';
import { findBooker } from './seats/find-booker.ts';
import { countDays, findStarts, listDoctors, listSpecialties } from './seats/find-starts.ts';
import { holdSeat } from './seats/hold-seat.ts';
import { releaseHold } from './seats/release-hold.ts';
import { joinWaitingList, leaveWaitingList, listWaiting } from './waiting/join-waiting-list.ts';
import { sendVisitorCode } from './visitors/send-visitor-code.ts';
import { verifyVisitorCode } from './visitors/verify-visitor-code.ts';

export function bookingRoutes(app: FastifyInstance): void {
  seatRoutes(app);
  appointmentRoutes(app);
  visitorRoutes(app);
  waitingRoutes(app);
}

function seatRoutes(app: FastifyInstance): void {
  bind(app, contracts.listBookingSpecialties, (work, { facility }) => listSpecialties(work, facility));
  bind(app, contracts.listBookingDoctors, async (work, where) => ({ doctors: await listDoctors(work, where) }));
  bind(app, contracts.listBookingDays, async (work, where) => ({ days: await countDays(work, where) }));
  bind(app, contracts.listBookingStarts, async (work, where) => ({ starts: await findStarts(work, where) }));
  bind(app, contracts.holdSeat, async (work, { visitorToken, channel, start, ...wish }) => holdSeat(work, { ...wish, start: Date.parse(start) }, await findBooker(work, visitorToken, channel)));
  bind(app, contracts.releaseHold, async (work, { holdToken }) => ({ released: await releaseHold(work, holdToken) }));
}

function appointmentRoutes(app: FastifyInstance): void {
  bind(app, contracts.bookAppointment, async (work, { visitorToken, ...booking }) => bookAppointment(work, booking, await findBooker(work, visitorToken)));
  bind(app, contracts.readAppointment, async (work, { appointmentId }) => shown(work, await loadOwn(work, appointmentId)));
  bind(app, contracts.moveAppointment, async (work, { appointmentId, holdToken }) =>
    shown(work, await moveAppointment(work, own(appointmentId), holdToken, (await findBooker(work)).holder)));
  bind(app, contracts.cancelAppointment, async (work, { appointmentId, reason }) => shown(work, await cancelAppointment(work, own(appointmentId), reason)));
  bind(app, contracts.confirmAppointment, async (work, { appointmentId }) => shown(work, await confirmAppointment(work, own(appointmentId))));
  bind(app, contracts.listMyAppointments, (work, { patientId }) => listAppointments(work, patientId === undefined ? (work.actor.patients ?? []) : [patientId]));
  bind(app, contracts.listPatientAppointments, (work, { patientId }) => listAppointments(work, [patientId]));
}

function visitorRoutes(app: FastifyInstance): void {
  bind(app, contracts.sendVisitorCode, (work, { phone }, { request }) => sendVisitorCode(work, phone, request.ip));
  bind(app, contracts.verifyVisitorCode, (work, { phone, code }) => verifyVisitorCode(work, phone, code));
  bind(app, contracts.readPublicAppointment, async (work, { code, phone }) => shown(work, await loadByCode(work, code, phone), true));
  bind(app, contracts.movePublicAppointment, async (work, { code, phone, holdToken }) => {
    const { contactPhone } = await loadByCode(work, code, phone);
    return shown(work, await moveAppointment(work, (inner) => loadByCode(inner, code, phone, true), holdToken, `phone:${contactPhone}`), true);
  });
  bind(app, contracts.cancelPublicAppointment, async (work, { code, phone }) => shown(work, await cancelAppointment(work, (inner) => loadByCode(inner, code, phone, true)), true));
  bind(app, contracts.confirmPublicAppointment, async (work, { code, phone }) => shown(work, await confirmAppointment(work, (inner) => loadByCode(inner, code, phone, true)), true));
}

function waitingRoutes(app: FastifyInstance): void {
  bind(app, contracts.joinWaitingList, (work, wish) => joinWaitingList(work, wish));
  bind(app, contracts.listMyWaiting, async (work, { patientId }) => ({ entries: await listWaiting(work, patientId === undefined ? (work.actor.patients ?? []) : [patientId]) }));
  bind(app, contracts.leaveWaitingList, async (work, { entryId }) => ({ withdrawn: await leaveWaitingList(work, entryId) }));
}

function own(id: string) {
  return (inner: Work): Promise<StoredAppointment> => loadOwn(inner, id, true);
}

async function shown(work: Work, one: StoredAppointment, sparse = false): Promise<AppointmentView> {
  return (await showAppointments(work, [one], sparse))[0]!;
}
