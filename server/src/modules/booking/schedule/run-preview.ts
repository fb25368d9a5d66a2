// What an act would do is found out by doing it and taking it back: a preview cannot differ from the act.
import type { Work } from '../../../platform/work.ts';

class TakenBack<T> extends Error {
  readonly answer: T;
  constructor(answer: T) {
    super('a preview is taken back');
    this.answer = answer;
  }
}

/** Runs steps in a transaction of their own, gives their answer, and rolls them back. To the audit, what they changed was only read. */
export async function runPreview<T>(work: Work, steps: (work: Work) => Promise<T>): Promise<T> {
  const { touches } = work.trail;
  const before = touches.length;
  try {
    await work.transact(async (inner) => {
      throw new TakenBack(await steps(inner));
    });
  } catch (error) {
    if (!(error instanceof TakenBack)) throw error;
    touches.splice(before, touches.length - before, ...touches.slice(before).map(({ type, id }) => ({ action: 'R' as const, type, id })));
    return error.answer as T;
  }
  throw new Error('a preview ends in its own error');
}
