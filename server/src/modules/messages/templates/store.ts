// The hospital's own words, each from an instant on.
import type { MessageWording } from '@sen/contracts';
import type { Queryable } from '../../../platform/database.ts';

export interface WordsInUse {
  readonly words?: { readonly vi: MessageWording; readonly en: MessageWording };
  readonly zaloTemplate?: string;
  readonly since?: Date;
}

interface Row {
  readonly template: string;
  readonly valid_from: Date;
  readonly words: { vi: MessageWording; en: MessageWording } | null;
  readonly zalo_template: string | null;
}

const none: WordsInUse = {};

/** The own words in force at an instant, by template. */
export async function readWordsInUse(db: Queryable, templates: readonly string[], at: number): Promise<(template: string) => WordsInUse> {
  const { rows } = await db.query<Row>({
    name: 'messages.words-in-use',
    text: 'SELECT DISTINCT ON (template) template, valid_from, words, zalo_template FROM messages.wording WHERE template = ANY ($1) AND valid_from <= to_timestamp($2::float8 / 1000) ORDER BY template, valid_from DESC',
    values: [templates, at],
  });
  const known = new Map(rows.map((row) => [row.template, inUse(row)]));
  return (template) => known.get(template) ?? none;
}

/** The next change that is planned, by template. */
export async function readPlannedWords(db: Queryable, at: number): Promise<(template: string) => WordsInUse | undefined> {
  const { rows } = await db.query<Row>({
    name: 'messages.planned-words',
    text: 'SELECT DISTINCT ON (template) template, valid_from, words, zalo_template FROM messages.wording WHERE valid_from > to_timestamp($1::float8 / 1000) ORDER BY template, valid_from',
    values: [at],
  });
  const known = new Map(rows.map((row) => [row.template, inUse(row)]));
  return (template) => known.get(template);
}

export async function writeWords(db: Queryable, change: { template: string; from: number; words: object | null; zaloTemplate: string | null; by: string }, now: number): Promise<void> {
  await db.query({
    name: 'messages.write-words',
    text: `INSERT INTO messages.wording (template, valid_from, words, zalo_template, changed_by, changed_at) VALUES ($1, to_timestamp($2::float8 / 1000), $3, $4, $5, to_timestamp($6::float8 / 1000))
      ON CONFLICT (template, valid_from) DO UPDATE SET words = EXCLUDED.words, zalo_template = EXCLUDED.zalo_template, changed_by = EXCLUDED.changed_by, changed_at = EXCLUDED.changed_at`,
    values: [change.template, change.from, change.words === null ? null : JSON.stringify(change.words), change.zaloTemplate, change.by, now],
  });
}

function inUse({ words, zalo_template: zaloTemplate, valid_from: since }: Row): WordsInUse {
  return { ...(words === null ? {} : { words, since }), ...(zaloTemplate === null ? {} : { zaloTemplate }) };
}
