// Visits and the queue of each room: ticket, call, stations, the place in line on one's phone, the screen in the waiting room, and the live stream.
import Type, { type Static } from 'typebox';
import { Age, PatientId, Sex } from './patients.ts';
import { contract } from './route.ts';

const Text = Type.String();
export const Instant = Type.String({ description: 'ISO 8601 instant' });
export const Minutes = Type.Integer({ minimum: 0 });
export const Id = Type.String({ pattern: '^[A-Za-z0-9.\\-]{1,64}$' });

export const StationKind = Type.Union([
  Type.Literal('triage'), Type.Literal('exam'), Type.Literal('payment'), Type.Literal('laboratory'), Type.Literal('imaging'), Type.Literal('pharmacy'), Type.Literal('procedure'),
]);
export type StationKind = Static<typeof StationKind>;

/** How soon: `emergency` and `urgent` are judged by a clinician, `priority` by law, `normal` else. */
export const PriorityClass = Type.Union([Type.Literal('emergency'), Type.Literal('urgent'), Type.Literal('priority'), Type.Literal('normal')]);
export type PriorityClass = Static<typeof PriorityClass>;

/** Reasons of the rules (encounters/queue/priority-rules.ts). The ages are found from the birth date; the others are declared at the desk. */
export const PriorityReason = Type.Union([
  Type.Literal('emergency'), Type.Literal('triage-urgent'), Type.Literal('age-75'), Type.Literal('child-under-6'), Type.Literal('pregnant'), Type.Literal('severe-disability'), Type.Literal('merit'),
]);
export type PriorityReason = Static<typeof PriorityReason>;

/**
 * `planned`: a later station of the path; `waiting`; `called`: on the screen; `inside`: with the patient; `away`: sent to tests, comes back;
 * `skipped`: did not come when called; `done`; `moved`: to another room; `left`: the patient went home.
 */
export const TurnState = Type.Union([
  Type.Literal('planned'), Type.Literal('waiting'), Type.Literal('called'), Type.Literal('inside'), Type.Literal('away'), Type.Literal('skipped'), Type.Literal('done'), Type.Literal('moved'), Type.Literal('left'),
]);
export type TurnState = Static<typeof TurnState>;

/** A wait as a range: 20 of 100 wait less than `from`, 80 of 100 less than `to`. */
export const WaitRange = Type.Object({ from: Minutes, to: Minutes });
export type WaitRange = Static<typeof WaitRange>;

export const QueueRoom = Type.Object({
  /** Location id. */
  id: Text,
  /** As the record names it: `Phòng 205`. */
  name: Text,
  /** What a screen shows large: `205`. */
  short: Text,
  kind: StationKind,
  department: Type.Optional(Type.Object({ id: Text, name: Text })),
  /** Words of the way: building, floor. */
  way: Type.Optional(Text),
});
export type QueueRoom = Static<typeof QueueRoom>;

export const RoomDayState = Type.Union([Type.Literal('closed'), Type.Literal('open'), Type.Literal('paused')]);
export type RoomDayState = Static<typeof RoomDayState>;

export const QueueDoctor = Type.Object({ id: Text, name: Text });
export type QueueDoctor = Static<typeof QueueDoctor>;

const RoomDay = {
  state: RoomDayState,
  doctors: Type.Array(QueueDoctor),
  openedAt: Type.Optional(Instant),
  /** Why it pauses, in the words of who paused it, and until when, if they said so. */
  pause: Type.Optional(Type.Object({ reason: Type.Optional(Text), until: Type.Optional(Instant) })),
  /** How far the room is behind: the oldest slot that is due and not begun. */
  lateMinutes: Minutes,
};

export const QueueTurn = Type.Object({
  id: Text,
  /** Encounter id. */
  visitId: Text,
  patientId: Text,
  /** `A0042`. */
  ticket: Text,
  name: Text,
  sex: Sex,
  birthDate: Type.Optional(Text),
  age: Type.Optional(Age),
  kind: StationKind,
  roomId: Text,
  doctor: Type.Optional(QueueDoctor),
  state: TurnState,
  class: PriorityClass,
  reasons: Type.Array(PriorityReason),
  booked: Type.Boolean(),
  appointmentId: Type.Optional(Text),
  /** Start of the slot. */
  slotAt: Type.Optional(Instant),
  arrivedAt: Instant,
  /** When this wait began: arrival, or the end of the station before. */
  waitingSince: Instant,
  calledAt: Type.Optional(Instant),
  calls: Type.Integer(),
  beganAt: Type.Optional(Instant),
  endedAt: Type.Optional(Instant),
  /** Back from tests. */
  returning: Type.Boolean(),
  /** Came after the slot and the minutes of grace. */
  late: Type.Boolean(),
  /** From 1 on; of those who wait. */
  place: Type.Optional(Type.Integer()),
  wait: Type.Optional(WaitRange),
  /** Where somebody who is away is, and what is left to do: the stations in order. */
  stations: Type.Optional(Type.Array(Type.Object({ turnId: Text, kind: StationKind, roomId: Text, roomName: Text, state: TurnState }))),
  visitType: Type.Optional(Text),
  /** Why the patient came, as the desk or the booking wrote it. */
  reason: Type.Optional(Text),
  /** Note of triage. */
  note: Type.Optional(Text),
});
export type QueueTurn = Static<typeof QueueTurn>;

