import { parseLossless, typeCode, type Resource } from '@sen/fhir';
import { Refusal } from '../../platform/refusal.ts';
import type { Work } from '../../platform/work.ts';
import { loadStored } from './store.ts';

export interface StoredDefinition {
  readonly type: string;
  readonly id: string;
  readonly after: { readonly resource: Resource };
}

export type StoredKeeper = (work: Work, changes: readonly StoredDefinition[]) => Promise<void>;

/**
 * Hands a keeper the definitions that were stored before it existed, once in the life of a house. What it refuses stays stored and is passed over:
 * a list from before must not keep the house from starting.
 */
export async function keepStoredDefinitions(work: Work, name: string, types: readonly string[], keeper: StoredKeeper): Promise<void> {
  await work.transact(async (inner) => {
    const text = `insert into sen.milestone (name, state, at) values ($1, 'done', $2) on conflict (name) do nothing`;
    const { rowCount } = await inner.db.query({ text, values: [`record.kept-${name}`, inner.now] });
    if (rowCount === 0) return;
    for (const type of types) await keepAll(inner, type, keeper);
  });
}

async function keepAll(work: Work, type: string, keeper: StoredKeeper): Promise<void> {
  for (let page = await loadStored(work.db, typeCode(type)); page.length > 0; page = await loadStored(work.db, typeCode(type), page.at(-1)!.key)) {
    for (const { id, json } of page) {
      const resource = parseLossless(json.toString()) as Resource;
      await keeper(work, [{ type, id, after: { resource } }]).catch(passOverRefusals);
    }
  }
}

function passOverRefusals(error: unknown): void {
  if (!(error instanceof Refusal)) throw error;
}
