// Queries of code systems: their editions, and writing one with its concepts.
import type { Queryable } from '../../platform/database.ts';
import type { Edition } from './editions.ts';
import type { CodeSystemDraft, ConceptRow } from './fhir-code-system.ts';
import { everyDay } from './fhir-day.ts';
import { wordsColumn } from './fhir-words.ts';

export interface CodeSystem extends Edition {
  readonly system: number;
  readonly url: string;
  readonly content: string;
  readonly caseSensitive: boolean;
  readonly language: string | undefined;
  readonly supplements: string | undefined;
  readonly supplementsVersion: string | undefined;
  readonly name: string | undefined;
  /** Number of its concepts. */
  readonly concepts: number;
  /** Some concept is in force on some days only. */
  readonly hasDays: boolean;
  /** Codes of declared properties and filters. */
  readonly declared: readonly string[];
}

interface Row {
  system: number;
  id: string | null;
  url: string | null;
  version: string | null;
  status: string;
  content: string;
  case_sensitive: boolean;
  language: string | null;
  supplements: string | null;
  supplements_version: string | null;
  from: string | null;
  until: string | null;
  dated: string | null;
  name: string | null;
  concepts: number;
  has_days: boolean;
  declared: string[];
}

const columns = `s.system, s.id, s.url, s.version, s.status, s.content, s.case_sensitive, s.language, s.supplements, s.supplements_version,
  lower(s.effective)::text as from, upper(s.effective)::text as until, s.dated::text, s.name, s.concepts, s.has_days, s.declared`;

/** All editions of a code system, and the supplements to it. */
export async function findEditions(db: Queryable, url: string): Promise<CodeSystem[]> {
  const { rows } = await db.query<Row>({
    name: 'terminology.find-editions',
    text: `select ${columns} from terminology.code_system s where s.url = $1 and s.content <> 'supplement'
           union all select ${columns} from terminology.code_system s where s.supplements = $1 and s.content = 'supplement'`,
    values: [url],
  });
  return rows.map(codeSystemOf);
}

/** The code system of a CodeSystem of the record. */
export async function findCodeSystemById(db: Queryable, id: string): Promise<CodeSystem | undefined> {
  const { rows } = await db.query<Row>({ name: 'terminology.find-code-system-by-id', text: `select ${columns} from terminology.code_system s where s.id = $1`, values: [id] });
  return rows[0] && codeSystemOf(rows[0]);
}

/** Addresses and versions of the code systems whose value set of all codes (CodeSystem.valueSet) this is. */
export async function findSystemsOfValueSet(db: Queryable, valueSet: string): Promise<string[]> {
  const { rows } = await db.query<{ url: string }>({
    name: 'terminology.find-systems-of-value-set',
    text: "select distinct url from terminology.code_system where value_set = $1 and url is not null and content <> 'supplement'",
    values: [valueSet],
  });
  return rows.map(({ url }) => url);
}

/** Every code system, by address, with its versions; a limit keeps the list of TerminologyCapabilities readable. */
export async function listCodeSystems(db: Queryable): Promise<{ url: string; version: string | undefined; content: string }[]> {
  const { rows } = await db.query<{ url: string; version: string | null; content: string }>({
    text: "select distinct url, version, content from terminology.code_system where url is not null and content <> 'supplement' order by url, version",
  });
  return rows.map(({ url, version, content }) => ({ url, version: version ?? undefined, content }));
}

/** Removes a code system with its concepts; gives its number, which the next state of it must keep (addCodeSystem). */
export async function removeCodeSystem(db: Queryable, id: string): Promise<number | undefined> {
  const { rows } = await db.query<{ system: number }>({ text: 'delete from terminology.code_system where id = $1 returning system', values: [id] });
  for (const { system } of rows) {
    await db.query({ text: 'delete from terminology.concept where system = $1', values: [system] });
    await db.query({ text: 'delete from terminology.further_parent where system = $1', values: [system] });
  }
  return rows[0]?.system;
}

const batchSize = 10_000;

/**
 * Adds a code system with its concepts. `number`: that of its state before. Who looks a code up finds the code system with one statement and the code
 * with the next: were the number a new one, a code would be unknown to whoever asked while the list was replaced.
 */
export async function addCodeSystem(db: Queryable, id: string | undefined, draft: CodeSystemDraft, number?: number): Promise<void> {
  const { url, version, status, content, supplements, valueSet, caseSensitive, language, effective, dated, name, declared, concepts, further, definition } = draft;
  const { rows } = await db.query<{ system: number }>({
    text: `insert into terminology.code_system (id, url, version, status, content, supplements, supplements_version, value_set, case_sensitive, language, effective, dated, name, declared, concepts, has_days, definition, system)
           overriding system value values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, coalesce($18::int, nextval(pg_get_serial_sequence('terminology.code_system', 'system')))) returning system`,
    values: [id, url, version, status, content, supplements?.url, supplements?.version, valueSet, caseSensitive, language, effective, dated, name, declared, concepts.length, concepts.some(({ valid }) => valid !== everyDay), definition, number],
  });
  const { system } = rows[0]!;
  for (let from = 0; from < concepts.length; from += batchSize) await addConcepts(db, system, from, concepts.slice(from, from + batchSize), caseSensitive);
  for (let from = 0; from < further.length; from += batchSize) {
    const some = further.slice(from, from + batchSize);
    await db.query({
      text: 'insert into terminology.further_parent (system, parent, child) select distinct $1::int, parent, child from unnest($2::int[], $3::int[]) as f(parent, child)',
      values: [system, some.map(({ parent }) => parent), some.map(({ child }) => child)],
    });
  }
  // Before the next autovacuum the planner would take a long list for a short one.
  if (concepts.length >= batchSize) await db.query({ text: 'analyze terminology.concept' });
}

async function addConcepts(db: Queryable, system: number, from: number, concepts: readonly ConceptRow[], caseSensitive: boolean): Promise<void> {
  const column = <T>(value: (concept: ConceptRow) => T): T[] => concepts.map(value);
  await db.query({
    text: `insert into terminology.concept (system, place, last, parent, code, key, display, inactive, abstract, valid, properties, detail, words)
           select $1::int, $2::int + n::int - 1, last, parent, code, case when $3::boolean then code else lower(code) end, display, inactive, abstract, valid, properties, detail, words::tsvector
           from unnest($4::int[], $5::int[], $6::text[], $7::text[], $8::boolean[], $9::boolean[], $10::daterange[], $11::jsonb[], $12::json[], $13::text[])
             with ordinality as c(last, parent, code, display, inactive, abstract, valid, properties, detail, words, n)`,
    values: [
      system, from, caseSensitive,
      column((c) => c.last), column((c) => c.parent ?? null), column((c) => c.code), column((c) => c.display ?? null), column((c) => c.inactive),
      column((c) => c.abstract), column((c) => c.valid), column((c) => c.properties ?? null), column((c) => c.detail ?? null), column((c) => wordsColumn(system, c.words)),
    ],
  });
}

function codeSystemOf(row: Row): CodeSystem {
  return {
    system: row.system, id: row.id ?? undefined, url: row.url ?? '', version: row.version ?? undefined, status: row.status, content: row.content,
    caseSensitive: row.case_sensitive, language: row.language ?? undefined, supplements: row.supplements ?? undefined,
    supplementsVersion: row.supplements_version ?? undefined, from: row.from ?? undefined, until: row.until ?? undefined, dated: row.dated ?? undefined,
    name: row.name ?? undefined, concepts: row.concepts, hasDays: row.has_days, declared: row.declared,
  };
}
