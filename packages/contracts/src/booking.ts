// Booking: what is free, holding a seat, and the appointments of oneself, one's family, a caller or a visitor of the public page.
import Type, { type Static } from 'typebox';
import { PatientId, Sex } from './patients.ts';
import { contract } from './route.ts';

const Text = Type.String();
const Instant = Type.String({ format: 'date-time' });
const Day = Type.String({ format: 'date', pattern: '^(?:19|20|21)\\d\\d-' });
const Id = Type.String({ pattern: '^[A-Za-z0-9.\\-]{1,64}$' });
const Code = Type.String({ pattern: '^[a-z][a-z0-9\\-]{0,39}$' });
const Phone = Type.String({ pattern: '^[+0-9 .\\-]{8,20}$' });
const Token = Type.String({ pattern: '^[A-Za-z0-9_\\-]{20,80}$' });
const Named = Type.Object({ id: Text, name: Text });

/** By which door a seat is taken; each may have seats of its own and a limit. */
export const BookingChannel = Type.Union([
  Type.Literal('app'), Type.Literal('web'), Type.Literal('phone'), Type.Literal('desk'), Type.Literal('walk-in'), Type.Literal('partner'),
]);
export type BookingChannel = Static<typeof BookingChannel>;

/** Where to look: a specialty, a doctor or a room (at least one of them), and for which kind of visit. */
const Where = {
  specialty: Type.Optional(Id),
  doctor: Type.Optional(Id),
  room: Type.Optional(Id),
  visitType: Type.Optional(Code),
};

export const VisitType = Type.Object({
  code: Text,
  name: Text,
  /** Minutes it usually takes; the seat of a doctor known to need longer is longer. */
  minutes: Type.Integer(),
});
export type VisitType = Static<typeof VisitType>;

export const BookingSpecialty = Type.Object({
  id: Text,
  name: Text,
  /** In plain words: what one comes here for. */
  plain: Type.Optional(Text),
  doctors: Type.Integer(),
  /** First free start, for whoever asks; absent when nothing is free in the next 30 days. */
  nextFree: Type.Optional(Instant),
});
export type BookingSpecialty = Static<typeof BookingSpecialty>;

export const listBookingSpecialties = contract({
  method: 'GET', path: '/api/booking/specialties', needs: 'open',
  summary: 'The specialties one can book, with the first free start of each, and the kinds of visit.',
  query: Type.Object({ facility: Type.Optional(Id) }),
  response: Type.Object({ facility: Text, facilityName: Text, phone: Type.Optional(Text), specialties: Type.Array(BookingSpecialty), visitTypes: Type.Array(VisitType) }),
});

export const BookingDoctor = Type.Object({
  id: Text,
  /** With the title: `BS. Lê Minh Quang`. */
  name: Text,
  specialties: Type.Array(Named),
  nextFree: Type.Optional(Instant),
  /** Days in words of the coming two weeks on which the doctor sees patients. */
  days: Type.Array(Day),
});
export type BookingDoctor = Static<typeof BookingDoctor>;

export const listBookingDoctors = contract({
  method: 'GET', path: '/api/booking/doctors', needs: 'open',
  summary: 'The doctors one can book, the soonest free first.',
  query: Type.Object({ facility: Type.Optional(Id), specialty: Type.Optional(Id), visitType: Type.Optional(Code) }),
  response: Type.Object({ doctors: Type.Array(BookingDoctor) }),
});

export const BookingDay = Type.Object({
  date: Day,
  /** `closed`: nobody sees patients then; `holiday` says which in `note`. */
  state: Type.Union([Type.Literal('free'), Type.Literal('full'), Type.Literal('closed'), Type.Literal('holiday')]),
  /** Starts still free for whoever asks. */
  free: Type.Integer(),
  note: Type.Optional(Text),
});
export type BookingDay = Static<typeof BookingDay>;

