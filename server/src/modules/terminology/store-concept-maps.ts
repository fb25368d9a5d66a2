// Queries of concept maps.
import type { Queryable } from '../../platform/database.ts';
import type { Edition } from './editions.ts';
import type { ConceptMapDraft, MapDetail, MapEntry, MapGroup, Unmapped } from './fhir-concept-map.ts';

export interface ConceptMap extends Edition {
  readonly conceptMap: number;
  readonly url: string | undefined;
  readonly source: string | undefined;
  readonly target: string | undefined;
}

/** A group with the place it has in its map. */
export interface StoredGroup extends MapGroup {
  readonly place: number;
}

interface Row {
  concept_map: number;
  id: string | null;
  url: string | null;
  version: string | null;
  status: string;
  source: string | null;
  target: string | null;
  from: string | null;
  until: string | null;
  dated: string | null;
}

const columns = 'm.concept_map, m.id, m.url, m.version, m.status, m.source, m.target, lower(m.effective)::text as from, upper(m.effective)::text as until, m.dated::text';

/** All editions of a concept map. */
export async function findConceptMaps(db: Queryable, url: string): Promise<ConceptMap[]> {
  const { rows } = await db.query<Row>({ name: 'terminology.find-concept-maps', text: `select ${columns} from terminology.concept_map m where m.url = $1`, values: [url] });
  return rows.map(conceptMapOf);
}

/** The concept map of a ConceptMap of the record. */
export async function findConceptMapById(db: Queryable, id: string): Promise<ConceptMap | undefined> {
  const { rows } = await db.query<Row>({ name: 'terminology.find-concept-map-by-id', text: `select ${columns} from terminology.concept_map m where m.id = $1`, values: [id] });
  return rows[0] && conceptMapOf(rows[0]);
}

/** Concept maps with a group from a system (or to it, in reverse). */
export async function findConceptMapsOf(db: Queryable, system: string, reverse: boolean): Promise<ConceptMap[]> {
  const side = reverse ? 'target' : 'source';
  const { rows } = await db.query<Row>({
    name: `terminology.find-concept-maps-by-${side}`,
    text: `select ${columns} from terminology.concept_map m where m.concept_map in (select g.concept_map from terminology.concept_map_group g where g.${side} = $1)`,
    values: [system],
  });
  return rows.map(conceptMapOf);
}

export async function findGroups(db: Queryable, conceptMap: number): Promise<StoredGroup[]> {
  const { rows } = await db.query<{ place: number; source: string | null; source_version: string | null; target: string | null; target_version: string | null; unmapped: Unmapped | null }>({
    name: 'terminology.find-groups',
    text: 'select place, source, source_version, target, target_version, unmapped from terminology.concept_map_group where concept_map = $1 order by place',
    values: [conceptMap],
  });
  return rows.map((row) => ({
    place: row.place, source: row.source ?? undefined, sourceVersion: row.source_version ?? undefined,
    target: row.target ?? undefined, targetVersion: row.target_version ?? undefined, unmapped: row.unmapped ?? undefined,
  }));
}

/** Entries from a code (or to it, in reverse), in the order of the map. */
export async function findEntries(db: Queryable, conceptMap: number, code: string, reverse: boolean): Promise<MapEntry[]> {
  const side = reverse ? 'target' : 'source';
  const { rows } = await db.query<{ group_place: number; source_code: string; source_display: string | null; target_code: string | null; target_display: string | null; equivalence: string; detail: MapDetail | null }>({
    name: `terminology.find-entries-by-${side}`,
    text: `select group_place, source_code, source_display, target_code, target_display, equivalence, detail from terminology.concept_map_entry
           where concept_map = $1 and ${side}_code = $2 order by place`,
    values: [conceptMap, code],
  });
  return rows.map((row) => ({
    group: row.group_place, sourceCode: row.source_code, sourceDisplay: row.source_display ?? undefined, targetCode: row.target_code ?? undefined,
    targetDisplay: row.target_display ?? undefined, equivalence: row.equivalence, detail: row.detail ?? undefined,
  }));
}

export async function removeConceptMap(db: Queryable, id: string): Promise<void> {
  const { rows } = await db.query<{ concept_map: number }>({ text: 'delete from terminology.concept_map where id = $1 returning concept_map', values: [id] });
  for (const { concept_map: map } of rows) {
    await db.query({ text: 'delete from terminology.concept_map_entry where concept_map = $1', values: [map] });
    await db.query({ text: 'delete from terminology.concept_map_group where concept_map = $1', values: [map] });
  }
}

export async function addConceptMap(db: Queryable, id: string, draft: ConceptMapDraft): Promise<void> {
  const { url, version, status, source, target, effective, dated, definition, groups, entries } = draft;
  const { rows } = await db.query<{ concept_map: number }>({
    text: `insert into terminology.concept_map (id, url, version, status, source, target, effective, dated, definition)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning concept_map`,
    values: [id, url, version, status, source, target, effective, dated, definition],
  });
  const map = rows[0]!.concept_map;
  await addGroups(db, map, groups);
  for (let from = 0; from < entries.length; from += 10_000) await addEntries(db, map, from, entries.slice(from, from + 10_000));
}

async function addGroups(db: Queryable, map: number, groups: readonly MapGroup[]): Promise<void> {
  await db.query({
    text: `insert into terminology.concept_map_group (concept_map, place, source, source_version, target, target_version, unmapped)
           select $1, n - 1, source, source_version, target, target_version, unmapped
           from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::json[]) with ordinality as g(source, source_version, target, target_version, unmapped, n)`,
    values: [
      map, groups.map((g) => g.source ?? null), groups.map((g) => g.sourceVersion ?? null), groups.map((g) => g.target ?? null),
      groups.map((g) => g.targetVersion ?? null), groups.map((g) => (g.unmapped === undefined ? null : JSON.stringify(g.unmapped))),
    ],
  });
}

async function addEntries(db: Queryable, map: number, from: number, entries: readonly MapEntry[]): Promise<void> {
  await db.query({
    text: `insert into terminology.concept_map_entry (concept_map, place, group_place, source_code, source_display, target_code, target_display, equivalence, detail)
           select $1, $2::int + n::int - 1, group_place, source_code, source_display, target_code, target_display, equivalence, detail
           from unnest($3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::json[])
             with ordinality as e(group_place, source_code, source_display, target_code, target_display, equivalence, detail, n)`,
    values: [
      map, from, entries.map((e) => e.group), entries.map((e) => e.sourceCode), entries.map((e) => e.sourceDisplay ?? null), entries.map((e) => e.targetCode ?? null),
      entries.map((e) => e.targetDisplay ?? null), entries.map((e) => e.equivalence), entries.map((e) => (e.detail === undefined ? null : JSON.stringify(e.detail))),
    ],
  });
}

function conceptMapOf(row: Row): ConceptMap {
  return {
    conceptMap: row.concept_map, id: row.id ?? undefined, url: row.url ?? undefined, version: row.version ?? undefined, status: row.status,
    source: row.source ?? undefined, target: row.target ?? undefined, from: row.from ?? undefined, until: row.until ?? undefined, dated: row.dated ?? undefined,
  };
}
