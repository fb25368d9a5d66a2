// The day at the desk, in a room and on the manager's board: appointments and visits in one list.
import Type, { type Static } from 'typebox';
import { AppointmentView, BookingChannel } from './booking.ts';
import { Age, PatientId, Sex } from './patients.ts';
import { PriorityReason } from './queue.ts';
import { contract } from './route.ts';

const Text = Type.String();
const Instant = Type.String({ format: 'date-time' });
const Day = Type.String({ format: 'date', pattern: '^(?:19|20|21)\\d\\d-' });
const Id = Type.String({ pattern: '^[A-Za-z0-9.\\-]{1,64}$' });
const Named = Type.Object({ id: Text, name: Text });

/** `expected` not here yet; `late` not here 10 minutes after the start; `no-show` said so or the session is over. */
export const DeskState = Type.Union([
  Type.Literal('expected'), Type.Literal('late'), Type.Literal('waiting'), Type.Literal('called'), Type.Literal('inside'), Type.Literal('away'),
  Type.Literal('done'), Type.Literal('left'), Type.Literal('no-show'), Type.Literal('cancelled'),
]);
export type DeskState = Static<typeof DeskState>;

/** `expected` not here yet, `here` waiting or inside, `done`, `gone` cancelled, no-show or left. */
export const DeskGroup = Type.Union([Type.Literal('now'), Type.Literal('expected'), Type.Literal('here'), Type.Literal('done'), Type.Literal('gone'), Type.Literal('all')]);
export type DeskGroup = Static<typeof DeskGroup>;

export const DeskRow = Type.Object({
  /** Stable for the day: of the appointment, else of the visit. */
  key: Text,
  appointmentId: Type.Optional(Text),
  visitId: Type.Optional(Text),
  patientId: Text,
  name: Text,
  sex: Sex,
  age: Type.Optional(Age),
  hospitalNumber: Type.Optional(Text),
  phoneMasked: Type.Optional(Text),
  state: DeskState,
  /** Start of the appointment; absent for a walk-in. */
  start: Type.Optional(Instant),
  minutes: Type.Optional(Type.Integer()),
  arrivedAt: Type.Optional(Instant),
  ticket: Type.Optional(Text),
  room: Named,
  doctor: Type.Optional(Named),
  visitType: Type.Optional(Named),
  channel: BookingChannel,
  confirmed: Type.Boolean(),
  toCall: Type.Boolean(),
  reason: Type.Optional(Text),
});
export type DeskRow = Static<typeof DeskRow>;

export const readDeskDay = contract({
  method: 'GET', path: '/api/desk/day', needs: 'visit.receive',
  summary: 'People of a day (today unless told), booked, arrived, walk-ins: at most 200 of the group asked for, and how many there are of each. Follow `desk/<facility>` live.',
  query: Type.Object({
    date: Type.Optional(Day),
    /** `now` (unless told): those due from an hour ago to 45 minutes ahead who are not here, then those who wait. */
    group: Type.Optional(DeskGroup),
    room: Type.Optional(Id), specialty: Type.Optional(Id),
    /** A part of the name without accents, a ticket or the code of a booking. */
    find: Type.Optional(Type.String({ maxLength: 80 })),
  }),
  response: Type.Object({ facility: Text, date: Day, counts: Type.Object({ now: Type.Integer(), expected: Type.Integer(), here: Type.Integer(), done: Type.Integer(), gone: Type.Integer(), all: Type.Integer() }), rows: Type.Array(DeskRow), more: Type.Boolean() }),
});

export const DeskTicket = Type.Object({
  visitId: Text,
  ticket: Text,
  patientId: Text,
  patientName: Text,
  room: Named,
  way: Type.Optional(Text),
  doctor: Type.Optional(Named),
  start: Type.Optional(Instant),
  arrivedAt: Instant,
  /** People before this one, and minutes as a range, as far as they can be told. */
  ahead: Type.Optional(Type.Integer()),
  waitFromMinutes: Type.Optional(Type.Integer()),
  waitToMinutes: Type.Optional(Type.Integer()),
  /** The person had been received before; nothing was changed. */
  already: Type.Boolean(),
});
export type DeskTicket = Static<typeof DeskTicket>;

