import type { ModuleManifest } from '../../platform/module.ts';
import { movePatient, resolveCode } from '../identity/index.ts';
import { addCapabilities, computeType, keepWrites } from '../record/index.ts';
import { checkOutsideWrites } from './appointments/check-outside-writes.ts';
import { findCodedPatient } from './appointments/find-coded-patient.ts';
import { closeMissed } from './appointments/close-missed.ts';
import { seatFreed } from './appointments/cancel-appointment.ts';
import { setHours } from './hours.ts';
import { bookingRoutes } from './http.ts';
import { deskRoutes } from './http-desk.ts';
import { kioskRoutes } from './http-kiosk.ts';
import { scheduleRoutes } from './http-schedules.ts';
import { answerMovePatient, followLateRoom, followReply, followVisit, keepPeople } from './reactions.ts';
import { answerBook } from './scheduling/answer-book.ts';
import { answerFind } from './scheduling/answer-find.ts';
import { readSchedule, searchSchedules } from './scheduling/answer-schedules.ts';
import { readSlot, searchSlots } from './scheduling/answer-slots.ts';
import { scheduling } from './scheduling/capabilities.ts';
import { answerHold } from './scheduling/answer-hold.ts';
import { purgeEnded } from './seats/purge-ended.ts';
import { telephoneRoutes } from './telephone/http-telephone.ts';
import { followFreedSeat, offerAgain, offerInTheMorning } from './waiting/offer-seat.ts';
import { planSessions } from './schedule/plan-sessions.ts';

const iheScheduling = 'https://profiles.ihe.net/ITI/Scheduling/OperationDefinition';

export const booking: ModuleManifest = {
  name: 'booking',
  owns: 'who sees patients where and when, what seats are taken, and appointments over every channel',
  migrations: new URL('./migrations/', import.meta.url),
  routes: (app, house) => {
    telephoneRoutes(app, house);
    bookingRoutes(app);
    deskRoutes(app);
    kioskRoutes(app);
    scheduleRoutes(app);
  },
  operations: [
    { code: 'find', definition: `${iheScheduling}/appointment-find`, needs: 'booking.exchange', types: ['Appointment'], run: answerFind },
    { code: 'hold', definition: `${iheScheduling}/appointment-hold`, needs: 'booking.exchange', types: ['Appointment'], affectsState: true, run: answerHold },
    { code: 'book', definition: `${iheScheduling}/appointment-book`, needs: 'booking.exchange', types: ['Appointment'], affectsState: true, run: answerBook },
  ],
  tells: [seatFreed],
  hears: {
    'encounters.visit-arrived': followVisit,
    'encounters.visit-finished': followVisit,
    'encounters.room-late': followLateRoom,
    'messages.replied': followReply,
    [seatFreed]: followFreedSeat,
  },
  answers: { ...movePatient.answeredBy(answerMovePatient), ...resolveCode.answeredBy(findCodedPatient) },
  jobs: {
    'plan-sessions': { cron: '10 0 * * *', run: async (work) => void (await planSessions(work)) },
    'offer-again': { cron: '* * * * *', run: (work) => offerAgain(work) },
    'offer-in-the-morning': { cron: '0 7 * * *', run: (work) => offerInTheMorning(work) },
    'purge-ended': { cron: '20 3 * * *', run: (work) => purgeEnded(work) },
    'close-missed': { cron: '*/10 * * * *', run: async (work) => void (await closeMissed(work)) },
  },
  start: async ({ settings }) => {
    setHours(settings);
    computeType('Schedule', { search: searchSchedules, read: readSchedule });
    computeType('Slot', { search: searchSlots, read: readSlot });
    addCapabilities(scheduling);
    keepWrites(['Patient'], { keep: keepPeople });
    keepWrites(['Appointment'], { keep: checkOutsideWrites, asWriter: true });
  },
};