export const RoomQueue = Type.Object({
  room: QueueRoom,
  ...RoomDay,
  /** Called or inside, by whom. */
  now: Type.Array(QueueTurn),
  /** In the order in which `next` would call them now. */
  waiting: Type.Array(QueueTurn),
  away: Type.Array(QueueTurn),
  skipped: Type.Array(QueueTurn),
  /** Latest first, at most 50. */
  done: Type.Array(QueueTurn),
  counts: Type.Object({ waiting: Type.Integer(), away: Type.Integer(), skipped: Type.Integer(), done: Type.Integer() }),
  at: Instant,
});
export type RoomQueue = Static<typeof RoomQueue>;

export const RoomLine = Type.Object({
  ...QueueRoom.properties,
  ...RoomDay,
  waiting: Type.Integer(),
  away: Type.Integer(),
  done: Type.Integer(),
  /** Ticket at the doctor or called last. */
  ticket: Type.Optional(Text),
  longestWaitMinutes: Minutes,
  /** What somebody who joined the queue without a slot now would wait. */
  wait: Type.Optional(WaitRange),
  /** The person signed in is one of the doctors of this room today. */
  mine: Type.Boolean(),
});
export type RoomLine = Static<typeof RoomLine>;

export const VisitTicket = Type.Object({
  visitId: Text,
  ticket: Text,
  patientName: Text,
  facilityName: Text,
  room: QueueRoom,
  doctor: Type.Optional(QueueDoctor),
  class: PriorityClass,
  reasons: Type.Array(PriorityReason),
  slotAt: Type.Optional(Instant),
  arrivedAt: Instant,
  place: Type.Optional(Type.Integer()),
  wait: Type.Optional(WaitRange),
  /** What the QR of the ticket carries. */
  code: Text,
});
export type VisitTicket = Static<typeof VisitTicket>;

export const MyVisit = Type.Object({
  visitId: Text,
  patientId: Text,
  patientName: Text,
  ticket: Text,
  /** What the QR of the ticket carries. */
  code: Text,
  arrivedAt: Instant,
  appointmentId: Type.Optional(Text),
  slotAt: Type.Optional(Instant),
  /** Where to be now: waiting, called, inside, at tests, skipped, or done with all. */
  state: TurnState,
  kind: StationKind,
  room: QueueRoom,
  doctor: Type.Optional(QueueDoctor),
  roomState: RoomDayState,
  lateMinutes: Minutes,
  calledAt: Type.Optional(Instant),
  calls: Type.Integer(),
  /** How many go before: absent unless waiting. */
  before: Type.Optional(Type.Integer()),
  wait: Type.Optional(WaitRange),
  /** Stations in the order of the path, the present one too. */
  path: Type.Array(Type.Object({ kind: StationKind, state: TurnState, room: QueueRoom, endedAt: Type.Optional(Instant) })),
});
export type MyVisit = Static<typeof MyVisit>;

const OfRoom = Type.Object({ roomId: Id });
const OfTurn = Type.Object({ turnId: Id });
const OfVisit = Type.Object({ visitId: Id });
/** The state in which the caller saw the turn: a second click finds another one and changes nothing. */
const Expected = Type.Optional(TurnState);

export const listRooms = contract({
  method: 'GET',
  path: '/api/rooms',
  summary: 'The rooms and stations of the facility with the state of their queues.',
  needs: 'queue.work',
  query: Type.Object({ kind: Type.Optional(StationKind), mine: Type.Optional(Type.Boolean()) }),
  response: Type.Object({ rooms: Type.Array(RoomLine), at: Instant }),
});

export const readRoomQueue = contract({
  method: 'GET',
  path: '/api/rooms/:roomId/queue',
  summary: 'The queue of a room: called, waiting in order with their waits, away, skipped and done.',
  needs: 'queue.work',
  params: OfRoom,
  response: RoomQueue,
});

export const callNext = contract({
  method: 'POST',
  path: '/api/rooms/:roomId/next',
  summary: 'Calls the next one of a room; whoever was inside is finished first. A second click gives the same answer.',
  needs: 'queue.work',
  params: OfRoom,
  body: Type.Object({
    /** Turn that is called or inside on the caller’s screen; null: none. With another one there, nobody is called. */
    current: Type.Union([Id, Type.Null()]),
    /** Practitioner for whom is called, when it is not oneself. */
    doctor: Type.Optional(Id),
  }),
  response: Type.Object({
    called: Type.Union([QueueTurn, Type.Null()]),
    finished: Type.Optional(Id),
    /** True: it had been called before this click. */
    again: Type.Boolean(),
    waiting: Type.Integer(),
  }),
});

