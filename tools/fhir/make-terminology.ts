// Writes the migration of terminology that brings R4's own code systems and value sets: those that elements of R4 are bound to, as far as HL7
// made them. Lists of others (LOINC, SNOMED CT, DICOM) have licences of their own and are loaded by the hospital.
// R4 is frozen, and so is the migration: run this only while it has not been released.
import { writeFileSync } from 'node:fs';
import { readCodeSystem } from '../../server/src/modules/terminology/index.ts';
import { readDefinitions, type Definition } from './definitions.ts';

interface Include {
  readonly system?: string;
  readonly version?: string;
  readonly valueSet?: readonly string[];
  readonly concept?: readonly { readonly code: string; readonly display?: string }[];
}

interface ValueSet extends Definition {
  readonly compose?: { readonly include?: readonly Include[]; readonly exclude?: readonly Include[] };
}

interface StructureDefinition extends Definition {
  readonly snapshot?: { readonly element: readonly { readonly binding?: { readonly valueSet?: string } }[] };
}

const target = new URL('../../server/src/modules/terminology/migrations/0002-add-r4-lists.sql', import.meta.url);
const madeByHl7 = /^http:\/\/(hl7\.org\/fhir|terminology\.hl7\.org)\/[^|]+$/;
// Codes of a public standard, listed one by one with names that HL7 gave them.
const publicCodes = new Set(['urn:ietf:bcp:47']);

// Names in English only: the few designations are no translation that a hospital could rely on.
const codeSystems = new Map(readDefinitions('CodeSystem').map((one) => [one.url, JSON.parse(JSON.stringify(one, withoutDesignations)) as Definition]));
const valueSets = new Map(readDefinitions<ValueSet>('ValueSet').map((one) => [one.url, JSON.parse(JSON.stringify(one, withRealVersions)) as ValueSet]));

// task-code of R4 4.0.1 still names version 3.6.0 of its code system, which 4.0.1 replaced.
function withRealVersions(_: string, value: Include | null): unknown {
  const system = typeof value?.version === 'string' && typeof value.system === 'string' ? codeSystems.get(value.system) : undefined;
  if (system === undefined || system['version'] === value?.version) return value;
  return { ...value, version: undefined };
}

function withoutDesignations(key: string, value: unknown): unknown {
  return key === 'designation' || key === 'extension' ? undefined : value;
}

function boundValueSets(): string[] {
  const elements = readDefinitions<StructureDefinition>('StructureDefinition').flatMap(({ snapshot }) => snapshot?.element ?? []);
  return elements.flatMap(({ binding }) => binding?.valueSet?.split('|')[0] ?? []);
}

/** The value sets that can be answered from lists of HL7 alone, with those they are made of. */
function ownValueSets(): ValueSet[] {
  const judged = new Map<string, boolean>();
  const isOwn = (url: string): boolean => {
    const known = judged.get(url);
    if (known !== undefined) return known;
    judged.set(url, false); // until the circle, if it is one, is closed
    const own = partsOf(valueSets.get(url)).every(({ system, concept, valueSet = [] }) => isAnswerable(system, concept !== undefined) && valueSet.every((one) => isOwn(one.split('|')[0]!)));
    judged.set(url, own && valueSets.has(url));
    return judged.get(url)!;
  };
  boundValueSets().forEach(isOwn);
  return [...judged].filter(([, own]) => own).map(([url]) => valueSets.get(url)!).sort((a, b) => (a.url < b.url ? -1 : 1));
}

function partsOf(valueSet: ValueSet | undefined): Include[] {
  return [...(valueSet?.compose?.include ?? []), ...(valueSet?.compose?.exclude ?? [])];
}

function isAnswerable(system: string | undefined, listed: boolean): boolean {
  if (system === undefined) return true;
  return (madeByHl7.test(system) && codeSystems.has(system)) || (listed && publicCodes.has(system));
}

