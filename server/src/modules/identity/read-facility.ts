// Reads the facility that the reader works for.
import type { Work } from '../../platform/work.ts';
import { readResource } from '../record/index.ts';

/** Gives the facility's name as the record writes it; nothing for those who belong to no facility. */
export async function readFacility(work: Work): Promise<{ id?: string; name?: string }> {
  const { facility: id } = work.actor;
  if (id === undefined) return {};
  const organization = await readResource(work, 'Organization', id);
  const name = organization?.['name'];
  return typeof name === 'string' ? { id, name } : { id };
}
