import * as contracts from '@sen/contracts';
import type { FastifyInstance } from 'fastify';
import { bind } from '../../platform/route.ts';
import { checkInMyself, readDoorCode } from './desk/check-in-myself.ts';
import { listToCall, noteCalled } from './desk/list-to-call.ts';
import { followDays } from './desk/follow-days.ts';
import { listSeatsLeft } from './desk/list-seats-left.ts';
import { readDayBoard } from './desk/read-day-board.ts';
import { readDeskDay } from './desk/read-desk-day.ts';
import { readRoomDay } from './desk/read-room-day.ts';
import { receiveArrival } from './desk/receive-arrival.ts';
import { sendLateNotices } from './desk/send-late-notices.ts';

export function deskRoutes(app: FastifyInstance): void {
  const followDay = followDays();
  bind(app, contracts.readDeskDay, (work, query) => readDeskDay(work, followDay, query));
  bind(app, contracts.receiveArrival, (work, person) => receiveArrival(work, person));
  bind(app, contracts.listSeatsLeft, async (work, query) => ({
    rooms: (await listSeatsLeft(work, query)).map(({ session, seatsLeft, firstFree }) => ({
      room: { id: session.roomId, name: session.roomName }, specialty: { id: session.specialtyId, name: session.specialtyName }, session: session.id,
      ...(session.doctorId !== null && { doctor: { id: session.doctorId, name: session.doctorName ?? session.doctorId } }),
      from: new Date(session.from).toISOString(), until: new Date(session.until).toISOString(), seatsLeft, ...(firstFree !== undefined && { firstFree: new Date(firstFree).toISOString() }),
    })),
  }));
  bind(app, contracts.readRoomDay, (work, { room, date }) => readRoomDay(work, followDay, room, date));
  bind(app, contracts.sendLateNotice, async (work, { room, lateMinutes }) => ({ told: await sendLateNotices(work, room, lateMinutes) }));
  bind(app, contracts.readDayBoard, (work, { date }) => readDayBoard(work, followDay, date));
  bind(app, contracts.readDoorCode, (work) => readDoorCode(work));
  bind(app, contracts.checkInMyself, (work, { appointmentId, door }) => checkInMyself(work, appointmentId, door));
  bind(app, contracts.listToCall, async (work) => ({ appointments: await listToCall(work) }));
  bind(app, contracts.markCalled, (work, { appointmentId, reached }) => noteCalled(work, appointmentId, reached));
}
