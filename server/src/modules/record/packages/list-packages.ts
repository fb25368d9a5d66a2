import type { Work } from '../../../platform/work.ts';

/** Gives name → version of the packages that were loaded. */
export async function listPackages(work: Work): Promise<Map<string, string>> {
  const { rows } = await work.db.query<{ name: string; version: string }>({ text: 'select name, version from record.package order by name' });
  return new Map(rows.map(({ name, version }) => [name, version]));
}
