// Codes that the hospital itself has handed out name a person through the module that knows them: a booking, a ticket of today.
import { declareQuestion } from '../../../platform/ports.ts';

/** Whose code was typed or scanned? Answers the id of a patient, and undefined for what is not a code of the module, or of nobody here. */
export const resolveCode = declareQuestion<string, string | undefined>('identity.patient-of-code', () => undefined);
