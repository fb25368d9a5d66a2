import { parseLossless, validateResource, type Resource } from '@sen/fhir';
import type { OperationAnswer, OperationCall } from '../../../platform/operation.ts';
import { badOperationParameter, operationParameters } from '../../../platform/operation-parameters.ts';
import type { Work } from '../../../platform/work.ts';
import { checkResource } from '../check-resource.ts';
import { readCurrent } from '../read-resource.ts';
import { writeOver } from '../update-resource.ts';

interface Coding {
  readonly system?: string;
  readonly code?: string;
}

interface Labels {
  readonly profile?: readonly string[];
  readonly security?: readonly Coding[];
  readonly tag?: readonly Coding[];
}

type Change = (labels: Labels, asked: Labels) => Labels;

/** Answers `[type]/[id]/$meta` (R4 resource-operation-meta.html): the meta of a resource. */
export async function readMeta(work: Work, { type = '', id = '' }: OperationCall): Promise<OperationAnswer> {
  const { json } = await readCurrent(work, type, id);
  return answer((parseLossless(json.toString()) as Resource).meta);
}

/** Answers `$meta-add`: adds profiles, tags and security labels in a new version; what is there already stays as it is. */
export async function addMeta(work: Work, call: OperationCall): Promise<OperationAnswer> {
  return changeMeta(work, call, (labels, asked) => ({
    profile: [...(labels.profile ?? []), ...(asked.profile ?? []).filter((one) => labels.profile?.includes(one) !== true)],
    security: [...(labels.security ?? []), ...without(asked.security, labels.security)],
    tag: [...(labels.tag ?? []), ...without(asked.tag, labels.tag)],
  }));
}

/** Answers `$meta-delete`: takes profiles, tags and security labels away in a new version. */
export async function deleteMeta(work: Work, call: OperationCall): Promise<OperationAnswer> {
  return changeMeta(work, call, (labels, asked) => ({
    profile: (labels.profile ?? []).filter((one) => asked.profile?.includes(one) !== true),
    security: without(labels.security, asked.security),
    tag: without(labels.tag, asked.tag),
  }));
}

async function changeMeta(work: Work, call: OperationCall, change: Change): Promise<OperationAnswer> {
  const { type = '', id = '' } = call;
  const [asked] = operationParameters(call).values('meta');
  if (!isMeta(asked)) throw badOperationParameter('meta', 'a valueMeta with profiles, tags or security labels');
  await readCurrent(work, type, id);
  const written = await writeOver(work, {
    type, id, method: 'PUT',
    content: (current) => checkResource(type, relabelled(parseLossless(current?.json?.toString() ?? '{}') as Resource, asked, change)),
  });
  return answer((parseLossless(String(written.json)) as Resource).meta);
}

function isMeta(asked: unknown): asked is Labels {
  const parameters = { resourceType: 'Parameters', parameter: [{ name: 'meta', valueMeta: asked }] };
  return typeof asked === 'object' && asked !== null && validateResource(parameters).every(({ severity }) => severity !== 'error');
}

function relabelled(resource: Resource, asked: Labels, change: Change): Resource {
  const { profile: _profile, security: _security, tag: _tag, ...rest } = (resource.meta ?? {}) as Labels & object;
  const labels = Object.entries(change((resource.meta ?? {}) as Labels, asked)).filter(([, list]) => (list as readonly unknown[]).length > 0);
  return { ...resource, meta: { ...rest, ...Object.fromEntries(labels) } };
}

function without(codings: readonly Coding[] | undefined, others: readonly Coding[] | undefined): Coding[] {
  return (codings ?? []).filter((one) => others?.some(({ system, code }) => system === one.system && code === one.code) !== true);
}

function answer(meta: unknown): OperationAnswer {
  return { resource: { resourceType: 'Parameters', parameter: [{ name: 'return', valueMeta: meta }] } };
}
