import { parse, valueFromASTUntyped, type DocumentNode, type FragmentDefinitionNode, type GraphQLError, type OperationDefinitionNode } from 'graphql';
import type { OperationAnswer, OperationCall } from '../../../platform/operation.ts';
import { operationParameters } from '../../../platform/operation-parameters.ts';
import type { Work } from '../../../platform/work.ts';
import { readResource } from '../read-resource.ts';
import { resourceNotFound } from '../refusals.ts';
import { Budget, graphqlLimits } from './budget.ts';
import type { Document } from './fields.ts';
import { fillObject, fillRoot, frameOf, type Execution } from './answer-fields.ts';
import { GraphqlError } from './graphql-error.ts';
import { emptyOut, into, type Out } from './place.ts';
import { resourceLoader } from './load-referred.ts';

interface Asked {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * Answers `$graphql` (R4 graphql.html): on the system and on a type `Patient(id:)`, `PatientList(…)` and `PatientConnection(…)`, on an instance the fields
 * of the resource. Queries only; no introspection. Errors stand in the answer, as GraphQL has it.
 */
export async function runGraphql(work: Work, call: OperationCall): Promise<OperationAnswer> {
  const errors: GraphqlError[] = [];
  try {
    const asked = askedIn(call);
    const { document, operation } = documentOf(asked);
    const run: Execution = { work, document, budget: new Budget(), errors, load: resourceLoader(work), bases: [call.base], paths: new Map() };
    const out = emptyOut();
    if (call.type === undefined || call.id === undefined) await fillRoot(run, operation.selectionSet.selections, into(out));
    else await fillInstance(run, call.type, call.id, operation, out);
    return answer(200, { data: out, ...(errors.length === 0 ? {} : { errors: errors.map(told) }) });
  } catch (error) {
    if (!(error instanceof GraphqlError)) throw error;
    return answer(400, { errors: [told(error)] });
  }
}

async function fillInstance(run: Execution, type: string, id: string, operation: OperationDefinitionNode, out: Out): Promise<void> {
  const resource = await readResource(run.work, type, id);
  if (resource === undefined) throw resourceNotFound(type, id);
  await fillObject(run, frameOf(resource, [], 1), operation.selectionSet.selections, into(out));
}

function askedIn(call: OperationCall): Asked {
  const { body, query, contentType } = call;
  if (contentType === 'application/graphql' && typeof body === 'string') return { query: body, operationName: query.get('operationName') ?? undefined, variables: variablesIn(query.get('variables')) };
  const json = (body ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof json['query'] === 'string') return { query: json['query'], operationName: json['operationName'] as string | undefined, variables: objectOf(json['variables']) };
  const parameters = operationParameters(call);
  const text = parameters.text('query');
  if (text === undefined) throw new GraphqlError('There is no query. Send it as ?query=, as a body of application/graphql, or as {"query": …} in JSON.', undefined, []);
  return { query: text, operationName: parameters.text('operationName'), variables: variablesIn(parameters.text('variables') ?? null) };
}

function variablesIn(text: string | null): Readonly<Record<string, unknown>> {
  if (text === null || text === '') return {};
  try {
    return objectOf(JSON.parse(text));
  } catch {
    throw new GraphqlError('variables is not JSON.', undefined, []);
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function documentOf({ query, operationName, variables }: Asked): { document: Document; operation: OperationDefinitionNode } {
  if (query.length > graphqlLimits.textLength) throw new GraphqlError(`The query is longer than ${graphqlLimits.textLength} characters.`, undefined, []);
  const { definitions } = parsed(query);
  const operations = definitions.filter((one): one is OperationDefinitionNode => one.kind === 'OperationDefinition');
  const operation = operationName === undefined ? operations[0] : operations.find(({ name }) => name?.value === operationName);
  if (operation === undefined || (operationName === undefined && operations.length > 1)) throw new GraphqlError('operationName must name one of the operations of the document.', undefined, []);
  if (operation.operation !== 'query') throw new GraphqlError('Only queries are answered; write through the REST API.', undefined, []);
  const fragments = new Map(definitions.filter((one): one is FragmentDefinitionNode => one.kind === 'FragmentDefinition').map((one) => [one.name.value, one]));
  return { document: { fragments, variables: withDefaults(operation, variables), gathered: new WeakMap() }, operation };
}

function parsed(query: string): DocumentNode {
  try {
    return parse(query, { maxTokens: 20_000 });
  } catch (error) {
    if (error instanceof RangeError) throw new GraphqlError('The query nests too deeply.', undefined, []);
    const { message, locations } = error as GraphQLError;
    const at = locations?.[0];
    throw new GraphqlError(`${message}${at === undefined ? '' : ` (line ${at.line}, column ${at.column})`}`, undefined, []);
  }
}

function withDefaults(operation: OperationDefinitionNode, given: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const values = Object.assign(Object.create(null) as Record<string, unknown>, given);
  for (const { variable, defaultValue, type } of operation.variableDefinitions ?? []) {
    const name = variable.name.value;
    if (values[name] === undefined && defaultValue !== undefined) values[name] = valueFromASTUntyped(defaultValue);
    if ((values[name] ?? undefined) === undefined && type.kind === 'NonNullType') throw new GraphqlError(`The variable $${name} needs a value.`, undefined, []);
  }
  return values;
}

function told({ message, locations, path }: GraphqlError): object {
  return { message, ...(locations.length === 0 ? {} : { locations }), ...(path.length === 0 ? {} : { path }) };
}

function answer(status: number, body: object): OperationAnswer {
  return { status, other: { contentType: 'application/json; charset=utf-8', body: JSON.stringify(body) } };
}
