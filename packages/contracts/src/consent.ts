// What a patient lets whom see: sharing, restricting, withdrawing.
import Type, { type Static } from 'typebox';
import { PatientId } from './patients.ts';
import { contract } from './route.ts';

const Text = Type.String();

export const ConsentCategory = Type.Union([
  Type.Literal('everything'), Type.Literal('hiv'), Type.Literal('mental-health'), Type.Literal('genetic'), Type.Literal('sexual-health'),
  Type.Literal('substance-use'), Type.Literal('violence'), Type.Literal('documents'), Type.Literal('laboratory'), Type.Literal('medicines'),
]);
export type ConsentCategory = Static<typeof ConsentCategory>;

export const RecipientKind = Type.Union([
  Type.Literal('hospital'), Type.Literal('insurer'), Type.Literal('department'), Type.Literal('person'), Type.Literal('role'), Type.Literal('everyone'),
]);
export type RecipientKind = Static<typeof RecipientKind>;

export const Recipient = Type.Object({
  kind: RecipientKind,
  /** `Organization/x`, `Practitioner/x`; of a role its code; empty for everyone. */
  reference: Text,
  name: Text,
  detail: Type.Optional(Text),
});
export type Recipient = Static<typeof Recipient>;

export const ConsentShown = Type.Object({
  id: Text,
  effect: Type.Union([Type.Literal('share'), Type.Literal('restrict')]),
  /** Absent: everyone in the hospital. */
  recipients: Type.Array(Recipient),
  categories: Type.Array(ConsentCategory),
  since: Text,
  /** The last day it holds. */
  until: Type.Optional(Text),
  active: Type.Boolean(),
  /** Taken down on paper at the desk. */
  onPaper: Type.Boolean(),
  /** It says more than this page can show. */
  complex: Type.Boolean(),
});
export type ConsentShown = Static<typeof ConsentShown>;

const Given = {
  effect: Type.Union([Type.Literal('share'), Type.Literal('restrict')]),
  recipient: Type.Object({ kind: RecipientKind, reference: Type.String({ maxLength: 100 }) }),
  category: ConsentCategory,
  until: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
};

const OfConsent = Type.Object({ consentId: Type.String({ pattern: '^[A-Za-z0-9.\\-]{1,64}$' }) });
const OfPatient = Type.Object({ patientId: PatientId });
const Sharing = Type.Object({ patient: Type.Object({ id: Text, name: Text }), consents: Type.Array(ConsentShown) });
const Find = Type.Object({ kind: RecipientKind, find: Type.Optional(Type.String({ maxLength: 100 })) });
const Recipients = Type.Object({ recipients: Type.Array(Recipient) });

export const listOwnConsents = contract({
  method: 'GET',
  path: '/api/my/consents',
  summary: 'What the caller, and those the caller acts for, have shared and restricted.',
  needs: 'consent.own',
  response: Type.Object({ people: Type.Array(Sharing) }),
});

export const giveOwnConsent = contract({
  method: 'POST',
  path: '/api/my/consents',
  summary: 'Shares or restricts the record of the caller, or of one the caller acts for.',
  needs: 'consent.own',
  body: Type.Object({ patientId: PatientId, ...Given }),
  response: ConsentShown,
});

export const withdrawOwnConsent = contract({
  method: 'DELETE',
  path: '/api/my/consents/:consentId',
  summary: 'Withdraws what was shared or restricted, at once.',
  needs: 'consent.own',
  params: OfConsent,
  response: Type.Null(),
});

export const findOwnRecipients = contract({
  method: 'GET',
  path: '/api/my/recipients',
  summary: 'Hospitals, departments and people to share with or to restrict.',
  needs: 'consent.own',
  query: Find,
  response: Recipients,
});

export const listConsents = contract({
  method: 'GET',
  path: '/api/patients/:patientId/consents',
  summary: 'What a patient has shared and restricted.',
  needs: 'consent.manage',
  params: OfPatient,
  response: Sharing,
});

export const recordConsent = contract({
  method: 'POST',
  path: '/api/patients/:patientId/consents',
  summary: 'Records a consent that a patient gave on paper, with the number of the paper.',
  needs: 'consent.manage',
  params: OfPatient,
  body: Type.Object({
    ...Given,
    /** Number or place of the signed paper. */
    paper: Type.String({ minLength: 3, maxLength: 200 }),
    /** Day it was signed. */
    signedOn: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
  }),
  response: ConsentShown,
});

export const withdrawConsent = contract({
  method: 'DELETE',
  path: '/api/patients/:patientId/consents/:consentId',
  summary: 'Records that a patient has withdrawn a consent.',
  needs: 'consent.manage',
  params: Type.Object({ patientId: PatientId, consentId: Type.String({ pattern: '^[A-Za-z0-9.\\-]{1,64}$' }) }),
  response: Type.Null(),
});

export const findRecipients = contract({
  method: 'GET',
  path: '/api/recipients',
  summary: 'Hospitals, insurers, departments, people and roles that a consent may name.',
  needs: 'consent.manage',
  query: Find,
  response: Recipients,
});
