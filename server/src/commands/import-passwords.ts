// `npm run sen -- import-passwords <file>`: stolen passwords that nobody may choose, one SHA-1 a line, as `HASH` or `HASH:count` (the form of "Pwned Passwords").
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { addStolenPasswords } from '../modules/security/index.ts';
import { readSettings } from '../platform/config.ts';
import type { House } from '../platform/module.ts';
import { say } from '../start/say.ts';
import { withHouse } from '../start/with-house.ts';

const batchSize = 20_000;

/** Loads a file; `--least N`: only passwords stolen at least N times. Returns 2 for a wrong command. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals: [file] } = parseArgs({ args, options: { least: { type: 'string', default: '1' } }, allowPositionals: true });
  const least = Number(values.least);
  if (file === undefined || !(least >= 1)) {
    process.stderr.write('npm run sen -- import-passwords <tệp / file> [--least N]\n');
    return 2;
  }
  const count = await withHouse(readSettings(process.env), (house) => importFile(house, file, least));
  say({ vi: `Đã nạp ${count} mật khẩu bị lộ.`, en: `Loaded ${count} stolen passwords.` });
  return 0;
}

async function importFile(house: House, file: string, least: number): Promise<number> {
  let count = 0;
  let batch: Buffer[] = [];
  const flush = async () => {
    count += await addStolenPasswords(house.systemWork(), batch);
    batch = [];
  };
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    const [, hash, times] = /^([0-9A-Fa-f]{40})(?::(\d+))?\s*$/.exec(line) ?? [];
    if (hash === undefined || Number(times ?? least) < least) continue;
    batch.push(Buffer.from(hash, 'hex'));
    if (batch.length >= batchSize) await flush();
  }
  await flush();
  return count;
}
