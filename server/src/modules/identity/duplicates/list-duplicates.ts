// The queue of pairs that nobody has judged.
import type { DuplicatePair } from '@sen/contracts';
import type { Work } from '../../../platform/work.ts';
import { searchResources } from '../../record/index.ts';
import { dayOf } from '../age.ts';
import { personLine } from '../fhir.ts';
import { reasonsOf } from '../likeness/reason.ts';
import { countWaiting, waitingPairs, type Pair } from './store.ts';

const pageSize = 40;

/** Gives a page, surest first. Pairs with a record that the actor may not see, or that is gone, are left out. */
export async function listDuplicates(work: Work, after?: string): Promise<{ pairs: DuplicatePair[]; waiting: number; next?: string }> {
  const [bits = '', id = ''] = after?.split('~') ?? [];
  const place = /^-?\d+(?:\.\d+)?$/.test(bits) && /^[0-9a-f-]{36}$/.test(id) ? { bits: Number(bits), id } : undefined;
  const rows = await waitingPairs(work.db, place, pageSize + 1);
  const page = rows.slice(0, pageSize);
  const last = page.at(-1);
  return { pairs: await shownPairs(work, page), waiting: await countWaiting(work.db), ...(rows.length > pageSize && last !== undefined ? { next: `${last.bits}~${last.id}` } : {}) };
}

/** The pairs with the people in them, as the actor may see them. */
export async function shownPairs(work: Work, rows: readonly Pair[]): Promise<DuplicatePair[]> {
  const ids = [...new Set(rows.flatMap(({ left_id: left, right_id: right }) => [left, right]))];
  if (ids.length === 0) return [];
  const { resources } = await searchResources(work, 'Patient', `_id=${ids.map((id) => encodeURIComponent(id)).join(',')}&_count=100`);
  const today = dayOf(work.now);
  const lines = new Map(resources.map((patient) => [patient.id ?? '', personLine(patient, today)]));
  return rows.flatMap((row): DuplicatePair[] => {
    const [left, right] = [lines.get(row.left_id), lines.get(row.right_id)];
    if (left === undefined || right === undefined) return [];
    return [{ id: row.id, found: row.found_at.toISOString(), bits: row.bits, score: row.score, grade: row.grade, reasons: reasonsOf(row.reasons), left, right }];
  });
}
