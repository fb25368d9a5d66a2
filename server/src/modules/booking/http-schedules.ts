import * as contracts from '@sen/contracts';
import type { FastifyInstance } from 'fastify';
import { bind } from '../../platform/route.ts';
import { listHolidays, setHoliday } from './schedule/change-holidays.ts';
import { addSchedule, changeSchedule, endSchedule, previewSchedule, setVisitType } from './schedule/change-schedules.ts';
import { endLeave } from './schedule/end-leave.ts';
import { leavesFrom } from './schedule/leave-store.ts';
import { listSchedules } from './schedule/list-schedules.ts';
import { addSession, listSessions } from './schedule/list-sessions.ts';
import { previewLeave, recordLeave } from './schedule/record-leave.ts';
import { findFacility } from './seats/find-facility.ts';

export function scheduleRoutes(app: FastifyInstance): void {
  bind(app, contracts.listSchedules, (work, by) => listSchedules(work, by));
  bind(app, contracts.addSchedule, (work, template) => addSchedule(work, template));
  bind(app, contracts.previewSchedule, (work, asked) => previewSchedule(work, asked));
  bind(app, contracts.changeSchedule, (work, { scheduleId, ...template }) => changeSchedule(work, scheduleId, template));
  bind(app, contracts.endSchedule, (work, { scheduleId, lastDay }) => endSchedule(work, scheduleId, lastDay));
  bind(app, contracts.listSessions, async (work, query) => ({ sessions: await listSessions(work, query) }));
  bind(app, contracts.addSession, (work, session) => addSession(work, session));
  bind(app, contracts.listHolidays, async (work, { year }) => ({ holidays: await listHolidays(work, year) }));
  bind(app, contracts.setHoliday, (work, holiday) => setHoliday(work, holiday));
  bind(app, contracts.setVisitType, (work, type) => setVisitType(work, type));
  bind(app, contracts.previewLeave, (work, absence) => previewLeave(work, absence));
  bind(app, contracts.recordLeave, (work, absence) => recordLeave(work, absence));
  bind(app, contracts.endLeave, (work, { leaveId }) => endLeave(work, leaveId));
  bind(app, contracts.listLeave, async (work) => ({ leaves: await leavesFrom(work.db, await findFacility(work), work.now) }));
}
