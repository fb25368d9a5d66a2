import { randomUUID } from 'node:crypto';
import type { OperationAnswer, OperationCall } from '../../platform/operation.ts';
import { operationParameters, type OperationParameters } from '../../platform/operation-parameters.ts';
import type { Work } from '../../platform/work.ts';
import { expandValueSet, type Expansion, type ExpansionWanted } from './expand-value-set.ts';
import { readValueSet, type ValueSetContent } from './fhir-value-set.ts';
import { foldedWords } from './fhir-words.ts';
import { findValueSet, findValueSetOfRecord, type Scope } from './find-definitions.ts';
import { refuseUnsupported } from './parameters.ts';
import { readScope } from './read-scope.ts';
import { badTerminologyParameters } from './refusals.ts';

/** Parameters told back in expansion.parameter, with the type of their value (R4 ValueSet/$expand). */
const echoed = {
  filter: 'String', date: 'DateTime', offset: 'Integer', count: 'Integer', includeDesignations: 'Boolean', designation: 'String', includeDefinition: 'Boolean',
  activeOnly: 'Boolean', excludeNested: 'Boolean', displayLanguage: 'Code', 'exclude-system': 'Uri', 'system-version': 'Uri', 'check-system-version': 'Uri',
  'force-system-version': 'Uri',
} as const;

/** Names of the parameters of $expand that are acted on. */
export const expansionParameters: readonly string[] = Object.keys(echoed);

/** R4 ValueSet/$expand, at the type and at an instance. */
export async function answerExpand(work: Work, call: OperationCall): Promise<OperationAnswer> {
  const parameters = operationParameters(call);
  refuseUnsupported(parameters, ['context', 'contextDirection']);
  const scope = readScope(work, parameters);
  const content = await readAskedValueSet(work, call, parameters, scope);
  const wanted = wantedOf(parameters, scope);
  const expansion = await expandValueSet(work.db, content, wanted);
  return { resource: expanded(content, expansion, parameters, work.now) };
}

/** The value set that a call names: that of the address, `valueSet`, or `url`. Refuses (404) an unknown one, (400) a call that names none. */
export async function readAskedValueSet(work: Work, call: OperationCall, parameters: OperationParameters, scope: Scope): Promise<ValueSetContent> {
  if (call.id !== undefined) return findValueSetOfRecord(work.db, call.id);
  const given = parameters.resource('valueSet') as Readonly<Record<string, unknown>> | undefined;
  if (given !== undefined && given['resourceType'] !== 'ValueSet') throw badTerminologyParameters('valueSet: a ValueSet resource is expected.');
  if (given !== undefined) return readValueSet(given);
  const url = parameters.text('url');
  if (url === undefined) throw badTerminologyParameters('Say which value set: url, valueSet, or ValueSet/[id]/$….');
  const version = parameters.text('valueSetVersion');
  return findValueSet(work.db, version === undefined ? url : `${url}|${version}`, scope);
}

function wantedOf(parameters: OperationParameters, scope: Scope): ExpansionWanted {
  const count = parameters.count('count');
  const offset = parameters.count('offset') ?? 0;
  const words = foldedWords(parameters.text('filter') ?? '');
  return {
    scope, words, offset, count,
    activeOnly: parameters.flag('activeOnly') ?? false,
    // A page of a tree, or of what a filter leaves of it, is a list (R4 ValueSet/$expand, paging).
    nested: parameters.flag('excludeNested') === false && count === undefined && offset === 0,
    language: parameters.text('displayLanguage'),
    designations: parameters.flag('includeDesignations') ?? parameters.texts('designation').length > 0,
    asked: parameters.texts('designation'),
  };
}

function expanded({ definition }: ValueSetContent, { total, contains, versions }: Expansion, parameters: OperationParameters, now: number): object {
  const { compose, expansion: _, ...heading } = definition;
  const withDefinition = parameters.flag('includeDefinition') === true;
  const told = [...echo(parameters), ...versions.map((version) => ({ name: 'version', valueUri: version }))];
  const offset = parameters.count('offset') ?? (parameters.count('count') === undefined ? undefined : 0);
  return {
    ...heading,
    ...(withDefinition && compose !== undefined ? { compose } : {}),
    expansion: {
      identifier: `urn:uuid:${randomUUID()}`, timestamp: new Date(now).toISOString(), ...(total === undefined ? {} : { total }), ...(offset === undefined ? {} : { offset }),
      ...(told.length > 0 ? { parameter: told } : {}), ...(contains.length > 0 ? { contains } : {}),
    },
  };
}

function echo(parameters: OperationParameters): object[] {
  return Object.entries(echoed).flatMap(([name, type]) => parameters.texts(name).map((text) => ({ name, [`value${type}`]: typed(type, text) })));
}

function typed(type: string, text: string): unknown {
  if (type === 'Integer') return Number(text);
  return type === 'Boolean' ? text === 'true' : text;
}
