import { parseLossless, typeCode, type Resource } from '@sen/fhir';
import { Refusal } from '../../platform/refusal.ts';
import type { Work } from '../../platform/work.ts';
import type { Keeper } from './keep-definitions.ts';
import { loadStored, type Change } from './store.ts';

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

/**
 * The same for ordinary resources, of which there may be millions: many at a time, each batch committed by itself. What is kept twice is kept the same,
 * so a start that was cut off begins again.
 */
export async function keepStoredWrites(work: Work, name: string, types: readonly string[], keep: Keeper): Promise<void> {
  const milestone = `record.kept-${name}`;
  const known = await work.db.query({ text: 'select from sen.milestone where name = $1', values: [milestone] });
  if (known.rowCount > 0) return;
  for (const type of types) {
    for (let page = await loadStored(work.db, typeCode(type), undefined, BATCH); page.length > 0; page = await loadStored(work.db, typeCode(type), page.at(-1)!.key, BATCH)) {
      await keepTogether(work, page.map(({ id, json }) => storedChange(work.now, type, id, json)), keep);
    }
  }
  await work.db.query({ text: `insert into sen.milestone (name, state, at) values ($1, 'done', $2) on conflict (name) do nothing`, values: [milestone, work.now] });
}

/** What is refused for one of them is kept for the others. */
async function keepTogether(work: Work, changes: readonly Change[], keep: Keeper): Promise<void> {
  try {
    await work.transact((inner) => keep(inner, changes));
  } catch (error) {
    passOverRefusals(error);
    if (changes.length > 1) for (const change of changes) await keepTogether(work, [change], keep);
  }
}

const BATCH = 500;

function storedChange(now: number, type: string, id: string, json: Buffer): Change {
  return { type, id, current: undefined, version: 1, updated: now, after: { resource: parseLossless(json.toString()) as Resource, json: '' }, method: 'PUT' };
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
