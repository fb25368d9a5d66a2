// `npm run sen -- rotate-keys`: a new master key. Only the small wrapped keys are written anew; objects and secrets stay as they lie.
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { recordAudit } from '../modules/security/index.ts';
import { listBlobs, objectsFolder, resealBlob } from '../platform/blobs.ts';
import { readSettings, type Settings } from '../platform/config.ts';
import type { Database } from '../platform/database.ts';
import { keyFileOf, readRing, withNewKey, writeRing } from '../platform/keyring.ts';
import { Refusal } from '../platform/refusal.ts';
import { heldKeyring, resealSecret } from '../platform/seal.ts';
import { say } from '../start/say.ts';
import { withHouse } from '../start/with-house.ts';

const usage = `npm run sen -- rotate-keys [--resume | --remove-old]
  --resume                 tiếp tục lần đổi khóa bị ngắt, không tạo khóa mới / go on after an interruption, without a new key
  --remove-old             bỏ hẳn các khóa cũ (sau ít nhất một giờ) / remove the old keys for good (an hour later at the earliest)
`;
const lineEveryMs = 5_000;
/** An object that was being written while the key changed may still lie under the old one. */
const SETTLED_AFTER_MS = 3_600_000;

/** Rotates. May be stopped at any moment and begun again; ends with 0 when all lies under the key in use, 2 for a wrong command. */
export async function run(args: string[]): Promise<number> {
  const asked = readCommand(args);
  if (asked === undefined) {
    process.stderr.write(usage);
    return 2;
  }
  const settings = readSettings(process.env);
  await withHouse(settings, async (house) => {
    const { database } = house;
    if (!asked.resume && !asked.removeOld) addKey(settings);
    if (asked.removeOld) refuseYoungKey(settings);
    const objects = await resealObjects(objectsFolder(settings));
    const secrets = await resealColumns(database);
    if (asked.removeOld) removeOldKeys(settings);
    await database.query({ text: 'INSERT INTO security.master_key (id, first_seen) SELECT unnest($1::text[]), now() ON CONFLICT DO NOTHING', values: [heldKeyring().ids()] });
    await recordAudit(house.systemWork(), { kind: 'key', action: 'U', door: 'sen rotate-keys', detail: { key: heldKeyring().current(), objects, secrets } });
    process.stdout.write(`khóa / key: ${heldKeyring().current()}; ${objects} tệp / objects, ${secrets} bí mật / secrets\n`);
  });
  say({ vi: 'Hãy giữ một bản sao mới của tệp khóa ở nơi khác: mất khóa là mất dữ liệu.', en: 'Keep a new copy of the key file elsewhere: lost keys are lost data.' });
  return 0;
}

function readCommand(args: string[]): { resume: boolean; removeOld: boolean } | undefined {
  try {
    const { values } = parseArgs({ args, options: { resume: { type: 'boolean', default: false }, 'remove-old': { type: 'boolean', default: false } } });
    return { resume: values.resume, removeOld: values['remove-old'] };
  } catch {
    return undefined;
  }
}

/** Keys that a command gives are made by the service behind it. */
function addKey(settings: Settings): void {
  if (settings.masterKeyCommand !== '') return;
  const file = keyFileOf(settings);
  writeRing(file, withNewKey(readRing(file)));
}

async function resealObjects(folder: string): Promise<number> {
  if (!existsSync(folder)) return 0;
  let [seen, changed, told] = [0, 0, Date.now()];
  for await (const { hash } of listBlobs(folder)) {
    seen += 1;
    if (await resealBlob(folder, hash, heldKeyring())) changed += 1;
    if (Date.now() - told < lineEveryMs) continue;
    told = Date.now();
    process.stderr.write(`${seen} tệp / objects\n`);
  }
  return changed;
}

/** Every text column whose name ends with `_sealed` (platform/seal.ts). Each sealed text is unlike any other, so it finds its own row. */
async function resealColumns(database: Database): Promise<number> {
  const { rows: columns } = await database.query<{ place: string; name: string }>({
    text: `SELECT format('%I.%I', table_schema, table_name) AS place, quote_ident(column_name) AS name FROM information_schema.columns
           WHERE column_name LIKE '%\\_sealed' AND data_type = 'text' AND table_schema NOT LIKE 'pg\\_%' ORDER BY 1, 2`,
  });
  let changed = 0;
  for (const { place, name } of columns) {
    const { rows } = await database.query<{ sealed: string }>({ text: `SELECT ${name} AS sealed FROM ${place} WHERE ${name} IS NOT NULL` });
    for (const { sealed } of rows) {
      const fresh = resealSecret(sealed);
      if (fresh === sealed) continue;
      await database.query({ text: `UPDATE ${place} SET ${name} = $1 WHERE ${name} = $2`, values: [fresh, sealed] });
      changed += 1;
    }
  }
  return changed;
}

function refuseYoungKey(settings: Settings): void {
  if (settings.masterKeyCommand !== '') return;
  const { current, keys } = readRing(keyFileOf(settings));
  const made = Date.parse(keys.find(({ id }) => id === current)?.made ?? '');
  if (Date.now() - made >= SETTLED_AFTER_MS) return;
  throw new Refusal('conflict', 'platform.key-too-young', {
    vi: 'Khóa đang dùng mới được tạo chưa đến một giờ. Chờ rồi bỏ khóa cũ, để không tệp nào đang ghi dở còn nằm dưới khóa cũ.',
    en: 'The key in use was made less than an hour ago. Remove the old ones later, so that no object then being written still lies under them.',
  });
}

function removeOldKeys(settings: Settings): void {
  if (settings.masterKeyCommand !== '') return;
  const file = keyFileOf(settings);
  const ring = readRing(file);
  writeRing(file, { ...ring, keys: ring.keys.filter(({ id }) => id === ring.current) });
}
