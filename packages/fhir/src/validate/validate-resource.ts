import type { Issue } from '../resource.ts';
import { checkResource } from './compile.ts';
import type { Findings } from './findings.ts';

export interface ValidationOptions {
  /** Stops recording after this many issues; 50 unless told. */
  readonly maxIssues?: number;
  /** Accepts a search as a reference (`Patient?identifier=…`), as entries of a transaction may have; true unless told. */
  readonly conditionalReferences?: boolean;
  /** Tells also what is only a warning: best practice (dom-6), extensions not known here; false unless told. */
  readonly warnings?: boolean;
}

/**
 * Judges parsed JSON as an R4 resource by its structure: names, JSON types, cardinality, choices, primitives,
 * required codes, references, extensions, narrative, and by the constraints of R4's definitions. No error means it may be stored.
 * Every issue has a FHIRPath that begins with the resource type; only those asked for by `warnings` have another severity than `error`.
 * Diagnostics quote no values but codes.
 */
export function validateResource(resource: unknown, options: ValidationOptions = {}): Issue[] {
  const findings: Findings = {
    issues: [],
    maxIssues: options.maxIssues ?? 50,
    errors: 0,
    warnings: options.warnings ?? false,
    depth: 0,
    container: undefined,
    resource: undefined,
    conditionalReferences: options.conditionalReferences ?? true,
  };
  checkResource(resource, findings);
  if (findings.issues.length > 0) addRoot(findings.issues, resource);
  return findings.issues;
}

function addRoot(issues: Issue[], resource: unknown): void {
  const type = (resource as { resourceType?: unknown } | null | undefined)?.resourceType;
  const root = typeof type === 'string' && /^[A-Za-z]{1,64}$/.test(type) ? type : 'Resource';
  for (const issue of issues) issue.expression = issue.expression ? `${root}.${issue.expression}` : root;
}
