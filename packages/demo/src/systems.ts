// Every identifier and code system the demo hospital writes.
export const systems = {
  /** Citizen identification number, 12 digits. The name is the one of the community guide VN Core FHIR IG. */
  citizen: 'http://fhir.hl7.org.vn/core/sid/cccd',
  /** Social health insurance card: 15 characters, or the 10 digits of the social insurance number. */
  insuranceCard: 'http://fhir.hl7.org.vn/core/sid/bhyt',
  facility: 'http://fhir.hl7.org.vn/core/sid/cskcb',
  practiceLicence: 'http://fhir.hl7.org.vn/core/sid/cchn',
  hospitalNumber: 'urn:sen:sid:hospital-number',
  visitNumber: 'urn:sen:sid:visit-number',
  prescriptionNumber: 'urn:sen:sid:prescription-number',
  orderNumber: 'urn:sen:sid:order-number',
  documentNumber: 'urn:sen:sid:document-number',
  department: 'urn:sen:cs:department',
  /** What a room is for in the queue (Location.type). */
  station: 'urn:sen:cs:station',
  localTest: 'urn:sen:cs:test',
  icd10: 'http://hl7.org/fhir/sid/icd-10',
  icd9cm: 'http://hl7.org/fhir/sid/icd-9-cm',
  cvx: 'http://hl7.org/fhir/sid/cvx',
  loinc: 'http://loinc.org',
  snomed: 'http://snomed.info/sct',
  atc: 'http://www.whocc.no/atc',
  ucum: 'http://unitsofmeasure.org',
} as const;

const hl7 = 'http://terminology.hl7.org/CodeSystem';

export interface Coding {
  readonly system: string;
  readonly code: string;
  readonly display: string;
}

export interface Concept {
  readonly coding?: readonly Coding[];
  readonly text?: string;
}

/** One coded concept whose text is its display. */
export function concept(system: string, code: string, display: string): Concept {
  return { coding: [{ system, code, display }], text: display };
}

/** One coded concept of HL7's own terminology, named by the last part of its system's address. */
export function hl7Concept(system: string, code: string, display: string): Concept {
  return { coding: [{ system: `${hl7}/${system}`, code, display }] };
}

export function hl7Coding(system: string, code: string, display: string): Coding {
  return { system: `${hl7}/${system}`, code, display };
}

export interface Quantity {
  readonly value: number;
  readonly unit: string;
  readonly system: string;
  readonly code: string;
}

/** A quantity with the unit people read and the UCUM code machines read. */
export function quantity(value: number, unit: string, ucum: string): Quantity {
  return { value, unit, system: systems.ucum, code: ucum };
}
