// Finding people: what the palette and the home page ask of the server.
import Type, { type Static } from 'typebox';
import { contract } from './route.ts';

const Sex = Type.Union([Type.Literal('male'), Type.Literal('female'), Type.Literal('other'), Type.Literal('unknown')]);
export type Sex = Static<typeof Sex>;

/** Age in the unit a clinician speaks: days under 1 month, months under 6 years, else years. */
export const Age = Type.Object({
  value: Type.Integer(),
  unit: Type.Union([Type.Literal('days'), Type.Literal('months'), Type.Literal('years')]),
});
export type Age = Static<typeof Age>;

export const PatientId = Type.String({ pattern: '^[A-Za-z0-9.\\-]{1,64}$' });

export const PatientMatch = Type.Object({
  id: Type.String(),
  name: Type.String(),
  sex: Sex,
  /** Partial dates stay partial: `1968`, `1968-03`, `1968-03-14`. */
  birthDate: Type.Optional(Type.String()),
  age: Type.Optional(Age),
  /** Present when the person has died: the date, or an empty text when only the fact is known. */
  deceased: Type.Optional(Type.String()),
  hospitalNumber: Type.Optional(Type.String()),
  citizenNumberMasked: Type.Optional(Type.String()),
  phoneMasked: Type.Optional(Type.String()),
  /** Which of its facts the question matched, so that the list can say why a person is there. */
  matchedBy: Type.Union([Type.Literal('name'), Type.Literal('phone'), Type.Literal('citizen-number'), Type.Literal('hospital-number')]),
});
export type PatientMatch = Static<typeof PatientMatch>;

export const findPatients = contract({
  method: 'GET',
  path: '/api/patients',
  summary: 'Finds patients as one types: name without accents in any order, phone, citizen number or hospital number.',
  needs: 'patient.find',
  query: Type.Object({ find: Type.String({ minLength: 1, maxLength: 120 }) }),
  response: Type.Object({ matches: Type.Array(PatientMatch), more: Type.Boolean() }),
});

export const readFacility = contract({
  method: 'GET',
  path: '/api/facility',
  summary: 'The facility that the person signed in works for.',
  needs: 'session.own',
  response: Type.Object({ id: Type.Optional(Type.String()), name: Type.Optional(Type.String()) }),
});

export { Sex };
