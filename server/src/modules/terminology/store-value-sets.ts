// Queries of value sets as they were written; what they contain is in members/.
import type { Queryable } from '../../platform/database.ts';
import type { Edition } from './editions.ts';
import type { Heading } from './fhir-code-system.ts';

export interface StoredValueSet extends Edition {
  /** The resource without its narrative. */
  readonly definition: Readonly<Record<string, unknown>>;
}

interface Row {
  id: string | null;
  version: string | null;
  status: string;
  from: string | null;
  until: string | null;
  dated: string | null;
  definition: Record<string, unknown>;
}

const columns = 'id, version, status, lower(effective)::text as from, upper(effective)::text as until, dated::text, definition';

/** All editions of a value set. */
export async function findValueSets(db: Queryable, url: string): Promise<StoredValueSet[]> {
  const { rows } = await db.query<Row>({ name: 'terminology.find-value-sets', text: `select ${columns} from terminology.value_set where url = $1`, values: [url] });
  return rows.map(valueSetOf);
}

/** The value set of a ValueSet of the record. */
export async function findValueSetById(db: Queryable, id: string): Promise<StoredValueSet | undefined> {
  const { rows } = await db.query<Row>({ name: 'terminology.find-value-set-by-id', text: `select ${columns} from terminology.value_set where id = $1`, values: [id] });
  return rows[0] && valueSetOf(rows[0]);
}

export async function removeValueSet(db: Queryable, id: string): Promise<void> {
  await db.query({ text: 'delete from terminology.value_set where id = $1', values: [id] });
}

export async function addValueSet(db: Queryable, id: string | undefined, { url, version, status, effective, dated, definition }: Heading): Promise<void> {
  await db.query({
    text: 'insert into terminology.value_set (id, url, version, status, effective, dated, definition) values ($1, $2, $3, $4, $5, $6, $7)',
    values: [id, url, version, status, effective, dated, definition],
  });
}

function valueSetOf({ id, version, status, from, until, dated, definition }: Row): StoredValueSet {
  return { id: id ?? undefined, version: version ?? undefined, status, from: from ?? undefined, until: until ?? undefined, dated: dated ?? undefined, definition };
}