function turnAction<const Name extends string>(name: Name, summary: string) {
  return contract({
    method: 'POST',
    path: `/api/turns/:turnId/${name}`,
    summary,
    needs: 'queue.work',
    params: OfTurn,
    body: Type.Object({ expected: Expected, doctor: Type.Optional(Id) }),
    response: QueueTurn,
  });
}

export const callTurn = turnAction('call', 'Calls one turn out of order.');
export const recallTurn = turnAction('recall', 'Calls again who was called and has not come.');
export const beginTurn = turnAction('begin', 'The patient is inside.');
export const finishTurn = turnAction('finish', 'This station is done with the patient; the next one of the path begins to wait, or the visit ends.');
export const skipTurn = turnAction('skip', 'The patient did not come when called; comes back to the line with `return`.');
export const returnTurn = turnAction('return', 'Puts somebody skipped, or away at tests, back into the line.');

export const transferTurn = contract({
  method: 'POST',
  path: '/api/turns/:turnId/transfer',
  summary: 'Moves a turn to another room of the same kind; the place in line goes with it.',
  needs: 'queue.work',
  params: OfTurn,
  body: Type.Object({ expected: Expected, toRoomId: Id, doctor: Type.Optional(Id) }),
  response: QueueTurn,
});

export const sendTurn = contract({
  method: 'POST',
  path: '/api/turns/:turnId/send',
  summary: 'Sends the patient to stations, one after the other; afterwards they come back to this room unless `back` is false.',
  needs: 'queue.work',
  params: OfTurn,
  body: Type.Object({
    expected: Expected,
    stations: Type.Array(Type.Object({ kind: StationKind, roomId: Type.Optional(Id) }), { minItems: 1, maxItems: 8 }),
    back: Type.Optional(Type.Boolean()),
  }),
  response: QueueTurn,
});

export const openRoom = contract({
  method: 'POST',
  path: '/api/rooms/:roomId/open',
  summary: 'Opens a room for today; the doctor who opens it, or the one named, works there.',
  needs: 'queue.work',
  params: OfRoom,
  body: Type.Object({ doctor: Type.Optional(Id) }),
  response: RoomQueue,
});

export const pauseRoom = contract({
  method: 'POST',
  path: '/api/rooms/:roomId/pause',
  summary: 'Pauses a room: nobody is called until it resumes.',
  needs: 'queue.work',
  params: OfRoom,
  body: Type.Object({ minutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 480 })), reason: Type.Optional(Type.String({ maxLength: 120 })) }),
  response: RoomQueue,
});

export const resumeRoom = contract({ method: 'POST', path: '/api/rooms/:roomId/resume', summary: 'Goes on after a pause.', needs: 'queue.work', params: OfRoom, response: RoomQueue });

export const closeRoom = contract({
  method: 'POST',
  path: '/api/rooms/:roomId/close',
  summary: 'Closes a room for today. Refused while somebody waits or is inside.',
  needs: 'queue.work',
  params: OfRoom,
  response: RoomQueue,
});

export const receiveWalkIn = contract({
  method: 'POST',
  path: '/api/visits',
  summary: 'Receives somebody who has no appointment into the queue of a room and gives the ticket.',
  needs: 'visit.receive',
  body: Type.Object({
    patientId: PatientId,
    roomId: Id,
    doctor: Type.Optional(Id),
    reasons: Type.Optional(Type.Array(PriorityReason, { maxItems: 7 })),
    reason: Type.Optional(Type.String({ maxLength: 200 })),
    visitType: Type.Optional(Type.String({ maxLength: 40 })),
  }),
  response: VisitTicket,
});

export const leaveVisit = contract({
  method: 'POST',
  path: '/api/visits/:visitId/leave',
  summary: 'The patient went home before the end of the visit.',
  needs: 'queue.work',
  params: OfVisit,
  body: Type.Object({ reason: Type.Optional(Type.String({ maxLength: 200 })) }),
  response: Type.Object({ visitId: Text }),
});

export const readTicket = contract({
  method: 'GET',
  path: '/api/visits/:visitId/ticket',
  summary: 'What the printed ticket of a visit says.',
  needs: 'visit.receive',
  params: OfVisit,
  response: VisitTicket,
});

export const listMyVisits = contract({
  method: 'GET',
  path: '/api/my/visits',
  summary: 'Today’s visits of oneself and one’s family: where to be, the place in line and the wait as a range.',
  needs: 'visit.own',
  response: Type.Object({ visits: Type.Array(MyVisit), at: Instant }),
});

/** `GET /api/live?topic=room/…&topic=visit/…` (Server-Sent Events, event `changed`, data = topic; `resync`: fetch all again). */
export const livePath = '/api/live';
