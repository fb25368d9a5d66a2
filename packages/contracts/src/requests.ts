// Requests of data subjects about their personal data (Law 91/2025/QH15), with the days the law gives.
import Type, { type Static } from 'typebox';
import { ConsentCategory, RecipientKind } from './consent.ts';
import { PatientId } from './patients.ts';
import { contract } from './route.ts';

const Text = Type.String();
const Instant = Type.String({ description: 'ISO 8601 instant' });
const Day = Type.String({ description: 'yyyy-mm-dd' });

export const RequestKind = Type.Union([
  Type.Literal('see'), Type.Literal('correct'), Type.Literal('copy'), Type.Literal('restrict'), Type.Literal('delete'), Type.Literal('withdraw'), Type.Literal('object'),
]);
export type RequestKind = Static<typeof RequestKind>;

export const RequestState = Type.Union([
  Type.Literal('received'), Type.Literal('answered'), Type.Literal('in-work'), Type.Literal('done'), Type.Literal('refused'), Type.Literal('cancelled'),
]);
export type RequestState = Static<typeof RequestState>;

export const RefusalReason = Type.Union([
  Type.Literal('retention'), Type.Literal('identity'), Type.Literal('others-rights'), Type.Literal('legal-duty'), Type.Literal('no-basis'),
]);
export type RefusalReason = Static<typeof RefusalReason>;

export const IdentityProof = Type.Union([Type.Literal('signed-in'), Type.Literal('identity-card'), Type.Literal('known-phone')]);
export type IdentityProof = Static<typeof IdentityProof>;

export const DataRequest = Type.Object({
  id: Text,
  number: Text,
  patient: Type.Object({ id: Text, name: Text, birthDate: Type.Optional(Text), hospitalNumber: Type.Optional(Text) }),
  kind: RequestKind,
  details: Text,
  channel: Type.Union([Type.Literal('app'), Type.Literal('desk'), Type.Literal('letter')]),
  identity: Type.Optional(IdentityProof),
  state: RequestState,
  receivedAt: Instant,
  answerDue: Day,
  workDue: Day,
  /** Working days left until what is due next; negative when late; absent when closed. */
  daysLeft: Type.Optional(Type.Integer()),
  closedAt: Type.Optional(Instant),
  reason: Type.Optional(RefusalReason),
  reply: Type.Optional(Text),
  /** Until when the copy may be fetched; absent when there is none or it was fetched. */
  copyUntil: Type.Optional(Instant),
  copiedAt: Type.Optional(Instant),
  steps: Type.Array(Type.Object({ at: Instant, by: Text, step: Text, note: Type.Optional(Text) })),
});
export type DataRequest = Static<typeof DataRequest>;

const Details = Type.String({ minLength: 0, maxLength: 4000 });
const OfRequest = Type.Object({ requestId: Type.String({ pattern: '^[0-9a-z]{13}$' }) });
const Requests = Type.Object({ requests: Type.Array(DataRequest) });

export const listOwnRequests = contract({
  method: 'GET', path: '/api/my/requests', summary: 'Requests of the caller, and of those the caller acts for, newest first.', needs: 'request.own', response: Requests,
});

export const makeOwnRequest = contract({
  method: 'POST',
  path: '/api/my/requests',
  summary: 'Makes a request about one’s own personal data.',
  needs: 'request.own',
  body: Type.Object({ patientId: PatientId, kind: RequestKind, details: Details }),
  response: DataRequest,
});

export const cancelOwnRequest = contract({
  method: 'DELETE', path: '/api/my/requests/:requestId', summary: 'Takes back a request that is still open.', needs: 'request.own', params: OfRequest, response: Type.Null(),
});

export const listRequests = contract({
  method: 'GET',
  path: '/api/requests',
  summary: 'Requests of data subjects: open ones by what is due first, or closed ones, latest first.',
  needs: 'request.handle',
  query: Type.Object({ state: Type.Union([Type.Literal('open'), Type.Literal('closed')]) }),
  response: Requests,
});

export const readRequest = contract({
  method: 'GET', path: '/api/requests/:requestId', summary: 'One request with all its steps.', needs: 'request.handle', params: OfRequest, response: DataRequest,
});

export const receiveRequest = contract({
  method: 'POST',
  path: '/api/requests',
  summary: 'Takes down a request made at the desk or by letter.',
  needs: 'request.handle',
  body: Type.Object({
    patientId: PatientId, kind: RequestKind, details: Details, channel: Type.Union([Type.Literal('desk'), Type.Literal('letter')]), identity: Type.Optional(IdentityProof),
  }),
  response: DataRequest,
});

export const changeRequest = contract({
  method: 'POST',
  path: '/api/requests/:requestId/steps',
  summary: 'The next step of a request: who it is was checked, answered, taken into work, done, refused.',
  needs: 'request.handle',
  params: OfRequest,
  body: Type.Object({
    step: Type.Union([Type.Literal('identify'), Type.Literal('answer'), Type.Literal('begin'), Type.Literal('finish'), Type.Literal('refuse')]),
    identity: Type.Optional(IdentityProof),
    reason: Type.Optional(RefusalReason),
    /** Words to the person; they stand in the letter. */
    reply: Type.Optional(Type.String({ maxLength: 4000 })),
    /** Of `restrict` and `object`: what is closed to whom. */
    restriction: Type.Optional(Type.Object({ recipient: Type.Object({ kind: RecipientKind, reference: Type.String({ maxLength: 100 }) }), category: ConsentCategory })),
    /** Of `withdraw`: the consents that end. */
    consents: Type.Optional(Type.Array(Type.String({ pattern: '^[A-Za-z0-9.\\-]{1,64}$' }), { maxItems: 50 })),
  }),
  response: DataRequest,
});

export const Breach = Type.Object({
  id: Text,
  foundAt: Instant,
  noticeDue: Instant,
  what: Text,
  dataKinds: Text,
  people: Type.Optional(Type.Integer()),
  measures: Text,
  recordedBy: Text,
  notifiedAt: Type.Optional(Instant),
  noticeNumber: Type.Optional(Text),
  subjectsToldAt: Type.Optional(Instant),
  closedAt: Type.Optional(Instant),
});
export type Breach = Static<typeof Breach>;

export const listBreaches = contract({
  method: 'GET', path: '/api/breaches', summary: 'Breaches of personal data, open ones first, each with its clock of 72 hours.', needs: 'emergency.review', response: Type.Object({ breaches: Type.Array(Breach) }),
});

export const recordBreach = contract({
  method: 'POST',
  path: '/api/breaches',
  summary: 'Records a breach of personal data; the authority is to be told within 72 hours of finding it.',
  needs: 'emergency.review',
  body: Type.Object({
    foundAt: Instant,
    what: Type.String({ minLength: 10, maxLength: 4000 }),
    dataKinds: Type.String({ minLength: 3, maxLength: 1000 }),
    people: Type.Optional(Type.Integer({ minimum: 0 })),
    measures: Type.String({ minLength: 3, maxLength: 4000 }),
  }),
  response: Breach,
});

export const changeBreach = contract({
  method: 'POST',
  path: '/api/breaches/:breachId',
  summary: 'Says that the authority was told (with the number of the notice), that the people were told, or that the matter is closed.',
  needs: 'emergency.review',
  params: Type.Object({ breachId: Type.String({ pattern: '^[0-9a-z]{13}$' }) }),
  body: Type.Object({ step: Type.Union([Type.Literal('notified'), Type.Literal('subjects-told'), Type.Literal('closed')]), noticeNumber: Type.Optional(Type.String({ maxLength: 100 })) }),
  response: Breach,
});
