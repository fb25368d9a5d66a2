// After the kills: is everything there that was promised, and nothing half?
import { ask, valueOf } from './writer.ts';
import type { Promised, Target } from './writer.ts';

interface Version {
  readonly meta: { readonly versionId: string };
  readonly extension?: { readonly valueInteger?: number }[];
}

/** Everything that is not as promised, one line each; empty when all is well. */
export async function brokenPromises(target: Target, promised: Promised): Promise<string[]> {
  const broken: string[] = [];
  for (const [id, update] of promised.updates) broken.push(...(await judgeUpdates(target, id, update)));
  for (const [name, bundle] of promised.bundles) broken.push(...(await judgeBundle(target, name, bundle)));
  return broken;
}

async function judgeUpdates(target: Target, id: string, { acknowledged, version, sent }: { acknowledged: number; version: number; sent: number }): Promise<string[]> {
  const current = (await readJson(target, `/Basic/${id}`)) as Version | undefined;
  if (current === undefined) return acknowledged > 0 ? [`${id}: acknowledged as version ${version}, but gone`] : [];
  const broken: string[] = [];
  const value = valueOf({ extension: [...(current.extension ?? [])] });
  if (value < acknowledged || value > sent) broken.push(`${id}: holds ${value}, acknowledged ${acknowledged}, sent ${sent}`);
  const history = await readHistory(target, id);
  const versions = history.map((each) => Number(each.meta.versionId));
  if (versions.some((each, index) => each !== versions.length - index)) broken.push(`${id}: versions ${versions.join(' ')}`);
  const values = history.map((each) => valueOf({ extension: [...(each.extension ?? [])] }));
  if (values.some((each, index) => index > 0 && each >= (values[index - 1] ?? 0))) broken.push(`${id}: values ${values.join(' ')}`);
  const then = history.find((each) => Number(each.meta.versionId) === version);
  if (acknowledged > 0 && valueOf({ extension: [...(then?.extension ?? [])] }) !== acknowledged) broken.push(`${id}: version ${version} is not what was acknowledged`);
  return broken;
}

async function judgeBundle(target: Target, name: string, { ids, acknowledged }: { ids: readonly string[]; acknowledged: boolean }): Promise<string[]> {
  let found = 0;
  for (const id of ids) if ((await readJson(target, `/Basic/${id}`)) !== undefined) found += 1;
  if (acknowledged && found < ids.length) return [`${name}: acknowledged, but only ${found} of ${ids.length} are there`];
  return found > 0 && found < ids.length ? [`${name}: half written, ${found} of ${ids.length}`] : [];
}

async function readHistory(target: Target, id: string): Promise<Version[]> {
  const bundle = (await readJson(target, `/Basic/${id}/_history?_count=100`)) as { entry?: { resource: Version }[] } | undefined;
  return (bundle?.entry ?? []).map((entry) => entry.resource);
}

async function readJson(target: Target, path: string): Promise<unknown> {
  const answer = await ask(target, path);
  if (answer === undefined) throw new Error(`no answer to ${path}`);
  if (answer.status === 404) return void (await answer.arrayBuffer());
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}