export const listBookingDays = contract({
  method: 'GET', path: '/api/booking/days', needs: 'open',
  summary: 'How many starts are free on each day from `from`, 14 days unless told (at most 31).',
  query: Type.Object({ ...Where, facility: Type.Optional(Id), from: Type.Optional(Day), days: Type.Optional(Type.Integer({ minimum: 1, maximum: 31 })) }),
  response: Type.Object({ days: Type.Array(BookingDay) }),
});

export const BookingStart = Type.Object({
  start: Instant,
  minutes: Type.Integer(),
  /** False: taken or not open to whoever asks; shown struck through. */
  free: Type.Boolean(),
  /** Name it when holding: one session of a doctor or a room. */
  session: Text,
  doctor: Type.Optional(Named),
  room: Named,
  specialty: Named,
});
export type BookingStart = Static<typeof BookingStart>;

export const listBookingStarts = contract({
  method: 'GET', path: '/api/booking/starts', needs: 'open',
  summary: 'The starts of a day, in order of time; with `only=free` those that can be taken.',
  query: Type.Object({ ...Where, facility: Type.Optional(Id), date: Day, only: Type.Optional(Type.Literal('free')) }),
  response: Type.Object({ starts: Type.Array(BookingStart) }),
});

export const BookingHold = Type.Object({
  holdToken: Text,
  /** The seat is kept until then; after it the token is worth nothing. */
  until: Instant,
  start: Instant,
  minutes: Type.Integer(),
  arriveAt: Instant,
  doctor: Type.Optional(Named),
  room: Named,
  specialty: Named,
  visitType: Named,
  bring: Type.Array(Text),
});
export type BookingHold = Static<typeof BookingHold>;

export const holdSeat = contract({
  method: 'POST', path: '/api/booking/holds', needs: 'open',
  summary: 'Keeps a seat for some minutes: who is signed in, or a visitor who has shown a telephone number (`visitorToken`).',
  body: Type.Object({
    session: Text, start: Instant, visitType: Type.Optional(Code), visitorToken: Type.Optional(Token),
    /** Operators and the desk say by which door: `phone` or `desk`; others have their own. */
    channel: Type.Optional(Type.Union([Type.Literal('phone'), Type.Literal('desk')])),
    /** Free the seat held before in the same step (choosing another time). */
    instead: Type.Optional(Token),
  }),
  response: BookingHold,
});

export const releaseHold = contract({
  method: 'DELETE', path: '/api/booking/holds/:holdToken', needs: 'open',
  summary: 'Gives a held seat back at once.',
  params: Type.Object({ holdToken: Token }),
  response: Type.Object({ released: Type.Boolean() }),
});

export const AppointmentState = Type.Union([
  Type.Literal('booked'), Type.Literal('arrived'), Type.Literal('fulfilled'), Type.Literal('cancelled'), Type.Literal('no-show'),
]);
export type AppointmentState = Static<typeof AppointmentState>;

export const AppointmentView = Type.Object({
  id: Text,
  state: AppointmentState,
  /** Nine digits to read aloud, the last one checks: `4821 7390 6`. */
  code: Text,
  /** What the QR carries: `SEN:B:…`, opaque. */
  qr: Text,
  start: Instant,
  end: Instant,
  /** When to be there: 15 minutes before, by the hospital's setting. */
  arriveAt: Instant,
  /** Absent for a public visitor who shows code and telephone number only. */
  patientId: Type.Optional(Text),
  /** The whole name; the given name only for a public visitor. */
  patientName: Text,
  facility: Named,
  specialty: Named,
  doctor: Type.Optional(Named),
  room: Named,
  /** Way in words: building, floor. */
  way: Type.Optional(Text),
  visitType: Named,
  reason: Type.Optional(Text),
  channel: BookingChannel,
  /** The patient has answered the reminder. */
  confirmed: Type.Boolean(),
  /** The doctor or the time was changed by the hospital and nobody has been reached yet. */
  toCall: Type.Boolean(),
  canMove: Type.Boolean(),
  canCancel: Type.Boolean(),
  bring: Type.Array(Text),
  /** The visit once checked in. */
  visitId: Type.Optional(Text),
});
export type AppointmentView = Static<typeof AppointmentView>;

