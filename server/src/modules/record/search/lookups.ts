// What conditions must ask the database before they can be written (the codes of a value set, the units in use), though writing them is plain
// computing: a condition names its question and goes on without the answer; what it wrote is thrown away and written again once all is known.
import type { Queryable } from '../../../platform/database.ts';

type Question = (db: Queryable) => Promise<unknown>;

export class Lookups {
  readonly #answers = new Map<string, unknown>();
  readonly #asked = new Map<string, Question>();

  /** The answer to a question; undefined when it is not known yet. Equal names are one question. */
  answer<T>(name: string, question: (db: Queryable) => Promise<T>): T | undefined {
    if (!this.#answers.has(name)) this.#asked.set(name, question);
    return this.#answers.get(name) as T | undefined;
  }

  /** Asks what is not known yet; false when nothing was. */
  async ask(db: Queryable): Promise<boolean> {
    const asked = [...this.#asked];
    this.#asked.clear();
    for (const [name, question] of asked) this.#answers.set(name, await question(db));
    return asked.length > 0;
  }
}

/** Writes something whose conditions may need look-ups; a search that needs none asks nothing. */
export async function withLookups<T>(db: Queryable, write: (lookups: Lookups) => T): Promise<T> {
  const lookups = new Lookups();
  for (;;) {
    const written = write(lookups);
    if (!(await lookups.ask(db))) return written;
  }
}
