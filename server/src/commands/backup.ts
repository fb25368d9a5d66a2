// `npm run sen -- backup <folder>`: an encrypted backup of the house while it works.
import { resolve } from 'node:path';
import { recordAudit } from '../modules/security/index.ts';
import { readSettings } from '../platform/config.ts';
import { withHouse } from '../start/with-house.ts';
import { lockOf } from './backup/read-keys.ts';
import { writeBackup } from './backup/write-backup.ts';

const usage = `npm run sen -- backup <thư mục / folder> (--passphrase-file F | --recipient age1…) [--without-keys]
  --passphrase-file F      tệp chứa mật khẩu / file that holds the passphrase
  --recipient age1…        khóa công khai của người giữ bản sao lưu / public key of who keeps the backup (repeatable)
  --without-keys           không kèm khóa chủ / leave the master keys out
`;

/** Writes a backup. Ends with 0 when it is whole and was read back, 2 for a wrong command. */
export async function run(args: string[]): Promise<number> {
  const asked = lockOf(args);
  if (asked === undefined) {
    process.stderr.write(usage);
    return 2;
  }
  const { file, bytes, tables, objects, copied, withKeys } = await withHouse(readSettings(process.env), async (house) => {
    // Before the copying: what leaves is told even when the end is never reached.
    await recordAudit(house.systemWork(), { kind: 'export', action: 'R', door: 'sen backup', everyone: true, detail: { folder: resolve(asked.place) } });
    return writeBackup(house, resolve(asked.place), asked.key, { keys: !asked.withoutKeys });
  });
  process.stdout.write(`${file}\n`);
  process.stderr.write(`${tables} bảng / tables, ${objects} tệp / objects (${copied} mới / new), ${(bytes / 1_048_576).toFixed(1)} MiB\n`);
  if (!withKeys) process.stderr.write('Không kèm khóa chủ: giữ riêng khóa, không có nó không mở được tệp.\n  Without the master keys: keep them elsewhere, or the objects cannot be opened.\n');
  return 0;
}
