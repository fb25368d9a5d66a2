// The search parameters of R4, read from the generated table, the few that Sen adds, and those that the house has defined itself.
import type { Resource } from '../resource.ts';
import { compartmentTable, parameterTable } from './parameters.gen.ts';

export type ParameterType = 'token' | 'string' | 'reference' | 'date' | 'number' | 'quantity' | 'uri' | 'composite' | 'special';

export interface SearchParameter {
  readonly code: string;
  readonly type: ParameterType;
  /** Paths in the language of path.ts; for a composite, its contexts (`''` is the resource itself). */
  readonly paths: readonly string[];
  /** Types a reference may point to; `['*']` when any. */
  readonly targets: readonly string[];
  readonly components: readonly { readonly type: ParameterType; readonly paths: readonly string[] }[];
  /** Canonical URL of the SearchParameter resource that defines it; only custom ones have it. */
  readonly definition?: string;
  /** Finds the values where the path language cannot say the expression: the one path is then but a name of its place in the index. */
  readonly evaluate?: (resource: Resource) => readonly EvaluatedValue[];
}

export interface EvaluatedValue {
  /** FHIR type of the value: `CodeableConcept`, `date` … */
  readonly type: string;
  readonly value: unknown;
}

/** Parameters that Sen adds to R4: `Patient?find=` finds by the start of any words of a name, a number or a phone. */
const added: Readonly<Record<string, readonly string[]>> = {
  Patient: ['find|string|name;identifier.value;telecom.value||'],
};

const builtIn = new Map<string, ReadonlyMap<string, SearchParameter>>();
const byType = new Map<string, ReadonlyMap<string, SearchParameter>>();
let custom: ReadonlyMap<string, readonly SearchParameter[]> = new Map();
let version = 0;

/**
 * Every search parameter of a type by its code, `_id`, `_lastUpdated` and the other common ones included. The same map until the custom
 * parameters change: what is made from it may be kept beside it.
 */
export function searchParametersOf(type: string): ReadonlyMap<string, SearchParameter> {
  let found = byType.get(type);
  if (found === undefined) {
    const own = custom.get(type);
    found = own === undefined ? builtInParametersOf(type) : new Map([...builtInParametersOf(type), ...own.filter((p) => !builtInParametersOf(type).has(p.code)).map((p) => [p.code, p] as const)]);
    byType.set(type, found);
  }
  return found;
}

/** The parameters of R4 and of Sen, without those that the house has defined. */
export function builtInParametersOf(type: string): ReadonlyMap<string, SearchParameter> {
  let found = builtIn.get(type);
  if (found === undefined) {
    const lines = [...(parameterTable['Resource'] ?? []), ...(parameterTable[type] ?? []), ...(added[type] ?? [])];
    found = new Map(lines.map(parseParameter).map((p) => [p.code, p]));
    builtIn.set(type, found);
  }
  return found;
}

/** Puts the parameters that the house has defined, by type, in the place of those before. A code of R4 stays what R4 says. */
export function setCustomParameters(parameters: ReadonlyMap<string, readonly SearchParameter[]>): void {
  custom = parameters;
  version++;
  byType.clear();
}

/** Rises whenever the custom parameters change. */
export function searchParametersVersion(): number {
  return version;
}

function parseParameter(line: string): SearchParameter {
  const [code, type, paths, targets, components] = line.split('|') as [string, ParameterType, string, string, string];
  return {
    code,
    type,
    paths: paths.split(';'),
    targets: targets === '' ? [] : targets.split(' '),
    components: components === '' ? [] : components.split('$').map(parseComponent),
  };
}

function parseComponent(text: string): { type: ParameterType; paths: string[] } {
  const cut = text.indexOf(':');
  return { type: text.slice(0, cut) as ParameterType, paths: text.slice(cut + 1).split(';') };
}

const compartments = new Map(
  Object.entries(compartmentTable).map(([name, lines]) => [
    name,
    new Map(lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).split(',')])),
  ]),
);

/** Names of the R4 compartments: Patient, Encounter, RelatedPerson, Practitioner, Device. */
export const compartmentNames: readonly string[] = [...compartments.keys()];

/** The reference parameters that put a resource of a type into a compartment; undefined when the type is no member. */
export function compartmentParameters(compartment: string, type: string): readonly string[] | undefined {
  return compartments.get(compartment)?.get(type);
}

/** The types that can be members of a compartment. */
export function compartmentMembers(compartment: string): readonly string[] {
  return [...(compartments.get(compartment)?.keys() ?? [])];
}

/** The parameter whose value is the date of a resource: it orders the patient's story and is the cheapest to search and sort by. */
export const mainDate: Readonly<Record<string, string>> = {
  AllergyIntolerance: 'date', Appointment: 'date', AuditEvent: 'date', CarePlan: 'date', CareTeam: 'date', Claim: 'created',
  ClinicalImpression: 'date', Communication: 'sent', Composition: 'date', Condition: 'onset-date', Consent: 'date', Contract: 'issued',
  DiagnosticReport: 'date', DocumentReference: 'date', Encounter: 'date', EpisodeOfCare: 'date', ExplanationOfBenefit: 'created',
  FamilyMemberHistory: 'date', Flag: 'date', Goal: 'start-date', ImagingStudy: 'started', Immunization: 'date', Invoice: 'date',
  List: 'date', Media: 'created', MedicationAdministration: 'effective-time', MedicationDispense: 'whenhandedover',
  MedicationRequest: 'authoredon', MedicationStatement: 'effective', Observation: 'date', Patient: 'birthdate', Person: 'birthdate',
  Procedure: 'date', Provenance: 'recorded', QuestionnaireResponse: 'authored', RelatedPerson: 'birthdate', Schedule: 'date',
  ServiceRequest: 'authored', Slot: 'start', Specimen: 'collected', SupplyRequest: 'date', Task: 'authored-on',
};

const preferred = new Set(['patient', 'subject', 'beneficiary', 'individual', 'actor']);

/** The reference parameter that names the one patient a resource is about; others only add membership of the compartment. */
export function patientParameter(type: string): string | undefined {
  if (type === 'Patient') return undefined;
  const members = compartmentParameters('Patient', type) ?? [];
  return members.find((code) => preferred.has(code)) ?? members[0];
}
