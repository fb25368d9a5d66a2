// What a client wants exported: Bulk Data Access IG 2.0.0, export, query parameters.
import { operationParameters, type OperationParameters } from '../../platform/operation-parameters.ts';
import type { OperationCall } from '../../platform/operation.ts';
import type { Work } from '../../platform/work.ts';
import { checkExportFilter, listExportTypes } from '../record/index.ts';
import { patientIdOf, typeFiltersOf } from './fhir.ts';
import type { ExportAsked } from './job.ts';
import { badExport, notAsynchronous, unsupportedParameter } from './refusals.ts';

const known = new Set(['_outputFormat', '_since', '_type', '_typeFilter', '_elements', 'patient', 'includeAssociatedData', '_format', '_pretty']);
const formats = new Set(['application/fhir+ndjson', 'application/ndjson', 'ndjson']);
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** Reads a kick-off request. Refuses (400) what is wrong and, unless the client is lenient, what is not supported. */
export async function readExport(work: Work, call: OperationCall): Promise<ExportAsked> {
  checkAsynchronous(call);
  const given = operationParameters(call);
  const ignored = ignoredOf(call, given);
  const format = given.text('_outputFormat')?.replace(' ', '+');
  if (format !== undefined && !formats.has(format)) throw badExport('_outputFormat', 'application/fhir+ndjson is the format of exports.');
  const level = levelOf(call);
  const types = await typesOf(work, level, given, ignored, isLenient(call));
  const since = sinceOf(given);
  const patients = patientsOf(level, given);
  return {
    level,
    ...(call.id === undefined ? {} : { group: call.id }),
    ...(types === undefined ? {} : { types }),
    ...(since === undefined ? {} : { since }),
    ...(patients === undefined ? {} : { patients }),
    filters: await filtersOf(work, given, types),
    elements: listOf(given, '_elements'),
    ignored,
  };
}

/** Refuses (400) a call that does not ask to be answered later (IG 2.0.0: Prefer: respond-async). */
export function checkAsynchronous({ prefer }: Pick<OperationCall, 'prefer'>): void {
  if (!/(?:^|[,;\s])respond-async(?:$|[,;\s])/i.test(prefer)) throw notAsynchronous();
}

function isLenient({ prefer }: OperationCall): boolean {
  return /(?:^|[,;\s])handling\s*=\s*"?lenient/i.test(prefer);
}

function levelOf({ type }: OperationCall): ExportAsked['level'] {
  return type === undefined ? 'system' : (type as 'Patient' | 'Group');
}

function ignoredOf(call: OperationCall, given: OperationParameters): string[] {
  const body = (call.body as { parameter?: readonly { name: string }[] } | undefined)?.parameter ?? [];
  const names = new Set([...call.query.keys(), ...body.map(({ name }) => name)]);
  const unsupported = [...names].filter((name) => !known.has(name)).map((name) => [name.slice(0, 64), 'is not known here.'] as const);
  const associated = listOf(given, 'includeAssociatedData').map((value) => ['includeAssociatedData', `${value.slice(0, 64)} is not offered: ask for Provenance by _type.`] as const);
  const all = [...unsupported, ...associated];
  const [first] = all;
  if (first !== undefined && !isLenient(call)) throw unsupportedParameter(first[0], first[1]);
  return all.map(([name, why]) => `${name}: ${why}`);
}

function listOf(given: OperationParameters, name: string): string[] {
  return given.texts(name).flatMap((text) => text.split(',')).map((text) => text.trim()).filter((text) => text !== '');
}

async function typesOf(work: Work, level: ExportAsked['level'], given: OperationParameters, ignored: string[], lenient: boolean): Promise<readonly string[] | undefined> {
  const asked = listOf(given, '_type');
  if (asked.length === 0) return undefined;
  const types = await listExportTypes(work.db, level === 'system' ? 'system' : 'Patient', asked);
  const outside = asked.filter((type) => !types.includes(type));
  if (outside.length > 0 && !lenient) throw unsupportedParameter('_type', `${outside.join(', ')} is not in the compartment of a patient.`);
  ignored.push(...outside.map((type) => `_type: ${type} is not in the compartment of a patient.`));
  return types;
}

function sinceOf(given: OperationParameters): number | undefined {
  const text = given.text('_since')?.replace(' ', '+');
  if (text === undefined) return undefined;
  const since = instant.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(since)) throw badExport('_since', 'an instant is expected, such as 2026-03-02T08:00:00+07:00.');
  return since;
}

function patientsOf(level: ExportAsked['level'], given: OperationParameters): string[] | undefined {
  const values = given.values('patient');
  if (values.length === 0) return undefined;
  if (level === 'system') throw badExport('patient', 'patients can be named in an export of patients or of a group only.');
  return values.map((value) => {
    const id = patientIdOf(value);
    if (id === undefined) throw badExport('patient', 'a reference such as Patient/123 is expected.');
    return id;
  });
}

async function filtersOf(work: Work, given: OperationParameters, types: readonly string[] | undefined): Promise<Record<string, string[]>> {
  const filters: Record<string, string[]> = {};
  for (const text of given.texts('_typeFilter')) {
    const queries = typeFiltersOf(text);
    if (queries === undefined) throw badExport('_typeFilter', 'a search such as Observation?status=final is expected.');
    for (const { type, query } of queries) {
      if (types !== undefined && !types.includes(type)) throw badExport('_typeFilter', `${type} is not among the types of _type.`);
      await checkExportFilter(work, type, query);
      (filters[type] ??= []).push(query);
    }
  }
  return filters;
}
