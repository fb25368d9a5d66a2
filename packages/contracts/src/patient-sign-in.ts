// Patients sign in by telephone: the number, the code, then who they are.
import Type from 'typebox';
import { contract } from './route.ts';
import { SignInAnswer } from './session.ts';

const Ticket = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' });
const NextStep = Type.Object({ ticket: Type.String() });

export const requestPhoneCode = contract({
  method: 'POST', path: '/api/session/phone', summary: 'Sends a code to a telephone that is known here; the answer is the same for every number.', needs: 'open',
  body: Type.Object({ phone: Type.String({ minLength: 1, maxLength: 24 }) }), response: NextStep,
});

export const givePhoneCode = contract({
  method: 'POST', path: '/api/session/phone/code', summary: 'Takes the code of the telephone.', needs: 'open',
  body: Type.Object({ ticket: Ticket, code: Type.String({ pattern: '^[0-9 ]{6,7}$' }) }), response: NextStep,
});

export const givePhonePerson = contract({
  method: 'POST', path: '/api/session/phone/person', summary: 'Opens the session of the person with this telephone, personal number and birth date.', needs: 'open',
  body: Type.Object({ ticket: Ticket, citizenNumber: Type.String({ pattern: '^[0-9 ]{12,16}$' }), birthDate: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' }) }), response: SignInAnswer,
});
