import { parseLossless, type Resource } from '@sen/fhir';
import type { Work } from '../../../platform/work.ts';
import { loadCurrents, type Current } from '../store.ts';
import { idFor } from './definition-package.ts';

export interface PlannedDefinition {
  readonly resource: Resource;
  /** What is there under the id; undefined where nothing is. */
  readonly current: Current | undefined;
}

/**
 * Gives definitions the ids under which they are stored. Guides number theirs by names such as `patient`: one whose id belongs to another
 * canonical gets an id of its own.
 */
export async function planDefinitions(work: Work, resources: readonly Resource[]): Promise<PlannedDefinition[]> {
  const named = resources.map((resource) => withId(resource, false));
  const currents = await currentsOf(work, named);
  const renamed = named.map((resource, i) => (isOther(resource, currents[i]) ? withId(resources[i] as Resource, true) : resource));
  const others = await currentsOf(work, renamed);
  return renamed.map((resource, i) => ({ resource, current: others[i] }));
}

function withId(resource: Resource, taken: boolean): Resource {
  return { ...resource, id: resource.resourceType === 'NamingSystem' ? resource.id! : idFor(resource, taken) };
}

function currentsOf(work: Work, resources: readonly Resource[]): Promise<(Current | undefined)[]> {
  return loadCurrents(work.db, resources.map(({ resourceType: type, id }) => ({ type, id: id! })), false);
}

function isOther(resource: Resource, current: Current | undefined): boolean {
  if (current?.json === undefined || resource['url'] === undefined) return false;
  return (parseLossless(current.json.toString()) as Resource)['url'] !== resource['url'];
}
