import { builtInParametersOf, patientParameter } from './parameters.ts';
import { leafTypesOf } from './path.ts';

const patientCodes = new Map<string, string | undefined>();

/** The path of R4's own parameter `code` of a type about a patient, whose codes are also kept together with the patient; undefined when it has none such. */
export function patientCodePath(type: string): string | undefined {
  if (!patientCodes.has(type)) patientCodes.set(type, findPatientCodePath(type));
  return patientCodes.get(type);
}

function findPatientCodePath(type: string): string | undefined {
  if (patientParameter(type) === undefined) return undefined;
  const [path, ...others] = builtInParametersOf(type).get('code')?.paths ?? [];
  if (path === undefined || others.length > 0) return undefined;
  return leafTypesOf(type, path).every((fhirType) => fhirType === 'CodeableConcept') ? path : undefined;
}
