// Patient/$match in FHIR's shapes: what is asked, who is known, and the Bundle of the answer (R4 patient-operation-match.html).
import { validateResource, type Resource } from '@sen/fhir';
import { descriptionOf } from './fhir.ts';
import type { Description } from './likeness/description.ts';
import type { Likeness } from './likeness/likeness.ts';

/** Somebody in the record who may be the one asked for. */
export interface Match extends Likeness {
  readonly patient: Resource;
}

/** The description that a Patient gives, or what is wrong with it. */
export function descriptionAsked(resource: unknown): Description | string {
  const patient = resource as Resource | undefined;
  if (patient?.resourceType !== 'Patient') return 'a Patient, complete or in part';
  const wrong = validateResource(patient).find(({ severity }) => severity === 'error');
  return wrong === undefined ? descriptionOf(patient) : `a valid Patient (${wrong.expression ?? 'Patient'}: ${wrong.diagnostics})`;
}

/** Judges those found, each once, and puts the surest first; who is no longer in use (merged) is nobody. */
export function matchesAmong(found: readonly Resource[], judge: (known: Description) => Likeness | undefined): Match[] {
  const patients = new Map(found.map((patient) => [patient.id ?? '', patient]));
  const matches = [...patients.values()].flatMap((patient): Match[] => {
    const likeness = patient['active'] === false ? undefined : judge(descriptionOf(patient));
    return likeness === undefined ? [] : [{ patient, ...likeness }];
  });
  return matches.sort((a, b) => b.score - a.score || (a.patient.id ?? '').localeCompare(b.patient.id ?? ''));
}

/** The answer: each match with its score and grade. */
export function matchBundle(matches: readonly Match[], total: number, base: string): object {
  const entry = matches.map(({ patient, grade, score }) => ({
    fullUrl: `${base}/Patient/${patient.id}`,
    resource: patient,
    search: { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/match-grade', valueCode: grade }], mode: 'match', score },
  }));
  return { resourceType: 'Bundle', type: 'searchset', total, ...(entry.length === 0 ? {} : { entry }) };
}
