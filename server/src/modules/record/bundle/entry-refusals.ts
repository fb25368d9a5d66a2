// A refusal inside a transaction tells which entry it is about.
import { Refusal } from '../../../platform/refusal.ts';
import { invalidResource } from '../refusals.ts';

/** Another writer was faster: the whole transaction begins anew. */
export class RaceLost extends Error {
  readonly type: string;
  readonly id: string;
  constructor(type: string, id: string) {
    super('race lost');
    this.type = type;
    this.id = id;
  }
}

/** Runs a step of one entry; its refusal points to the entry. */
export function atEntry<T>(index: number, step: () => T): T {
  try {
    return step();
  } catch (error) {
    throw placed(error, index);
  }
}

/** The same for a step that waits. */
export async function awaitAtEntry<T>(index: number, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw placed(error, index);
  }
}

/** Judges every entry before refusing, so that one answer names all that is wrong. */
export function eachEntry<E, T>(entries: readonly E[], judge: (entry: E, index: number) => T): T[] {
  const issues = [];
  const judged: T[] = [];
  for (const [index, entry] of entries.entries()) {
    try {
      judged.push(atEntry(index, () => judge(entry, index)));
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'record.invalid-resource') throw error;
      issues.push(...error.issues);
      if (issues.length >= 50) break;
    }
  }
  if (issues.length > 0) throw invalidResource(issues);
  return judged;
}

function placed(error: unknown, index: number): unknown {
  if (!(error instanceof Refusal)) return error;
  const { category, code, text, issues } = error;
  const at = `Bundle.entry[${index}]`;
  const found = issues.map((one) => (one.expression?.startsWith('Bundle') ? one : { ...one, expression: at }));
  return new Refusal(category, code, text, found.length > 0 ? found : [{ severity: 'error', code: 'processing', diagnostics: text.en, expression: at }]);
}
