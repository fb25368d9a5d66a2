// Cursors of our own API are the record's page tokens: the query stays the server's, so a cursor can only continue it.
import type { Progress } from './merge-streams.ts';
import { Refusal } from '../../platform/refusal.ts';

/** The query of the page at a cursor; without one, of the first page. */
export function continuation(query: string, cursor: string | undefined): string {
  return cursor === undefined ? query : `${query}&_page=${encodeURIComponent(cursor)}`;
}

/** Writes how far merged streams were shown as one opaque cursor. */
export function writeProgress(progress: Progress | undefined): string | undefined {
  return progress === undefined ? undefined : Buffer.from(JSON.stringify(progress)).toString('base64url');
}

/** Reads such a cursor. Refuses one that we did not write. */
export function readProgress(cursor: string | undefined): Progress {
  if (cursor === undefined) return {};
  try {
    const progress: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (isProgress(progress)) return progress;
  } catch {
    // falls through to the refusal: a cursor that is not JSON was not ours
  }
  throw new Refusal('incorrect', 'encounters.bad-cursor', { vi: 'Không đọc tiếp được từ chỗ này.', en: 'Reading cannot go on from this place.' });
}

function isProgress(value: unknown): value is Progress {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((one: unknown) => one === null || isPlace(one));
}

function isPlace(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { place, shown } = value as { place?: unknown; shown?: unknown };
  return (place === undefined || typeof place === 'string') && Number.isInteger(shown) && (shown as number) >= 0;
}
