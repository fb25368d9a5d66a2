// [type]/$validate and [type]/[id]/$validate (R4 resource-operation-validate.html).
import { isResourceType, parseLossless, type Issue, type ProfileFinding, type Resource } from '@sen/fhir';
import { badOperationParameter, operationParameters, type OperationParameters } from '../../../platform/operation-parameters.ts';
import type { OperationAnswer, OperationCall } from '../../../platform/operation.ts';
import type { Work } from '../../../platform/work.ts';
import { issue } from '../refusals.ts';
import { loadSeen } from '../access/load-seen.ts';
import type { Current } from '../store.ts';
import { outcomeOf } from './outcome.ts';
import { reviewResource } from './review-resource.ts';

const modes = ['create', 'update', 'delete', 'profile'] as const;
type Mode = (typeof modes)[number];

interface Asked {
  readonly type: string;
  readonly id: string | undefined;
  readonly mode: Mode | undefined;
  readonly profiles: readonly string[];
  /** The resource that came along; undefined when the stored one is meant. */
  readonly given: unknown;
}

/** Judges a resource that is sent, or the stored one of the address. Always answers 200 with what was found; stores nothing. */
export async function runValidate(work: Work, call: OperationCall): Promise<OperationAnswer> {
  const asked = readAsked(call);
  const findings = await findingsOf(work, asked);
  return { resource: outcomeOf(findings, work.language) };
}

function readAsked(call: OperationCall): Asked {
  const parameters = operationParameters(call);
  const mode = parameters.text('mode');
  if (mode !== undefined && !modes.includes(mode as Mode)) throw badOperationParameter('mode', modes.join(', '));
  const asked = { type: call.type ?? '', id: call.id, mode: mode as Mode | undefined, profiles: parameters.texts('profile'), given: givenResource(call, parameters) };
  if (asked.id === undefined && asked.mode === 'delete') throw badOperationParameter('mode', 'an address with the id of what is to be deleted');
  if (asked.id === undefined && asked.given === undefined) throw badOperationParameter('resource', 'the resource to validate, or an address with an id,');
  if (asked.mode === 'profile' && asked.profiles.length === 0) throw badOperationParameter('profile', 'the canonical of a profile, with mode=profile,');
  return asked;
}

// A body that is Parameters is the envelope, unless Parameters themselves are to be validated.
function givenResource({ type, body }: OperationCall, parameters: OperationParameters): unknown {
  return parameters.resource('resource') ?? (type === 'Parameters' ? body : undefined);
}

async function findingsOf(work: Work, asked: Asked): Promise<(Issue | ProfileFinding)[]> {
  const { type, id, mode, given, profiles } = asked;
  const current = id === undefined ? undefined : await loadSeen(work, type, id);
  if (mode === 'delete') return current?.json === undefined ? [notThere(asked)] : [];
  if (given === undefined) return current?.json === undefined ? [notThere(asked)] : reviewResource(work, parsed(current), profiles);
  if (typeof given !== 'object' || given === null) return [issue('structure', 'A resource (a JSON object) is expected.', type)];
  const resource = given as Resource;
  const found = await reviewResource(work, resource, profiles);
  return [...addressProblems(asked, resource), ...found];
}

function parsed(current: Current): Resource {
  return parseLossless(String(current.json)) as Resource;
}

function notThere({ type, id }: Asked): Issue {
  return issue('not-found', `${type}/${id} does not exist.`, type);
}

/** What an interaction at this address would refuse, beside the content. */
function addressProblems({ type, id, mode }: Asked, resource: Resource): Issue[] {
  const problems: Issue[] = [];
  if (isResourceType(resource.resourceType) && resource.resourceType !== type) {
    problems.push(issue('invalid', `This address takes ${type}, but the resource is ${resource.resourceType}.`, resource.resourceType));
  }
  if (mode === 'update' && resource.id === undefined) problems.push(issue('required', 'An update needs the id of the resource.', `${type}.id`));
  if (id !== undefined && resource.id !== undefined && resource.id !== id) problems.push(issue('value', `The address names ${type}/${id}, but the resource has another id.`, `${type}.id`));
  return problems;
}
