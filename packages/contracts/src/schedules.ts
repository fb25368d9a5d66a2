// Schedules: weekly templates, the sessions of a day, holidays, leave and replacement, kinds of visit.
import Type, { type Static } from 'typebox';
import { contract } from './route.ts';

const Text = Type.String();
const Instant = Type.String({ format: 'date-time' });
const Day = Type.String({ format: 'date', pattern: '^(?:19|20|21)\\d\\d-' });
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
  summary: 'Weekly templates in force on a day or coming, by specialty, doctor or room; and who and what can be put into one.',
  query: Type.Object({ on: Type.Optional(Day), specialty: Type.Optional(Id), doctor: Type.Optional(Id), room: Type.Optional(Id) }),
  response: Type.Object({
    templates: Type.Array(Stored),
    /** Doctors of the facility, with the departments they work in. */
    doctors: Type.Array(Type.Object({ id: Text, name: Text, specialties: Type.Array(Text) })),
    rooms: Type.Array(Type.Object({ id: Text, name: Text, specialty: Type.Optional(Text) })),
    /** Departments; one becomes bookable with its first template. */
    specialties: Type.Array(Named),
    visitTypes: Type.Array(Type.Object({ code: Text, nameVi: Text, nameEn: Text, minutes: Type.Integer() })),
  }),
});

/** What a change does to the sessions already made. */
export const ScheduleEffect = Type.Object({
  made: Type.Integer(),
  /** Changed in place: whoever is booked keeps the time. */
  changed: Type.Integer(),
  /** Closed: nobody was booked. */
  withdrawn: Type.Integer(),
  keptForBooked: Type.Integer(),
  /** Patients told of another room or doctor at the same time. */
  told: Type.Integer(),
  /** Sessions that stay as they were for those booked in them, who do not fit into the new ones; the first thirty. */
  stays: Type.Array(Type.Object({ date: Day, from: Instant, until: Instant, booked: Type.Integer() })),
});
export type ScheduleEffect = Static<typeof ScheduleEffect>;

/** `error`: it cannot be kept like this; `warning`: look at it; `note`: good to know. */
export const ScheduleFinding = Type.Object({
  level: Type.Union([Type.Literal('error'), Type.Literal('warning'), Type.Literal('note')]),
  code: Text,
  vi: Text,
  en: Text,
});
export type ScheduleFinding = Static<typeof ScheduleFinding>;

export const previewSchedule = contract({
  method: 'POST', path: '/api/schedules/preview', needs: 'booking.manage',
  summary: 'What a new template, or one in place of another, would do, and what is to be said of it; changes nothing.',
  body: Type.Object({ replaces: Type.Optional(Uuid), template: WeeklyTemplate }),
  response: Type.Object({ findings: Type.Array(ScheduleFinding), seats: Type.Integer(), /** Absent when there are errors. */ effect: Type.Optional(ScheduleEffect) }),
});

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
  /** Seats by door or kind of visit: what each has taken, keeps for itself now, and when what it keeps is open to all. */
  pools: Type.Array(Type.Object({ pool: Text, taken: Type.Integer(), kept: Type.Integer(), keptNow: Type.Integer(), opensAt: Type.Optional(Instant), most: Type.Optional(Type.Integer()) })),
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

const Affected = { appointmentId: Text, patientName: Text, was: Instant };
export const LeaveOutcome = Type.Object({
  sessions: Type.Integer(),
  booked: Type.Integer(),
  /** Seen by the replacement at the same time. */
  takenOver: Type.Array(Type.Object({ ...Affected, doctor: Text, room: Text })),
  /** To the next free seat; `call`: the old time is so near, and the new one so far, that somebody must call besides the message. */
  moved: Type.Array(Type.Object({ ...Affected, start: Instant, doctor: Type.Optional(Text), room: Text, call: Type.Boolean() })),
  toCall: Type.Array(Type.Object({ ...Affected, phone: Type.Optional(Text) })),
  /** Already here and waiting for the doctor, walk-ins too: the room and doctor to whom they go; without `room` nobody is there to see them. */
  here: Type.Array(Type.Object({ patientName: Text, ticket: Text, room: Type.Optional(Text), doctor: Type.Optional(Text) })),
});
export type LeaveOutcome = Static<typeof LeaveOutcome>;

export const setHoliday = contract({
  method: 'PUT', path: '/api/schedules/holidays/:date', needs: 'booking.manage',
  summary: 'Sets a day off (those around Tết that are announced each year, a storm), or opens the hospital on one; `preview` changes nothing.',
  params: Type.Object({ date: Day }),
  body: Type.Object({
    name: Type.String({ minLength: 1, maxLength: 120 }),
    open: Type.Boolean(),
    /** What happens to those booked on a day off; absent: their sessions stay. */
    booked: Type.Optional(Type.Union([Type.Literal('move'), Type.Literal('call')])),
    preview: Type.Optional(Type.Boolean()),
  }),
  response: Type.Object({ holiday: Holiday, effect: ScheduleEffect, /** Booked on that day and still there. */ booked: Type.Integer(), outcome: Type.Optional(LeaveOutcome) }),
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

export const endLeave = contract({
  method: 'POST', path: '/api/leave/:leaveId/end', needs: 'booking.manage',
  summary: 'Ends a leave now (back early, or recorded by mistake): what is still closed for it opens again; who was moved or taken over stays so.',
  params: Type.Object({ leaveId: Uuid }),
  response: Type.Object({ opened: Type.Integer(), /** Were to be called, and keep their time. */ kept: Type.Integer() }),
});

export const setVisitType = contract({
  method: 'PUT', path: '/api/schedules/visit-types/:code', needs: 'booking.manage',
  summary: 'Sets the length and name of a kind of visit, from a day on.',
  params: Type.Object({ code: Code }),
  body: Type.Object({ nameVi: Type.String({ minLength: 1, maxLength: 120 }), nameEn: Type.String({ minLength: 1, maxLength: 120 }), minutes: Type.Integer({ minimum: 3, maximum: 480 }), from: Day }),
  response: Type.Object({ code: Text }),
});
