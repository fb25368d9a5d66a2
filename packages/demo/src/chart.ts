import type { Resource } from '@sen/fhir';
import type { Dice } from './dice.ts';
import type { DepartmentKey, Facility, Reference } from './hospital.ts';
import type { PersonName, People, Sex } from './names.ts';
import type { InsuranceClass } from './numbers.ts';
import type { Staff, StaffMember } from './staff.ts';
import type { Trends } from './trends.ts';

export type Depth = 'full' | 'light';

export interface Person {
  readonly name: PersonName;
  readonly sex: Sex;
  /** Local midnight of the day of birth. */
  readonly born: number;
  readonly people: People;
}

/** One patient's record while it is being written. Resources are added so that a reference only points backwards. */
export interface Chart {
  /** Id of the Patient, and the beginning of every other id. */
  readonly key: string;
  readonly person: Person;
  readonly dice: Dice;
  readonly now: number;
  readonly depth: Depth;
  readonly staff: Staff;
  /** Where this person usually goes. */
  readonly facility: Facility;
  readonly patient: Reference;
  readonly hospitalNumber: string;
  readonly insurance: InsuranceClass;
  readonly insuranceNumber: string;
  readonly trends: Trends;
  /** Cm and kg of an adult; children follow their growth curve. */
  readonly build: { readonly height: number; readonly weight: number };
  readonly pressure: { readonly systolic: number; readonly diastolic: number };
  readonly resources: Resource[];
}

export interface Diagnosis {
  readonly code: string;
  readonly vi: string;
}

/** A problem-list entry already in the chart. */
export interface Problem extends Diagnosis {
  readonly reference: Reference;
}

export interface Visit {
  readonly reference: Reference;
  readonly at: number;
  /** End, also when it lies ahead. */
  readonly end: number;
  readonly kind: VisitKind;
  readonly facility: Facility;
  readonly department: DepartmentKey;
  readonly doctor: StaffMember;
  readonly nurse: StaffMember;
  readonly diagnosis: Diagnosis;
}

export type VisitKind = 'clinic' | 'stay' | 'emergency' | 'dialysis';

/** Adds a resource to the chart and gives a reference to it. */
export function add(chart: Chart, resourceType: string, body: Record<string, unknown>): Reference {
  const id = `${chart.key}-${chart.resources.length}`;
  chart.resources.push({ resourceType, id, ...body });
  return { reference: `${resourceType}/${id}` };
}
