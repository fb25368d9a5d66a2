import { keyOf, parseLossless, type Resource } from '@sen/fhir';
import { Refusal } from '../../../../platform/refusal.ts';
import type { Work } from '../../../../platform/work.ts';
import { followChanges, type FeedChange } from '../../follow-changes.ts';
import { fullTextFollower, keepTexts, loadCurrents, type Current, type TextRow } from '../../store.ts';
import { passagesOf, vectorOf } from './document.ts';

const BATCH = 500;

/**
 * Gathers the words of what changed, batch by batch, until nothing is left or the time is up; true when all is gathered. Between two batches it
 * rests as long as one took, so that it never takes more than half of a processor from the people at work.
 */
export async function followTexts(work: Work, forMs: number): Promise<boolean> {
  const end = performance.now() + forMs;
  for (;;) {
    const began = performance.now();
    const count = await followChanges(work, { follower: fullTextFollower, limit: BATCH }, gather);
    if (count < BATCH) return true;
    const now = performance.now();
    if (now >= end) return false;
    await new Promise((resolve) => setTimeout(resolve, Math.min(now - began, end - now)));
  }
}

async function gather(work: Work, changes: readonly FeedChange[]): Promise<void> {
  const refs = [...new Map(changes.map(({ type, id }) => [`${type}/${id}`, { type, id }])).values()];
  const currents = await loadWhole(work, refs);
  await keepTexts(work.db, refs.map(({ type, id }, i): TextRow => {
    const json = currents[i]?.json;
    return { type, key: keyOf(id), words: json === undefined ? undefined : vectorOf(passagesOf(parseLossless(json.toString()) as Resource)) };
  }));
}

/** A document that was tampered with or damaged has no words, and must not keep all that was written after it from being found. */
async function loadWhole(work: Work, refs: readonly { type: string; id: string }[]): Promise<(Current | undefined)[]> {
  try {
    return await loadCurrents(work.db, refs, false);
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'platform.seal-broken') throw error;
    if (refs.length === 1) return [undefined];
    const half = refs.length >> 1;
    return [...(await loadWhole(work, refs.slice(0, half))), ...(await loadWhole(work, refs.slice(half)))];
  }
}
