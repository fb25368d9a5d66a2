import { parseLossless, typeOfCode, type Resource } from '@sen/fhir';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { passagesOf, vectorOf } from '../search/full-text/document.ts';
import { searchLimits } from '../search/limits.ts';
import { resealed, unpackContent } from '../store/codec.ts';
import { keepTexts, type TextRow } from '../store/full-text.ts';
import { lockSealing, moveSealing, replaceContent, unsealedAfter, type Sealing, type UnsealedRow } from '../store/sealing.ts';

/** Seals the next documents of the walk, live ones first, then past versions. Undefined when another process is at it. Makes no new version. */
export async function sealBatch(work: Work): Promise<Sealing | undefined> {
  return work.transact(async ({ db, now }) => {
    const at = await lockSealing(db);
    if (at === undefined || at.ended) return at;
    const rows = await unsealedAfter(db, at);
    const sealed: UnsealedRow[] = [];
    for (const row of rows) {
      const fresh = sealedOf(row);
      if (fresh !== undefined && (await replaceContent(db, at.walked, row, fresh))) sealed.push(row);
    }
    // words gathered by an older version of Sen may hold short pieces of base64
    if (at.walked === 'resource' && searchLimits().fullText) await keepTexts(db, sealed.map(wordsOf));
    const next = { ...placeAfter(at, rows.at(-1)), seen: at.seen + rows.length, sealed: at.sealed + sealed.length };
    await moveSealing(db, next, now);
    return next;
  });
}

/** What cannot be unpacked is left as it lies: one damaged row must not keep all behind it readable. */
function sealedOf({ type, key, version, content }: UnsealedRow): Buffer | undefined {
  try {
    return content === null ? undefined : resealed({ type: typeOfCode(type), key, version, content });
  } catch (error) {
    if (error instanceof Refusal) throw error; // no key to seal with
    return undefined;
  }
}

function wordsOf({ type, key, version, content }: UnsealedRow): TextRow {
  const json = unpackContent({ type, key, version, content: content as Buffer });
  return { type: typeOfCode(type), key: BigInt(key), words: vectorOf(passagesOf(parseLossless(json.toString()) as Resource)) };
}

/** A row that is written while the walk goes on is sealed by its writer, but moves its old content to the past versions: so these come last. */
function placeAfter(at: Sealing, last: UnsealedRow | undefined): Omit<Sealing, 'seen' | 'sealed'> {
  if (last !== undefined) return { walked: at.walked, type: last.type, key: last.key, version: last.version, ended: false };
  if (at.walked === 'resource') return { walked: 'version', type: 0, key: String(-(1n << 63n)), version: 0, ended: false };
  return { walked: at.walked, type: at.type, key: at.key, version: at.version, ended: true };
}
