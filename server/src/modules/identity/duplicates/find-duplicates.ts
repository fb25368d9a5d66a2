// Warns while somebody is being typed: who in the record may be this person.
import type { DuplicateCandidate, Registration } from '@sen/contracts';
import type { Work } from '../../../platform/work.ts';
import { dayOf } from '../age.ts';
import { descriptionOf, personLine } from '../fhir.ts';
import type { Match } from '../fhir-match.ts';
import { patientOf } from '../fhir-registration.ts';
import { tidied } from '../registration/form.ts';
import { findAlike } from './find-alike.ts';

const shown = 6;

/** Gives at most six, surest first, with reasons. A draft without a name, a number or a telephone finds nobody. */
export async function findDuplicates(work: Work, draft: Partial<Registration>, except?: string): Promise<DuplicateCandidate[]> {
  const registration = tidied({ kind: 'full', sex: 'unknown', ...draft });
  const asked = descriptionOf(patientOf({ registration, name: registration.name ?? '', hospitalNumber: '', facility: undefined }));
  const matches = await findAlike(work, { ...asked, identifiers: asked.identifiers.filter((one) => !one.endsWith('|')) });
  return matches.filter(({ patient }) => patient.id !== except).slice(0, shown).map((match) => candidateOf(match, dayOf(work.now)));
}

function candidateOf({ patient, bits, score, grade, reasons }: Match, today: string): DuplicateCandidate {
  return { patient: personLine(patient, today), bits, score, grade, reasons: [...reasons] };
}
