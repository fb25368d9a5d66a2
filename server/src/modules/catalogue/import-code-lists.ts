import { readCodeLists, readEdition, type CodeListResource, type Edition, type ReadList } from '@sen/vietnam';
import type { Work } from '../../platform/work.ts';
import { storeLists, type StoredList } from './fhir.ts';

export interface CodeListReport {
  readonly file: string;
  readonly codes: number;
  /** Address in the record; undefined when nothing could be stored. */
  readonly name?: string;
  readonly outcome: StoredList['outcome'] | 'unreadable';
  readonly problem?: string;
}

/** Stores every list whose table is given, and the maps between lists; `read` gives a table by its name. One bad table does not keep the others out. */
export async function importCodeLists(work: Work, read: (file: string) => string | undefined): Promise<CodeListReport[]> {
  const reports: CodeListReport[] = [];
  for (const list of readCodeLists(read)) reports.push(await report(work, list));
  return reports;
}

/** Stores one table as a further edition of a list, such as a new decision brings. Throws TableError for what it cannot read. */
export async function importEdition(work: Work, file: string, name: string, edition: Edition, text: string): Promise<CodeListReport> {
  const resource = readEdition(name, edition, text);
  return report(work, { file, resource, codes: Number(resource['count'] ?? 0) });
}

async function report(work: Work, { file, resource, codes, problem }: ReadList): Promise<CodeListReport> {
  if (resource === undefined) return { file, codes, outcome: 'unreadable', ...(problem === undefined ? {} : { problem }) };
  const [stored] = await storeLists(work, [resource]);
  return { file, codes, name: nameOf(resource), outcome: stored?.outcome ?? 'refused', ...(stored?.problem === undefined ? {} : { problem: stored.problem }) };
}

function nameOf({ resourceType, id }: CodeListResource): string {
  return `${resourceType}/${id}`;
}