export const receiveArrival = contract({
  method: 'POST', path: '/api/desk/arrivals', needs: 'visit.receive',
  summary: 'Receives a person: by appointment, by the code of a booking (typed or scanned), or a patient without appointment in a room with a seat left. Safe to send twice.',
  body: Type.Object({
    appointmentId: Type.Optional(Id),
    code: Type.Optional(Type.String({ minLength: 8, maxLength: 200 })),
    /** Of a patient: the appointment of today when there is one; else a walk-in, for which `room` or `specialty` is needed. */
    patientId: Type.Optional(PatientId),
    room: Type.Optional(Id),
    specialty: Type.Optional(Id),
    visitType: Type.Optional(Type.String({ maxLength: 40 })),
    reason: Type.Optional(Type.String({ maxLength: 500 })),
    /** Receive a walk-in though no seat is left. */
    over: Type.Optional(Type.Boolean()),
    /** Reasons for priority the desk has seen: `pregnant`, `severe-disability`, `merit` …; age is known. */
    priority: Type.Optional(Type.Array(PriorityReason, { maxItems: 8 })),
    urgent: Type.Optional(Type.Boolean()),
  }),
  response: DeskTicket,
});

export const checkInMyself = contract({
  method: 'POST', path: '/api/my/appointments/:appointmentId/arrive', needs: 'booking.own',
  summary: 'Checks in by scanning the code at the door (`SEN:D:…`), from 60 minutes before the start.',
  params: Type.Object({ appointmentId: Id }), body: Type.Object({ door: Type.String({ minLength: 4, maxLength: 200 }) }),
  response: DeskTicket,
});

export const readDoorCode = contract({
  method: 'GET', path: '/api/desk/door-code', needs: 'visit.receive',
  summary: 'What the QR at the door carries today: print it, or show it on a screen.',
  response: Type.Object({ door: Text, validUntil: Instant }),
});

export const SeatsLeft = Type.Object({
  room: Named, specialty: Named, doctor: Type.Optional(Named), session: Text,
  from: Instant, until: Instant, seatsLeft: Type.Integer(), firstFree: Type.Optional(Instant),
});
export type SeatsLeft = Static<typeof SeatsLeft>;

export const listSeatsLeft = contract({
  method: 'GET', path: '/api/desk/seats', needs: 'visit.receive',
  summary: 'Rooms that see patients today and their seats left for who comes without appointment, most first.',
  query: Type.Object({ specialty: Type.Optional(Id) }),
  response: Type.Object({ rooms: Type.Array(SeatsLeft) }),
});

/** One cell of the strip: a step of the session's time. */
export const StripCell = Type.Object({
  start: Instant,
  state: Type.Union([Type.Literal('free'), Type.Literal('held'), Type.Literal('expected'), Type.Literal('here'), Type.Literal('now'), Type.Literal('seen'), Type.Literal('no-show')]),
  key: Type.Optional(Text),
});
export type StripCell = Static<typeof StripCell>;

export const readRoomDay = contract({
  method: 'GET', path: '/api/rooms/:room/day', needs: 'queue.work',
  summary: 'The clinic strip of a room: its sessions of the day cell by cell, and everybody in it. Follow `room/<id>` live.',
  params: Type.Object({ room: Id }), query: Type.Object({ date: Type.Optional(Day) }),
  response: Type.Object({
    room: Named, date: Day,
    sessions: Type.Array(Type.Object({ id: Text, from: Instant, until: Instant, stepMinutes: Type.Integer(), doctor: Type.Optional(Named), specialty: Named, cells: Type.Array(StripCell) })),
    rows: Type.Array(DeskRow),
    /** How many minutes the room is behind its slots now; 0 when on time. */
    lateMinutes: Type.Integer(),
    /** Booked people of today not here yet, who would be told. */
    toTell: Type.Integer(),
  }),
});

