// Schedules: weekly templates, the sessions of a day, holidays, leave and replacement, kinds of visit.
import Type, { type Static } from 'typebox';
import { contract } from './route.ts';

const Text = Type.String();
const Instant = Type.String({ format: 'date-time' });
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const Clock = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' });
const Id = Type.String({ pattern: '^[A-Za-z0-9.\\-]{1,64}$' });
const Uuid = Type.String({ pattern: '^[0-9a-f\\-]{36}$' });
const Code = Type.String({ pattern: '^[a-z][a-z0-9\\-]{0,39}$' });
const Named = Type.Object({ id: Text, name: Text });

/** Seats of a session set apart for one door, or (`visit-type:<code>`) for one kind of visit. */
export const SeatRule = Type.Object({
  pool: Type.String({ pattern: '^(app|web|phone|desk|walk-in|partner|visit-type:[a-z][a-z0-9\\-]{0,39})$' }),
  /** Seats kept for it, until so many hours before the session begins; then they are open to all. */
  kept: Type.Integer({ minimum: 0, maximum: 200 }),
  openHoursBefore: Type.Integer({ minimum: 0, maximum: 720 }),
  /** It may never take more than this; absent: as many as there are. */
  most: Type.Optional(Type.Integer({ minimum: 0, maximum: 500 })),
});
export type SeatRule = Static<typeof SeatRule>;

export const WeeklyTemplate = Type.Object({
  /** Absent for a room in which whoever is on duty sees patients. */
  doctor: Type.Optional(Id),
  room: Id,
  specialty: Id,
  /** 1 Monday … 7 Sunday. */
  weekday: Type.Integer({ minimum: 1, maximum: 7 }),
  from: Clock,
  until: Clock,
  stepMinutes: Type.Integer({ minimum: 3, maximum: 240 }),
  /** Patients seen side by side. */
  lanes: Type.Integer({ minimum: 1, maximum: 20 }),
  /** Kinds of visit taken; empty: all. */
  visitTypes: Type.Array(Code, { maxItems: 20 }),
  seats: Type.Array(SeatRule, { maxItems: 12 }),
  validFrom: Day,
  /** Last day; absent: until changed. */
  validUntil: Type.Optional(Day),
});
export type WeeklyTemplate = Static<typeof WeeklyTemplate>;

const Stored = Type.Intersect([WeeklyTemplate, Type.Object({ id: Text, doctorName: Type.Optional(Text), roomName: Text, specialtyName: Text })]);
export type StoredTemplate = Static<typeof Stored>;

export const listSchedules = contract({
  method: 'GET', path: '/api/schedules', needs: 'booking.manage',
  summary: 'Weekly templates in force on a day or coming, by specialty, doctor or room.',
  query: Type.Object({ on: Type.Optional(Day), specialty: Type.Optional(Id), doctor: Type.Optional(Id), room: Type.Optional(Id) }),
  response: Type.Object({ templates: Type.Array(Stored), doctors: Type.Array(Named), rooms: Type.Array(Named), specialties: Type.Array(Named) }),
});

/** What a change does to the sessions already made: those with booked patients that no longer fit stay, and are told. */
export const ScheduleEffect = Type.Object({ made: Type.Integer(), changed: Type.Integer(), withdrawn: Type.Integer(), keptForBooked: Type.Integer() });
export type ScheduleEffect = Static<typeof ScheduleEffect>;

export const addSchedule = contract({
  method: 'POST', path: '/api/schedules', needs: 'booking.manage',
  summary: 'Adds a weekly template and makes its sessions of the coming weeks.',
  body: WeeklyTemplate, response: Type.Object({ id: Text, effect: ScheduleEffect }),
});

export const changeSchedule = contract({
  method: 'PUT', path: '/api/schedules/:scheduleId', needs: 'booking.manage',
  summary: 'From a day on (its `validFrom`), puts another template in place of this one; the days before stay as they were.',
  params: Type.Object({ scheduleId: Uuid }), body: WeeklyTemplate, response: Type.Object({ id: Text, effect: ScheduleEffect }),
});

export const endSchedule = contract({
  method: 'POST', path: '/api/schedules/:scheduleId/end', needs: 'booking.manage',
  summary: 'Ends a template after a day; later sessions without booked patients are withdrawn.',
  params: Type.Object({ scheduleId: Uuid }), body: Type.Object({ lastDay: Day }), response: ScheduleEffect,
});

export const SessionView = Type.Object({
  id: Text, date: Day, from: Instant, until: Instant, stepMinutes: Type.Integer(), lanes: Type.Integer(),
  doctor: Type.Optional(Named), room: Named, specialty: Named,
  state: Type.Union([Type.Literal('open'), Type.Literal('closed')]),
  seats: Type.Integer(), booked: Type.Integer(), held: Type.Integer(), free: Type.Integer(),
});
export type SessionView = Static<typeof SessionView>;