/** A person the hospital does not know yet: enough to book; the desk completes it. */
export const NewBookingPerson = Type.Object({
  name: Type.String({ minLength: 2, maxLength: 120 }),
  sex: Type.Optional(Sex),
  /** `1968`, `1968-03` or `1968-03-14`. */
  birthDate: Type.String({ pattern: '^(?:18|19|20|21)\\d\\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01]))?)?$' }),
  citizenNumber: Type.Optional(Type.String({ pattern: '^\\d{9}(\\d{3})?$' })),
  phone: Phone,
});
export type NewBookingPerson = Static<typeof NewBookingPerson>;

export const bookAppointment = contract({
  method: 'POST', path: '/api/booking/appointments', needs: 'open',
  summary: 'Books the held seat for a patient one may act for, or for a new person (operator, desk, visitor). Safe to send twice: the same hold gives the same appointment.',
  body: Type.Object({
    holdToken: Token,
    patientId: Type.Optional(PatientId),
    person: Type.Optional(NewBookingPerson),
    reason: Type.Optional(Type.String({ maxLength: 500 })),
    /** Whom to tell, when not the patient (a daughter's number). */
    contactPhone: Type.Optional(Phone),
    visitorToken: Type.Optional(Token),
  }),
  response: AppointmentView,
});

const OfAppointment = Type.Object({ appointmentId: Id });

export const readAppointment = contract({
  method: 'GET', path: '/api/appointments/:appointmentId', needs: 'session.own',
  summary: 'One appointment: of oneself or one’s family, or of any patient for those who operate booking or receive visits.',
  params: OfAppointment, response: AppointmentView,
});

export const moveAppointment = contract({
  method: 'POST', path: '/api/appointments/:appointmentId/move', needs: 'session.own',
  summary: 'Moves an appointment to a held seat: the new seat is certain before the old one is free.',
  params: OfAppointment, body: Type.Object({ holdToken: Token }), response: AppointmentView,
});

export const CancelReason = Type.Union([Type.Literal('patient'), Type.Literal('hospital'), Type.Literal('mistake')]);

export const cancelAppointment = contract({
  method: 'POST', path: '/api/appointments/:appointmentId/cancel', needs: 'session.own',
  summary: 'Cancels an appointment; its seat goes to the waiting list at once.',
  params: OfAppointment, body: Type.Object({ reason: Type.Optional(CancelReason) }), response: AppointmentView,
});

export const confirmAppointment = contract({
  method: 'POST', path: '/api/appointments/:appointmentId/confirm', needs: 'session.own',
  summary: 'Says that the patient will come.',
  params: OfAppointment, response: AppointmentView,
});

export const listMyAppointments = contract({
  method: 'GET', path: '/api/my/appointments', needs: 'booking.own',
  summary: 'Appointments of oneself and one’s family: coming ones first in order of time, then those of the last year.',
  query: Type.Object({ patientId: Type.Optional(PatientId) }),
  response: Type.Object({ coming: Type.Array(AppointmentView), past: Type.Array(AppointmentView) }),
});

export const listPatientAppointments = contract({
  method: 'GET', path: '/api/patients/:patientId/appointments', needs: 'booking.operate',
  summary: 'Coming and past appointments of a patient, for the operator and the desk.',
  params: Type.Object({ patientId: PatientId }),
  response: Type.Object({ coming: Type.Array(AppointmentView), past: Type.Array(AppointmentView) }),
});

