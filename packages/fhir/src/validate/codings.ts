// Required bindings of Coding and CodeableConcept (R4 terminologies.html §4.1.5): a coding of the value set must be there.
import { isPlainCode } from './codes.ts';
import type { RequiredCodings } from '../structure/structure.ts';
import { report, type Findings } from './findings.ts';

interface Coding {
  readonly system?: unknown;
  readonly code?: unknown;
}

/** Reports a concept none of whose codings is required here. What says why it has no code (an extension) is accepted. */
export function checkCodings(value: unknown, type: string, required: RequiredCodings, findings: Findings): void {
  const concept = value as { readonly coding?: readonly Coding[]; readonly extension?: unknown };
  const codings = type === 'Coding' ? [value as Coding] : (concept.coding ?? []);
  if (codings.some((coding) => isRequired(coding, required)) || concept.extension !== undefined) return;
  report(findings, 'code-invalid', describe(codings, required));
}

function isRequired({ system, code }: Coding, required: RequiredCodings): boolean {
  return system === required.system && typeof code === 'string' && (required.codes === undefined || required.codes.has(code));
}

function describe(codings: readonly Coding[], { system, codes }: RequiredCodings): string {
  const wrong = codings.find((coding) => coding.system === system)?.code;
  const found = typeof wrong === 'string' && isPlainCode(wrong) ? `, not "${wrong}"` : '';
  return `must have a coding of system ${system}${codes === undefined ? '' : ` with one of the codes ${[...codes].join(', ')}`}${found}`;
}
