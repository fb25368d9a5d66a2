import { validateResource, type Resource } from '@sen/fhir';
import { invalidResource, issue, wrongType } from './refusals.ts';

export interface CheckOptions {
  /** Accepts `Patient?identifier=…` as a reference: only inside a transaction. */
  readonly conditionalReferences?: boolean;
  /** FHIRPath of the resource inside a Bundle, put before every expression. */
  readonly at?: string;
}

/** Refuses (400, R4 §3.1.0.8) what is not a valid resource of the type; gives it back typed. */
export function checkResource(type: string, resource: unknown, options: CheckOptions = {}): Resource {
  if (typeof resource !== 'object' || resource === null || Array.isArray(resource)) {
    throw invalidResource([issue('structure', `A ${type} resource (a JSON object) is expected.`, options.at ?? type)]);
  }
  const candidate = resource as Resource;
  if (candidate.resourceType !== type) throw wrongType(type, candidate.resourceType);
  const issues = validateResource(candidate, { conditionalReferences: options.conditionalReferences === true });
  const errors = issues.filter((found) => found.severity === 'error');
  if (errors.length > 0) throw invalidResource(options.at === undefined ? errors : errors.map((found) => placed(found, type, options.at!)));
  return candidate;
}

function placed<T extends { expression?: string }>(found: T, type: string, at: string): T {
  const path = found.expression ?? type;
  return { ...found, expression: path.startsWith(type) ? at + path.slice(type.length) : `${at}.${path}` };
}
