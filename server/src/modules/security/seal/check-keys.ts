// At start: are the keys there under which this house has encrypted?
import { heldKeyring } from '../../../platform/seal.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';

/** Remembers the ids of the master keys. Refuses (`security.key-lost`) to go on with keys of which this database has seen none. */
export async function checkKeys(work: Work): Promise<void> {
  const ids = heldKeyring().ids();
  const { rows } = await work.db.query<{ id: string }>({ text: 'SELECT id FROM security.master_key' });
  if (rows.length > 0 && !rows.some(({ id }) => ids.includes(id))) throw lost(rows.map(({ id }) => id));
  await work.db.query({
    text: 'INSERT INTO security.master_key (id, first_seen) SELECT unnest($1::text[]), $2 ON CONFLICT DO NOTHING',
    values: [ids, new Date(work.now)],
  });
}

function lost(ids: readonly string[]): Refusal {
  return new Refusal('unavailable', 'security.key-lost', {
    vi: `Khóa chủ của dữ liệu này (${ids.join(', ')}) không có ở đây. Đưa tệp khóa cũ về chỗ (SEN_MASTER_KEY_FILE, hoặc keys/master.json trong thư mục dữ liệu) rồi khởi động lại.`,
    en: `The master keys of these data (${ids.join(', ')}) are not here. Put the old key file back (SEN_MASTER_KEY_FILE, or keys/master.json in the data folder) and start again.`,
  });
}