/** code, display, and where they are not what a flat list has: last place below, place of the parent, 1 inactive + 2 abstract, words. */
function rowsOf(url: string): unknown[][] {
  const { concepts, further } = readCodeSystem(codeSystems.get(url)!);
  if (further.length > 0) furtherParents.push(...further.map(({ parent, child }) => [url, parent, child] as const));
  return concepts.map(({ code, display, last, parent, inactive, abstract, words }, place) => {
    const plain = [...new Set(`${code} ${display ?? ''}`.toLowerCase().match(/[a-z0-9]+/g) ?? [])];
    const special = plain.sort().join(' ') === [...words].sort().join(' ') ? null : words.join(' ');
    if (special !== null && /[^a-z0-9 ]/.test(special)) throw new Error(`words of ${url}#${code} are not plain: ${special}`);
    const row = [code, display ?? null, last === place ? null : last, parent ?? null, Number(inactive) + 2 * Number(abstract) || null, special];
    while (row.at(-1) === null && row.length > 1) row.pop();
    return row;
  });
}

const furtherParents: (readonly [string, number, number])[] = [];

function quoted(value: unknown): string {
  if (value === undefined || value === null) return 'null';
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}

function systemRow(url: string): string {
  const { version, status, content, valueSet, caseSensitive, name, language, dated } = readCodeSystem(codeSystems.get(url)!);
  return `(${[url, version, status, content, valueSet, caseSensitive, name, language, dated, JSON.stringify(rowsOf(url))].map(quoted).join(', ')})`;
}

function valueSetRow({ url, version, status, name, title, date, compose }: ValueSet): string {
  const plain = JSON.stringify({ resourceType: 'ValueSet', url, version, name, title, status, compose }, withoutDesignations);
  return `(${[url, version, status, typeof date === 'string' ? date.slice(0, 10) : undefined, plain].map(quoted).join(', ')})`;
}

const own = ownValueSets();
const systems = [...new Set(own.flatMap((one) => partsOf(one).flatMap(({ system }) => (system !== undefined && codeSystems.has(system) ? [system] : []))))].sort();
const systemRows = systems.map(systemRow);

writeFileSync(target, `-- Made by tools/fhir/make-terminology.ts from HL7 FHIR R4 (4.0.1) definitions (CC0): the code systems of HL7 that elements of R4 are bound to, and their value sets.
create temporary table r4_system (url text, version text, status text, content text, value_set text, case_sensitive boolean, name text, language text, dated date, rows json) on commit drop;
insert into r4_system values
${systemRows.join(',\n')};

insert into terminology.code_system (url, version, status, content, value_set, case_sensitive, name, language, effective, dated, concepts, has_days, declared, definition)
select url, version, status, content, value_set, case_sensitive, name, language, '(,)', dated, json_array_length(rows), false, '{}', json_build_object('resourceType', 'CodeSystem', 'url', url, 'version', version, 'name', name, 'status', status, 'content', content)
from r4_system;

-- A row is code, display, last place below, place of the parent, 1 inactive + 2 abstract, words; what is left out is as in a flat list.
insert into terminology.concept (system, place, last, parent, inactive, abstract, valid, code, key, display, words)
select s.system, n - 1, coalesce((r ->> 2)::int, n - 1), (r ->> 3)::int, coalesce((r ->> 4)::int, 0) & 1 = 1, coalesce((r ->> 4)::int, 0) & 2 = 2, '(,)',
  r ->> 0, case when s.case_sensitive then r ->> 0 else lower(r ->> 0) end, r ->> 1,
  coalesce((select array_to_tsvector(array_agg(distinct s.system || '.' || w)) from regexp_split_to_table(coalesce(r ->> 5, lower(concat_ws(' ', r ->> 0, r ->> 1))), '[^a-z0-9]+') w where w <> ''), '')
from r4_system t join terminology.code_system s on s.id is null and s.url = t.url cross join lateral json_array_elements(t.rows) with ordinality as x (r, n);

insert into terminology.further_parent (system, parent, child)
select s.system, f.parent, f.child from (values
${furtherParents.map((row) => `(${row.map(quoted).join(', ')})`).join(',\n')}) as f (url, parent, child) join terminology.code_system s on s.id is null and s.url = f.url;

insert into terminology.value_set (url, version, status, effective, dated, definition)
select url, version, status, '(,)', dated::date, definition::json from (values
${own.map(valueSetRow).join(',\n')}) as v (url, version, status, dated, definition);
`);
console.log(`${systems.length} code systems, ${own.length} value sets, ${furtherParents.length} further parents`);
