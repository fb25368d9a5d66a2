// Our own Vietnamese profiles and value sets in the record, where clients can read and search them.
import { createHash } from 'node:crypto';
import type { Resource } from '@sen/fhir';
import { packageName, packageResources, packageVersion } from '@sen/vietnam';
import { listPackages, loadPackage } from '../modules/record/index.ts';
import type { House } from '../platform/module.ts';

/** Loads our package unless this state of it was loaded before: what the hospital has changed since then stays until ours changes. */
export async function loadOwnDefinitions(house: House): Promise<void> {
  const work = house.systemWork();
  const version = `${packageVersion}+${createHash('sha256').update(JSON.stringify(packageResources)).digest('hex').slice(0, 12)}`;
  if ((await listPackages(work)).get(packageName) === version) return;
  const { refused } = await loadPackage(work, { name: packageName, version, dependencies: {}, resources: packageResources as unknown as Resource[] });
  if (refused.length > 0) throw new Error(`the record refuses a definition of our own: ${JSON.stringify(refused[0])}`);
}
