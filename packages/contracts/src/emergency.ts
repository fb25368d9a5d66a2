// Break-glass: a record opened in an emergency, and the review that must follow.
import Type, { type Static } from 'typebox';
import { PatientId } from './patients.ts';
import { contract } from './route.ts';

const Text = Type.String();
const Instant = Type.String({ description: 'ISO 8601 instant' });

export const EmergencyReason = Type.Union([
  Type.Literal('life-threat'), Type.Literal('unconscious'), Type.Literal('on-call'), Type.Literal('transfer'), Type.Literal('other'),
]);
export type EmergencyReason = Static<typeof EmergencyReason>;

const PersonShown = Type.Object({ id: Text, name: Text, birthDate: Type.Optional(Text), hospitalNumber: Type.Optional(Text) });

export const EmergencyVerdict = Type.Union([Type.Literal('justified'), Type.Literal('not-justified')]);
export type EmergencyVerdict = Static<typeof EmergencyVerdict>;

export const Emergency = Type.Object({
  id: Text,
  by: Text,
  patient: PersonShown,
  reason: EmergencyReason,
  explanation: Text,
  openedAt: Instant,
  until: Instant,
  /** When its person closed it before its time. */
  closedAt: Type.Optional(Instant),
  reviewDue: Instant,
  overdue: Type.Boolean(),
  /** Which one it was of the same person within 24 hours. */
  dayCount: Type.Integer(),
  /** The reader opened it: somebody else must review it. */
  own: Type.Boolean(),
  review: Type.Optional(Type.Object({ by: Text, at: Instant, verdict: EmergencyVerdict, note: Text })),
});
export type Emergency = Static<typeof Emergency>;

const OfEmergency = Type.Object({ emergencyId: Type.String({ pattern: '^[0-9a-z]{13}$' }) });

export const openEmergency = contract({
  method: 'POST',
  path: '/api/emergencies',
  summary: 'Opens a record in an emergency for a short time; the privacy officers are told, and each is reviewed.',
  needs: 'emergency.open',
  body: Type.Object({
    patientId: PatientId,
    reason: EmergencyReason,
    explanation: Type.String({ minLength: 10, maxLength: 1000, pattern: '\\S.{8,}\\S' }),
  }),
  response: Emergency,
});

export const listOwnEmergencies = contract({
  method: 'GET',
  path: '/api/emergencies/own',
  summary: 'Records the caller has open in an emergency now.',
  needs: 'emergency.open',
  response: Type.Object({ emergencies: Type.Array(Emergency) }),
});

export const closeEmergency = contract({
  method: 'DELETE',
  path: '/api/emergencies/:emergencyId',
  summary: 'Closes before its time a record the caller opened in an emergency.',
  needs: 'emergency.open',
  params: OfEmergency,
  response: Type.Null(),
});

export const listEmergencies = contract({
  method: 'GET',
  path: '/api/emergencies',
  summary: 'Emergency access to review (most urgent first), or reviewed (latest first).',
  needs: 'emergency.review',
  query: Type.Object({ state: Type.Union([Type.Literal('waiting'), Type.Literal('reviewed')]) }),
  response: Type.Object({ emergencies: Type.Array(Emergency), waiting: Type.Integer(), overdue: Type.Integer() }),
});

export const reviewEmergency = contract({
  method: 'POST',
  path: '/api/emergencies/:emergencyId/review',
  summary: 'Closes the review of an emergency access; nobody reviews their own.',
  needs: 'emergency.review',
  params: OfEmergency,
  body: Type.Object({ verdict: EmergencyVerdict, note: Type.String({ minLength: 10, maxLength: 2000, pattern: '\\S.{8,}\\S' }) }),
  response: Emergency,
});

export const Standing = Type.Object({ mayOpen: Type.Boolean(), hours: Type.Integer(), person: PersonShown });
export type Standing = Static<typeof Standing>;

export const readStanding = contract({
  method: 'GET',
  path: '/api/patients/:patientId/standing',
  summary: 'Of whom a chart is that is closed to the caller, and whether the caller may open it in an emergency, for how many hours.',
  needs: 'patient.find',
  params: Type.Object({ patientId: PatientId }),
  response: Standing,
});

export const readAttention = contract({
  method: 'GET',
  path: '/api/attention',
  summary: 'What waits for the caller: reviews of emergency access, requests of data subjects; how many, and how many of them are late.',
  needs: 'session.own',
  response: Type.Object({
    items: Type.Array(Type.Object({ what: Type.Union([Type.Literal('emergencies'), Type.Literal('requests'), Type.Literal('breaches')]), waiting: Type.Integer(), overdue: Type.Integer() })),
  }),
});
