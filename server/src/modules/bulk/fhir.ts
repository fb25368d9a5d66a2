// The few FHIR resources that exports and imports read or write themselves.
import { isResourceType, jsonDepthExceeds, parseLossless, type Issue, type Resource } from '@sen/fhir';

/** Members of a Group, as ids. */
export interface Members {
  readonly patients: readonly string[];
  readonly groups: readonly string[];
}

const reference = /(?:^|\/)(Patient|Group)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/;

/** The members of a group that are patients or groups; those marked inactive have left it (R4 Group.member.inactive). */
export function membersOf(group: object): Members {
  const { member = [] } = group as { member?: readonly { entity?: { reference?: string }; inactive?: boolean }[] };
  const links = member.filter(({ inactive }) => inactive !== true).map(({ entity }) => reference.exec(entity?.reference ?? ''));
  const ids = (type: string) => links.flatMap((link) => (link?.[1] === type ? [link[2] as string] : []));
  return { patients: ids('Patient'), groups: ids('Group') };
}

/** Id of the patient that a reference, or its text, names; undefined for anything else. */
export function patientIdOf(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value : (value as { reference?: unknown } | undefined)?.reference;
  const match = typeof text === 'string' ? reference.exec(text) : null;
  return match?.[1] === 'Patient' ? match[2] : undefined;
}

export type Line = { readonly resource: Resource } | { readonly problem: readonly Issue[] };

const DEPTH_MAX = 200;

/** Reads one line of NDJSON. What the parser says of it is not passed on: it quotes the text, which may be a patient's. */
export function lineOf(text: string, type: string | undefined): Line {
  if (jsonDepthExceeds(text, DEPTH_MAX)) return wrong('too-costly', `The JSON nests deeper than ${DEPTH_MAX} levels.`);
  const resource = parsed(text) as Resource | undefined;
  if (typeof resource !== 'object' || resource === null || !isResourceType(String(resource.resourceType))) return wrong('structure', 'A FHIR resource in JSON is expected on each line.');
  if (type !== undefined && resource.resourceType !== type) return wrong('invalid', `A ${type} is expected, but resourceType is ${resource.resourceType}.`);
  return { resource };
}

function parsed(text: string): unknown {
  try {
    return parseLossless(text);
  } catch {
    return undefined;
  }
}

function wrong(code: string, diagnostics: string): Line {
  return { problem: [{ severity: 'error', code, diagnostics }] };
}

/** An OperationOutcome as one line of an error file; `where` is put before each finding. */
export function outcomeLine(issues: readonly Issue[], where = ''): Buffer {
  const issue = issues.map(({ severity, code, diagnostics, expression }) => (
    { severity, code, diagnostics: `${where}${diagnostics}`, ...(expression === undefined ? {} : { expression: [expression] }) }
  ));
  return Buffer.from(JSON.stringify({ resourceType: 'OperationOutcome', issue }));
}

/** A transaction that deletes resources, as one line of a file of `deleted` (Bulk Data IG 2.0.0, response – complete status). */
export function deletionLine(type: string, ids: readonly string[]): Buffer {
  const entry = ids.map((id) => ({ request: { method: 'DELETE', url: `${type}/${id}` } }));
  return Buffer.from(JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry }));
}

/** Splits one value of `_typeFilter`, in which a comma may stand before a further query, as in IG 1. Undefined: no query at all. */
export function typeFiltersOf(text: string): { type: string; query: string }[] | undefined {
  const parts = text.split(/,(?=[A-Z][A-Za-z]+\?)/).map((part) => /^([A-Z][A-Za-z]+)\?(.+)$/.exec(part));
  return parts.some((part) => part === null) ? undefined : parts.map((part) => ({ type: part![1] as string, query: part![2] as string }));
}
