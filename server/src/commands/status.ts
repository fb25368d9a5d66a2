import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import pg from 'pg';
import { readSettings, type Settings } from '../platform/config.ts';
import { keyFileOf, readRing } from '../platform/keyring.ts';
import { runningOn } from '../start/data-folder.ts';

/** Tells what runs on the data folder. Ends with 0 when something does, else with 3. */
export async function run(): Promise<number> {
  const settings = readSettings(process.env);
  const running = runningOn(settings.data);
  const lines = [`Dữ liệu / data:        ${resolve(settings.data)}`];
  if (running === undefined) lines.push('Không có gì đang chạy. / Nothing is running.');
  else lines.push(`Đang chạy / running:   ${running.what}, pid ${running.pid}, ${running.since}`, `Địa chỉ / address:     ${running.address ?? '—'}`, ...(await aboutDatabase(running.databaseUrl)));
  lines.push(aboutKeys(settings));
  process.stdout.write(`${lines.join('\n')}\n`);
  return running === undefined ? 3 : 0;
}

function aboutKeys(settings: Settings): string {
  if (settings.masterKeyCommand !== '') return 'Khóa chủ / keys:       SEN_MASTER_KEY_COMMAND';
  const file = keyFileOf(settings);
  if (!existsSync(file)) return `Khóa chủ / keys:       ${file}: chưa có / none yet`;
  const { current, keys } = readRing(file);
  return `Khóa chủ / keys:       ${keys.map(({ id }) => (id === current ? `${id} (đang dùng / in use)` : id)).join(', ')}; ${file}`;
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
    return [...rows.map(({ version, size, used }) => `PostgreSQL:            ${version}, ${size}, ${used} kết nối / connections`), ...(await aboutDocuments(client))];
  } catch {
    return ['PostgreSQL:            không trả lời / does not answer'];
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Whether a document of before still lies readable in the tables. */
async function aboutDocuments(client: pg.Client): Promise<string[]> {
  const there = await client.query<{ known: boolean }>("SELECT to_regclass('record.sealing') IS NOT NULL AS known");
  if (there.rows[0]?.known !== true) return [];
  const { rows } = await client.query<{ ended: boolean; seen: string }>('SELECT ended_at IS NOT NULL AS ended, seen FROM record.sealing');
  return rows.map(({ ended, seen }) => `Tài liệu / documents:  ${ended ? 'đã mã hóa hết / all encrypted' : `đang mã hóa, đã xem ${seen} phiên bản / being encrypted, ${seen} versions looked at`}`);
}
