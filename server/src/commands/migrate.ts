import { readSettings } from '../platform/config.ts';
import { withHouse } from '../start/with-house.ts';

/** Brings the database to this version and tells how many migrations it has had. */
export async function run(): Promise<void> {
  await withHouse(readSettings(process.env), async ({ database }) => {
    const { rows } = await database.query<{ module: string; count: string }>({ text: 'SELECT module, count(*) FROM sen.migration GROUP BY module ORDER BY module' });
    for (const { module, count } of rows) process.stdout.write(`${module}: ${count}\n`);
  });
}
