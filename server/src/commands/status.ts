import { resolve } from 'node:path';
import pg from 'pg';
import { readSettings } from '../platform/config.ts';
import { runningOn } from '../start/data-folder.ts';

/** Tells what runs on the data folder. Ends with 0 when something does, else with 3. */
export async function run(): Promise<number> {
  const settings = readSettings(process.env);
  const running = runningOn(settings.data);
  const lines = [`Dữ liệu / data:        ${resolve(settings.data)}`];
  if (running === undefined) lines.push('Không có gì đang chạy. / Nothing is running.');
  else lines.push(`Đang chạy / running:   ${running.what}, pid ${running.pid}, ${running.since}`, `Địa chỉ / address:     ${running.address ?? '—'}`, ...(await aboutDatabase(running.databaseUrl)));
  process.stdout.write(`${lines.join('\n')}\n`);
  return running === undefined ? 3 : 0;
}

async function aboutDatabase(url: string | undefined): Promise<string[]> {
  if (url === undefined) return [];
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string; size: string; used: string }>(
      "SELECT current_setting('server_version') AS version, pg_size_pretty(pg_database_size(current_database())) AS size, (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()) AS used",
    );
    return rows.map(({ version, size, used }) => `PostgreSQL:            ${version}, ${size}, ${used} kết nối / connections`);
  } catch {
    return ['PostgreSQL:            không trả lời / does not answer'];
  } finally {
    await client.end().catch(() => undefined);
  }
}
