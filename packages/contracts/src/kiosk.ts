// The machine at the door: scan, look, take the number. It sees a given name and the way, nothing else.
import Type, { type Static } from 'typebox';
import { contract } from './route.ts';

/** One thing to do next: a number in the line of a room, or where to go for help. */
export const KioskTicket = Type.Object({
  /** `A027`; absent where the kiosk could not give one. */
  number: Type.Optional(Type.String()),
  room: Type.Optional(Type.String()),
  /** `Tầng 2, nhà B`. */
  way: Type.Optional(Type.String()),
  /** Local time of the appointment, `09:30`. */
  at: Type.Optional(Type.String()),
  ahead: Type.Optional(Type.Integer()),
  waitMinutes: Type.Optional(Type.Object({ from: Type.Integer(), to: Type.Integer() })),
  /** Minutes before the appointment, from an hour on, or behind it, from ten on. */
  early: Type.Optional(Type.Integer()),
  late: Type.Optional(Type.Integer()),
  /** Had the number before: the same is shown again. */
  again: Type.Optional(Type.Boolean()),
});
export type KioskTicket = Static<typeof KioskTicket>;

export const KioskOutcome = Type.Union([
  /** Has an appointment today (or has arrived already): the number and the way. */
  Type.Literal('arrived'),
  /** Known, without an appointment: a number for the desk. */
  Type.Literal('desk'),
  /** The appointment is on another day or long past. */
  Type.Literal('another-day'),
  /** Nobody with that card or code: a number for the desk. */
  Type.Literal('unknown'),
  Type.Literal('unreadable'),
  /** Typed: nobody with that number was born then, or it was tried too often. */
  Type.Literal('not-matched'),
]);
export type KioskOutcome = Static<typeof KioskOutcome>;

export const KioskAnswer = Type.Object({
  outcome: KioskOutcome,
  /** Given name only: whoever stands behind reads it too. */
  givenName: Type.Optional(Type.String()),
  ticket: Type.Optional(KioskTicket),
  /** Day of the appointment that is not today, `2026-11-25`. */
  day: Type.Optional(Type.String()),
});
export type KioskAnswer = Static<typeof KioskAnswer>;

export const readKiosk = contract({
  method: 'GET',
  path: '/api/kiosk',
  summary: 'What stands on the screen of the kiosk: the hospital, its own name, and the time. Asked often: it also tells that the server is there.',
  needs: 'kiosk.use',
  response: Type.Object({ facilityName: Type.Optional(Type.String()), name: Type.String(), now: Type.String({ format: 'date-time' }) }),
});

export const checkInAtKiosk = contract({
  method: 'POST',
  path: '/api/kiosk/check-in',
  summary: 'Checks in by what the reader has read: the code of a booking, a citizen card, an insurance card or the code of a patient.',
  needs: 'kiosk.use',
  body: Type.Object({ scanned: Type.String({ minLength: 1, maxLength: 2000 }) }),
  response: KioskAnswer,
});

export const checkInByNumber = contract({
  method: 'POST',
  path: '/api/kiosk/check-in-by-number',
  summary: 'Checks in who has no card with them: a telephone number or a citizen number, and the birth date that proves it.',
  needs: 'kiosk.use',
  body: Type.Object({
    number: Type.String({ pattern: '^(?:0[0-9]{9}|[0-9]{12})$' }),
    /** `14031968`, or `1968` of whom nobody knows the day. */
    born: Type.String({ pattern: '^(?:[0-9]{8}|[0-9]{4})$' }),
  }),
  response: KioskAnswer,
});

export const takeDeskNumber = contract({
  method: 'POST',
  path: '/api/kiosk/desk-numbers',
  summary: 'A number for the reception desk, for who has no card with them; with `help`, somebody is asked to come to the kiosk.',
  needs: 'kiosk.use',
  body: Type.Object({ help: Type.Optional(Type.Boolean()) }),
  response: KioskTicket,
});

export const listDeskNumbers = contract({
  method: 'GET',
  path: '/api/kiosk/desk-numbers',
  summary: 'Numbers that kiosks gave for the desk today and nobody has served yet, those who ask for help first. Live topic `desk/<facility>`.',
  needs: 'visit.receive',
  response: Type.Object({
    facility: Type.String(),
    numbers: Type.Array(Type.Object({ id: Type.String(), number: Type.String(), given: Type.String({ format: 'date-time' }), help: Type.Boolean(), kiosk: Type.String() })),
  }),
});

export const serveDeskNumber = contract({
  method: 'POST',
  path: '/api/kiosk/desk-numbers/:id/serve',
  summary: 'The desk takes up a number of a kiosk; it leaves the list.',
  needs: 'visit.receive',
  params: Type.Object({ id: Type.String({ pattern: '^[0-9a-f\\-]{36}$' }) }),
  response: Type.Object({ number: Type.String() }),
});
