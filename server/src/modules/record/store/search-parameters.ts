import type { ParameterType } from '@sen/fhir';
import type { Queryable } from '../../../platform/database.ts';
import type { KeptDefinition } from '../search-parameters/definition.ts';

interface Row {
  base: string;
  code: string;
  id: string;
  url: string;
  definition: Pick<KeptDefinition, 'type' | 'expression' | 'targets' | 'components'>;
}

function definitionOf({ base, code, id, url, definition }: Row): KeptDefinition {
  return { base, code, id, url, ...definition };
}

/** Every definition in force, in a stable order. */
export async function loadDefinitions(db: Queryable): Promise<KeptDefinition[]> {
  const { rows } = await db.query<Row>({ name: 'search-parameters', text: 'select base, code, id, url, definition from record.search_parameter order by base, code' });
  return rows.map(definitionOf);
}

/** The definitions that resources made before. */
export async function loadDefinitionsOf(db: Queryable, ids: readonly string[]): Promise<KeptDefinition[]> {
  const { rows } = await db.query<Row>({ name: 'search-parameters-of', text: 'select base, code, id, url, definition from record.search_parameter where id = any($1)', values: [ids] });
  return rows.map(definitionOf);
}

/** Definitions of a code by other resources. */
export async function loadRivals(db: Queryable, code: string, id: string): Promise<{ base: string; id: string }[]> {
  const { rows } = await db.query<{ base: string; id: string }>({ text: 'select base, id from record.search_parameter where code = $1 and id <> $2 order by base', values: [code, id] });
  return rows;
}

/** The type of a defined parameter by its canonical, with or without a version; undefined when nobody defines it. */
export async function loadTypesByUrl(db: Queryable, urls: readonly string[]): Promise<Map<string, ParameterType>> {
  const bare = urls.map((url) => url.split('|')[0]);
  const { rows } = await db.query<{ url: string; type: ParameterType }>({ text: "select distinct url, definition->>'type' as type from record.search_parameter where url = any($1)", values: [bare] });
  return new Map(rows.map(({ url, type }) => [url, type]));
}

/** Puts the definitions of a resource in the place of those it made before. */
export async function replaceDefinitions(db: Queryable, id: string, definitions: readonly KeptDefinition[]): Promise<void> {
  await db.query({ text: 'delete from record.search_parameter where id = $1', values: [id] });
  for (const { base, code, url, type, expression, targets, components } of definitions) {
    await db.query({
      text: 'insert into record.search_parameter (base, code, id, url, definition) values ($1, $2, $3, $4, $5)',
      values: [base, code, id, url, JSON.stringify({ type, expression, targets, components })],
    });
  }
}
