// The content keys of this process: under them lie the keys of sealed contents. Held from the start on, since contents are packed and unpacked at once.
import { createSecretKey, type KeyObject } from 'node:crypto';
import { openSecret } from '../../../platform/seal.ts';
import { Refusal } from '../../../platform/refusal.ts';

/** A row of record.content_key. */
export interface SealedKey {
  /** 16 digits of lower-case hex. */
  readonly id: string;
  readonly key_sealed: string;
}

interface Held extends SealedKey {
  key: KeyObject | undefined;
}

const held = new Map<string, Held>();
let current: Held | undefined;

/** Holds the keys of a database, the newest last: what is stored from now on is sealed under it. Gives the ids of those that no master key opens. */
export function holdContentKeys(rows: readonly SealedKey[]): string[] {
  for (const { id, key_sealed } of rows) held.set(id, { id, key_sealed, key: held.get(id)?.key });
  const closed = rows.filter(({ id }) => !opens(id)).map(({ id }) => id);
  const usable = rows.findLast(({ id }) => !closed.includes(id)) ?? rows.at(-1);
  current = usable === undefined ? undefined : held.get(usable.id);
  return closed;
}

/** The key that seals. */
export function currentContentKey(): { id: string; key: KeyObject } {
  if (current === undefined) throw contentKeyMissing('—');
  return { id: current.id, key: contentKey(current.id) };
}

/** The key of an id. Refuses (`record.content-key`) one that is not here, or that no master key opens: tried again each time, for the file may come back. */
export function contentKey(id: string): KeyObject {
  const found = held.get(id);
  if (found === undefined) throw contentKeyMissing(id);
  return (found.key ??= opened(found));
}

/** What binds the sealed key to its row. */
export function keyContext(id: string): string {
  return `content-key:${id}`;
}

function opened({ id, key_sealed }: SealedKey): KeyObject {
  try {
    // a KeyObject: with the bare bytes each cipher costs 10 µs more
    return createSecretKey(Buffer.from(openSecret(key_sealed, keyContext(id)), 'base64'));
  } catch (error) {
    throw error instanceof Refusal ? contentKeyMissing(id) : error;
  }
}

function opens(id: string): boolean {
  try {
    return contentKey(id) !== undefined;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

function contentKeyMissing(id: string): Refusal {
  return new Refusal('unavailable', 'record.content-key', {
    vi: `Không mở được khóa nội dung ${id}, nên không đọc, ghi được tài liệu mã hóa. Đưa tệp khóa chủ về chỗ; nếu vẫn vậy thì khởi động lại.`,
    en: `The content key ${id} cannot be opened, so encrypted documents can be neither read nor written. Put the master key file back; if that does not help, start again.`,
  });
}