export const WaitingEntry = Type.Object({
  id: Text,
  patientId: Text,
  patientName: Text,
  specialty: Type.Optional(Named),
  doctor: Type.Optional(Named),
  visitType: Named,
  /** Any day from … until …, at any time or in one half of the day. */
  from: Day,
  until: Day,
  part: Type.Union([Type.Literal('any'), Type.Literal('morning'), Type.Literal('afternoon')]),
  state: Type.Union([Type.Literal('waiting'), Type.Literal('offered'), Type.Literal('taken'), Type.Literal('withdrawn'), Type.Literal('past')]),
  /** A seat that became free, held for this person until `until`. Book it with its `holdToken`. */
  offer: Type.Optional(BookingHold),
});
export type WaitingEntry = Static<typeof WaitingEntry>;

export const joinWaitingList = contract({
  method: 'POST', path: '/api/booking/waiting-list', needs: 'session.own',
  summary: 'Asks to be offered the first seat that becomes free; the seat is then held for some time and the person told.',
  body: Type.Object({
    patientId: PatientId, specialty: Type.Optional(Id), doctor: Type.Optional(Id), visitType: Type.Optional(Code),
    from: Day, until: Day, part: Type.Optional(Type.Union([Type.Literal('any'), Type.Literal('morning'), Type.Literal('afternoon')])),
  }),
  response: WaitingEntry,
});

export const listMyWaiting = contract({
  method: 'GET', path: '/api/booking/waiting-list', needs: 'session.own',
  summary: 'What one waits for: for oneself and one’s family, or (`patientId`, operators) for a patient.',
  query: Type.Object({ patientId: Type.Optional(PatientId) }),
  response: Type.Object({ entries: Type.Array(WaitingEntry) }),
});

export const leaveWaitingList = contract({
  method: 'DELETE', path: '/api/booking/waiting-list/:entryId', needs: 'session.own',
  summary: 'Waits no longer; a seat offered goes to the next.',
  params: Type.Object({ entryId: Type.String({ pattern: '^[0-9a-f\\-]{36}$' }) }), response: Type.Object({ withdrawn: Type.Boolean() }),
});

export const sendVisitorCode = contract({
  method: 'POST', path: '/api/public/booking/codes', needs: 'open',
  summary: 'Sends a code of six digits to a telephone number, to book without an account. The answer is the same for every number.',
  body: Type.Object({ phone: Phone }),
  response: Type.Object({ waitSeconds: Type.Integer(), validMinutes: Type.Integer() }),
});

export const verifyVisitorCode = contract({
  method: 'POST', path: '/api/public/booking/verify', needs: 'open',
  summary: 'Gives a visitor token for a right code; it serves for half an hour to hold, book and see the appointments made by that number.',
  body: Type.Object({ phone: Phone, code: Type.String({ pattern: '^\\d{6}$' }) }),
  response: Type.Object({ visitorToken: Text, until: Instant }),
});

const ByCode = { code: Type.String({ minLength: 8, maxLength: 24 }), phone: Phone };

export const readPublicAppointment = contract({
  method: 'POST', path: '/api/public/booking/appointments/read', needs: 'open',
  summary: 'An appointment by its code and the telephone number it was booked with.',
  body: Type.Object(ByCode), response: AppointmentView,
});

export const movePublicAppointment = contract({
  method: 'POST', path: '/api/public/booking/appointments/move', needs: 'open',
  summary: 'Moves an appointment by its code and telephone number to a seat held with a visitor token of that number.',
  body: Type.Object({ ...ByCode, holdToken: Token }), response: AppointmentView,
});

export const cancelPublicAppointment = contract({
  method: 'POST', path: '/api/public/booking/appointments/cancel', needs: 'open',
  summary: 'Cancels an appointment by its code and telephone number.',
  body: Type.Object(ByCode), response: AppointmentView,
});

export const confirmPublicAppointment = contract({
  method: 'POST', path: '/api/public/booking/appointments/confirm', needs: 'open',
  summary: 'Says, by code and telephone number, that the patient will come.',
  body: Type.Object(ByCode), response: AppointmentView,
});
