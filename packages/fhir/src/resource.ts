/** A FHIR R4 resource as parsed JSON. Numbers may be RawNumber (json/lossless.ts). */
export interface Resource {
  resourceType: string;
  id?: string;
  meta?: Meta;
  [element: string]: unknown;
}

export interface Meta {
  versionId?: string;
  lastUpdated?: string;
  profile?: string[];
  [element: string]: unknown;
}

/** One finding about a resource, ready for OperationOutcome.issue (R4 §3.2). */
export interface Issue {
  severity: 'error' | 'warning' | 'information';
  /** IssueType code of R4: `structure`, `required`, `value`, `invariant`, `not-found` … */
  code: string;
  /** English text; says what is wrong and what would be right. */
  diagnostics: string;
  /** FHIRPath of the element concerned, such as `Patient.name[0].family`. */
  expression?: string;
  /** Key of the constraint that does not hold: `pat-1`. */
  key?: string;
  /** The same as the diagnostics, in Vietnamese, where we have a sentence. */
  vi?: string;
}