export const sendLateNotice = contract({
  method: 'POST', path: '/api/rooms/:room/late-notices', needs: 'queue.work',
  summary: 'Tells the booked people of a room who are not here yet that it runs late, with their new time; each at most once per 15 minutes of delay.',
  params: Type.Object({ room: Id }), body: Type.Object({ lateMinutes: Type.Integer({ minimum: 5, maximum: 480 }) }),
  response: Type.Object({ told: Type.Integer() }),
});

const Clinic = Type.Object({
  /** The session: a room may have one in the morning and one in the afternoon. */
  from: Instant, until: Instant,
  room: Named, specialty: Named, doctor: Type.Optional(Named),
  state: Type.Union([Type.Literal('open'), Type.Literal('paused'), Type.Literal('not-begun'), Type.Literal('over')]),
  expected: Type.Integer(), waiting: Type.Integer(), longestWaitMinutes: Type.Integer(), seen: Type.Integer(), noShow: Type.Integer(),
  lateMinutes: Type.Integer(), seatsLeft: Type.Integer(),
});
export type Clinic = Static<typeof Clinic>;

export const readDayBoard = contract({
  method: 'GET', path: '/api/day/board', needs: 'day.read',
  summary: 'The hospital today: waiting by clinic, share seen within 15 minutes of the slot, no-shows, late starts, walk-ins, the next hours. Follow `day/<facility>` live.',
  query: Type.Object({ date: Type.Optional(Day) }),
  response: Type.Object({
    facility: Text, facilityName: Text, date: Day, at: Instant,
    totals: Type.Object({
      booked: Type.Integer(), expected: Type.Integer(), arrived: Type.Integer(), waiting: Type.Integer(), inside: Type.Integer(), done: Type.Integer(),
      walkIns: Type.Integer(), noShows: Type.Integer(), cancelled: Type.Integer(),
      /** Of booked people who came: seen no later than 15 minutes after the start (or after arrival, if they came later). */
      seenOnTime: Type.Integer(), seenBooked: Type.Integer(),
      medianWaitMinutes: Type.Optional(Type.Integer()), p90WaitMinutes: Type.Optional(Type.Integer()),
      lateStarts: Type.Integer(), sessionsBegun: Type.Integer(),
    }),
    /** The same day of last week at this time of day, when there was one. */
    before: Type.Optional(Type.Object({ date: Day, arrived: Type.Integer(), seenOnTime: Type.Integer(), seenBooked: Type.Integer(), noShows: Type.Integer(), booked: Type.Integer() })),
    targetOnTimePercent: Type.Integer(),
    clinics: Type.Array(Clinic),
    hours: Type.Array(Type.Object({
      from: Instant,
      arrivals: Type.Integer(), walkIns: Type.Integer(), seenBooked: Type.Integer(), seenOnTime: Type.Integer(), capacity: Type.Integer(),
      /** For hours to come: people expected to arrive, as a range. */
      forecast: Type.Optional(Type.Object({ low: Type.Integer(), likely: Type.Integer(), high: Type.Integer() })),
    })),
    /** On how many earlier days of the same weekday the forecast rests; below 3 it is booked people and common shares only. */
    forecastDays: Type.Integer(),
  }),
});

export const listToCall = contract({
  method: 'GET', path: '/api/booking/to-call', needs: 'booking.operate',
  summary: 'Appointments the hospital changed whose patients must be called, soonest first.',
  response: Type.Object({ appointments: Type.Array(Type.Intersect([AppointmentView, Type.Object({ phone: Type.Optional(Text), why: Text, since: Instant })])) }),
});

export const markCalled = contract({
  method: 'POST', path: '/api/booking/to-call/:appointmentId', needs: 'booking.operate',
  summary: 'Notes that the patient was reached, or could not be.',
  params: Type.Object({ appointmentId: Id }), body: Type.Object({ reached: Type.Boolean() }),
  response: Type.Object({ left: Type.Integer() }),
});