export const listSessions = contract({
  method: 'GET', path: '/api/schedules/sessions', needs: 'booking.manage',
  summary: 'The sessions of a day, or of some days, with how full they are.',
  query: Type.Object({ from: Day, days: Type.Optional(Type.Integer({ minimum: 1, maximum: 31 })), doctor: Type.Optional(Id), specialty: Type.Optional(Id), room: Type.Optional(Id) }),
  response: Type.Object({ sessions: Type.Array(SessionView) }),
});

export const addSession = contract({
  method: 'POST', path: '/api/schedules/sessions', needs: 'booking.manage',
  summary: 'Adds one session outside the weekly templates (an extra Saturday).',
  body: Type.Object({ date: Day, doctor: Type.Optional(Id), room: Id, specialty: Id, from: Clock, until: Clock, stepMinutes: Type.Integer({ minimum: 3, maximum: 240 }), lanes: Type.Integer({ minimum: 1, maximum: 20 }), visitTypes: Type.Array(Code, { maxItems: 20 }), seats: Type.Array(SeatRule, { maxItems: 12 }) }),
  response: SessionView,
});

export const Holiday = Type.Object({ date: Day, name: Text, /** From the calendar of the law, or set by the hospital. */ origin: Type.Union([Type.Literal('law'), Type.Literal('hospital')]), open: Type.Boolean() });
export type Holiday = Static<typeof Holiday>;

export const listHolidays = contract({
  method: 'GET', path: '/api/schedules/holidays', needs: 'booking.manage',
  summary: 'Days off of a year: those of the law (Tết by the lunar calendar) and those the hospital set.',
  query: Type.Object({ year: Type.Integer({ minimum: 2000, maximum: 2199 }) }),
  response: Type.Object({ holidays: Type.Array(Holiday) }),
});

export const setHoliday = contract({
  method: 'PUT', path: '/api/schedules/holidays/:date', needs: 'booking.manage',
  summary: 'Sets a day off (the days around Tết that are announced each year), or opens the hospital on one of the law.',
  params: Type.Object({ date: Day }), body: Type.Object({ name: Type.String({ minLength: 1, maxLength: 120 }), open: Type.Boolean() }),
  response: Type.Object({ holiday: Holiday, effect: ScheduleEffect, /** Booked on that day, to be moved with a leave of the whole hospital or called. */ booked: Type.Integer() }),
});

const Absence = {
  doctor: Id,
  from: Instant,
  until: Instant,
  reason: Type.Optional(Type.String({ maxLength: 200 })),
  /** Takes the sessions over; absent: see `booked`. */
  replacement: Type.Optional(Id),
  /** What happens to booked patients whom the replacement cannot take: next free seats of the specialty with a message, or a list to call. */
  booked: Type.Union([Type.Literal('move'), Type.Literal('call')]),
};

export const LeaveOutcome = Type.Object({
  sessions: Type.Integer(),
  booked: Type.Integer(),
  /** Seen by the replacement at the same time. */
  takenOver: Type.Integer(),
  moved: Type.Array(Type.Object({ appointmentId: Text, patientName: Text, was: Instant, start: Instant, doctor: Type.Optional(Text), room: Text })),
  toCall: Type.Array(Type.Object({ appointmentId: Text, patientName: Text, was: Instant, phone: Type.Optional(Text) })),
});
export type LeaveOutcome = Static<typeof LeaveOutcome>;

export const previewLeave = contract({
  method: 'POST', path: '/api/leave/preview', needs: 'booking.manage',
  summary: 'What a leave would do, changing nothing: who is taken over, moved to when, or must be called.',
  body: Type.Object(Absence), response: LeaveOutcome,
});

export const recordLeave = contract({
  method: 'POST', path: '/api/leave', needs: 'booking.manage',
  summary: 'Records that a doctor is away (also from now on: fallen ill at 8:00): sessions are taken over or closed, patients moved and told once, or listed to call; all in one step.',
  body: Type.Object(Absence), response: Type.Intersect([Type.Object({ id: Text }), LeaveOutcome]),
});

export const listLeave = contract({
  method: 'GET', path: '/api/leave', needs: 'booking.manage',
  summary: 'Leave that is not over.',
  response: Type.Object({ leaves: Type.Array(Type.Object({ id: Text, doctor: Named, from: Instant, until: Instant, replacement: Type.Optional(Named), reason: Type.Optional(Text) })) }),
});

export const setVisitType = contract({
  method: 'PUT', path: '/api/schedules/visit-types/:code', needs: 'booking.manage',
  summary: 'Sets the length and name of a kind of visit, from a day on.',
  params: Type.Object({ code: Code }),
  body: Type.Object({ nameVi: Type.String({ minLength: 1, maxLength: 120 }), nameEn: Type.String({ minLength: 1, maxLength: 120 }), minutes: Type.Integer({ minimum: 3, maximum: 480 }), from: Day }),
  response: Type.Object({ code: Text }),
});
