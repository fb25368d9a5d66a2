// Whose compartment a resource lies in (R4 compartmentdefinition-patient.html), asked of rows and of past versions.
import { compartmentPlace, keyOf, parseLossless, typeCode, type Resource } from '@sen/fhir';
import type { Parameters } from '../search/sql.ts';
import { indexOf } from '../store/index-zone.ts';

/** Keys of patients, or all of them; undefined: whomever it concerns. */
export type Cohort = readonly bigint[] | 'every' | undefined;

/** The cohort of patients named by id. */
export function cohortOf(patients: readonly string[] | 'every' | undefined): Cohort {
  return patients === undefined || patients === 'every' ? patients : patients.map(keyOf);
}

/** More patients than this are looked for row by row, in one pass over the type, instead of each in the index. */
const PATIENTS_BY_INDEX = 200;

/** The condition that a row `r` lies in the compartment of one of the cohort. */
export function cohortCondition(type: string, cohort: Cohort, parameters: Parameters): string {
  if (cohort === undefined || (type === 'Patient' && cohort === 'every')) return 'true';
  if (cohort === 'every') {
    const place = parameters.bigint(compartmentPlace);
    return `(r.patient <> 0 or exists (select from unnest(r.tokens) t join record.resource_patient p on p.type = ${typeCode('Patient')} and p.key = t # ${place}))`;
  }
  const keys = parameters.bigints(cohort);
  if (type === 'Patient') return `r.key = any(${keys})`;
  const others = cohort.length <= PATIENTS_BY_INDEX
    ? `r.tokens && ${parameters.bigints(cohort.map((key) => key ^ compartmentPlace))}`
    : `exists (select from unnest(r.tokens) t where t # ${parameters.bigint(compartmentPlace)} = any(${keys}))`;
  return `((r.patient = any(${keys}) and r.patient <> 0) or ${others})`;
}

/** The same of a past version, which has no index entries any more: they are made once again. */
export function concernsCohort(type: string, cohort: Cohort): (json: Buffer) => boolean {
  if (cohort === undefined || (type === 'Patient' && cohort === 'every')) return () => true;
  const wanted = new Set(cohort === 'every' ? [] : cohort);
  return (json) => {
    const text = json.toString();
    const { patient, tokens } = indexOf(parseLossless(text) as Resource);
    if (cohort === 'every') return patient !== 0n || concernsNamed(text, new Set(tokens));
    return wanted.has(patient) || (type !== 'Patient' && tokens.some((token) => wanted.has(token ^ compartmentPlace)));
  };
}

/** Tells whether one of the patients that a resource names is there by its compartment: an appointment has patients among its participants and no subject. */
function concernsNamed(text: string, tokens: ReadonlySet<bigint>): boolean {
  return [...text.matchAll(/\bPatient\/([A-Za-z0-9\-.]{1,64})/g)].some(([, id = '']) => tokens.has(keyOf(id) ^ compartmentPlace));
}
