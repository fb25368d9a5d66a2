// Codes of one code system by the words of their names, as one types: for short lists beside a field.
import type { Queryable } from '../../platform/database.ts';
import { foldedWords, wordsQuery } from './fhir-words.ts';

export interface FoundConcept {
  readonly code: string;
  readonly display: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Gives the active codes of all whose words begin as typed, with or without accents, shortest name first; nothing where the list is not loaded. */
export async function findConcepts(db: Queryable, url: string, typed: string, limit: number): Promise<FoundConcept[]> {
  const words = foldedWords(typed).slice(0, 8);
  if (words.length === 0) return [];
  const systems = await db.query<{ system: number }>({ name: 'terminology.systems-of-url', text: "select system from terminology.code_system where url = $1 and status = 'active'", values: [url] });
  const found: FoundConcept[] = [];
  for (const { system } of systems.rows) {
    const { rows } = await db.query<{ code: string; display: string; properties: unknown }>({
      text: `select code, display, properties from terminology.concept where system = $1 and not inactive and words @@ $2::tsquery order by length(display), code limit $3`,
      values: [system, wordsQuery(system, words), limit],
      plan: 'custom',
    });
    found.push(...rows.map(({ code, display, properties }) => ({ code, display, properties: flat(properties) })));
  }
  return found.slice(0, limit);
}

function flat(properties: unknown): Record<string, unknown> {
  return typeof properties === 'object' && properties !== null && !Array.isArray(properties) ? Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value])) : {};
}
