// Tables of a folder, or our starter tables, as the resources that go into the record.
import { codeSystemOf, type Definition, type Edition } from './code-system.ts';
import { mapLists } from './concept-maps.ts';
import { codeLists, type CodeList } from './lists.ts';
import { starterTables } from './starter-tables.ts';
import { readTable, TableError } from './table.ts';

/** Gives the text of a table by its name; undefined when there is none. */
export type TableReader = (file: string) => string | undefined;

export interface ReadList {
  readonly file: string;
  /** Undefined when the table could not be read. */
  readonly resource: Definition | undefined;
  readonly codes: number;
  readonly problem?: string;
}

/** Names of all tables that the lists are read from. */
export const tableNames: readonly string[] = [...new Set([...codeLists.flatMap(({ file, besides = [] }) => [file, ...besides]), ...mapLists.map(({ file }) => file)])];

/** Reads every list whose table is there, and the maps between them. */
export function readCodeLists(read: TableReader): ReadList[] {
  const lists = codeLists.filter(({ file }) => read(file) !== undefined).map((list) => readList(list, read));
  const maps = mapLists.filter(({ file }) => read(file) !== undefined).map(({ file, columns, make }) => attempt(file, () => {
    const rows = readTable(read(file) ?? '', columns);
    return { resource: make(rows), codes: rows.length };
  }));
  return [...lists, ...maps];
}

/** Reads one table as another edition of a list, such as a new decision brings. Throws TableError. */
export function readEdition(name: string, edition: Edition, text: string): Definition {
  const list = codeLists.findLast((one) => one.name === name);
  if (list === undefined) throw new TableError(`there is no list "${name}"; ${[...new Set(codeLists.map((one) => one.name))].join(', ')} are`);
  const { from: _from, until: _until, draft: _draft, ...rest } = list;
  return codeSystemOf({ ...rest, ...edition }, list.codes(readTable(text, list.columns), {}));
}

/** The starter sets: whole lists where they are short, else fragments that say so. */
export function starterCodeLists(): Definition[] {
  const read: TableReader = (file) => starterTables[file]?.text;
  return readCodeLists(read).flatMap(({ resource, file }) => {
    if (resource === undefined) return [];
    return resource.resourceType === 'CodeSystem' && starterTables[file]?.whole !== true ? [{ ...resource, content: 'fragment' }] : [resource];
  });
}

function readList(list: CodeList, read: TableReader): ReadList {
  return attempt(list.file, () => {
    const besides = Object.fromEntries((list.besides ?? []).map((file) => [file, readTable(read(file) ?? '', [])]));
    const codes = list.codes(readTable(read(list.file) ?? '', list.columns), besides);
    return { resource: codeSystemOf(list, codes), codes: codes.length };
  });
}

function attempt(file: string, read: () => { resource: Definition; codes: number }): ReadList {
  try {
    return { file, ...read() };
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    return { file, resource: undefined, codes: 0, problem: error.message };
  }
}
