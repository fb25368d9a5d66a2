// What becomes of a message after an attempt to send it.

/**
 * `accepted`: the provider has it. `refused`: it will not be taken this way (no such number, template not allowed). `not-sent`: it certainly did not
 * go out, and may later. `unsure`: it may have gone out.
 */
export type Outcome =
  | { readonly kind: 'accepted'; readonly providerId?: string }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'not-sent'; readonly why: string; readonly waitMs?: number }
  | { readonly kind: 'unsure'; readonly why: string };

/** What happens next: it is done, tried again on this channel, tried on the next one, or left to a person. */
export type Next =
  | { readonly step: 'sent' }
  | { readonly step: 'again'; readonly afterMs: number; readonly why: string }
  | { readonly step: 'other-channel'; readonly why: string }
  | { readonly step: 'unsure'; readonly why: string };

const mostAttempts = 6;
const firstPauseMs = 5_000;
const longestPauseMs = 10 * 60_000;

/**
 * Judges an attempt. One of which nobody knows how it ended is repeated only when the provider takes the same message twice as one (`idempotent`);
 * otherwise a person would get it twice.
 */
export function nextAfter(outcome: Outcome, attemptsOnChannel: number, idempotent: boolean): Next {
  if (outcome.kind === 'accepted') return { step: 'sent' };
  if (outcome.kind === 'refused') return { step: 'other-channel', why: outcome.why };
  if (outcome.kind === 'unsure' && !idempotent) return { step: 'unsure', why: outcome.why };
  if (attemptsOnChannel >= mostAttempts) return outcome.kind === 'unsure' ? { step: 'unsure', why: outcome.why } : { step: 'other-channel', why: outcome.why };
  return { step: 'again', afterMs: (outcome.kind === 'not-sent' ? outcome.waitMs : undefined) ?? pauseAfter(attemptsOnChannel), why: outcome.why };
}

/** 5, 10, 20 … seconds, ten minutes at most. */
function pauseAfter(attempts: number): number {
  return Math.min(firstPauseMs * 2 ** Math.max(0, attempts - 1), longestPauseMs);
}
