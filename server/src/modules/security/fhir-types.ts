// What security needs to know of FHIR: names of types and elements, keys of ids, and which types tell of a patient.
import { compartmentParameters, isResourceType, keyOf, resourceTypes, searchParametersOf, structureOf } from '@sen/fhir';

export { isResourceType, keyOf, resourceTypes };

/** Whether resources of a type belong to a patient (compartment of Patient, R4 compartmentdefinition-patient.html). */
export function isAboutPatients(type: string): boolean {
  return type === 'Patient' || compartmentParameters('Patient', type) !== undefined;
}

/** Whether a type has an element of this name at its root (`value` stands for every `value[x]`). */
export function hasElement(type: string, element: string): boolean {
  const structure = structureOf(type);
  return structure !== undefined && (structure.elements.has(element) || structure.choices.has(`${element}[x]`));
}

export function hasSearchParameter(type: string, code: string): boolean {
  return searchParametersOf(type).has(code);
}
