import { deleted } from '../delete-resource.ts';
import type { Change } from '../store.ts';
import type { Written } from '../written.ts';

/** What a stored change did. */
export function writtenBy(change: Change): Written {
  if (change.after === undefined) return deleted(change);
  const { type, id, version, updated, current, after } = change;
  return { outcome: current?.json === undefined ? 'created' : 'updated', type, id, version, updated, json: after.json };
}
