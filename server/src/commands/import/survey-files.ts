// A first, light look at all files: how many resources, and whom the conditional references mean.
import { parseLossless } from '@sen/fhir';
import { idMaker, listEntries, type Entry } from './entries.ts';
import type { SourceFile } from './find-files.ts';
import { readDocuments } from './read-documents.ts';

export interface Survey {
  /** Resources in all files; an estimate, for the progress bar. */
  readonly resources: number;
  /** Criteria that the files use (`Practitioner?identifier=…`) → ids in the files that fit. */
  readonly criteria: ReadonlyMap<string, readonly string[]>;
}

interface Glance {
  readonly file: SourceFile;
  readonly resources: number;
  readonly types: ReadonlySet<string>;
  readonly conditional: boolean;
}

/** Looks through the files. A file that cannot be read is left to the import itself, which reports it. */
export async function surveyFiles(files: readonly SourceFile[], maxDocumentMb: number): Promise<Survey> {
  const criteria = new Map<string, string[]>();
  const glances: Glance[] = [];
  for (const file of files) glances.push(await glance(file, maxDocumentMb, criteria));
  const wantedTypes = new Set([...criteria.keys()].map((text) => text.slice(0, text.indexOf('?'))));
  const tokens = new Map([...criteria.keys()].flatMap((text) => identifierOf(text).map((token) => [token, text] as const)));
  for (const { file, types, conditional } of glances) {
    if (conditional || [...types].some((type) => wantedTypes.has(type))) await indexFile(file, maxDocumentMb, criteria, tokens);
  }
  return { resources: glances.reduce((total, one) => total + one.resources, 0), criteria };
}

/** Reads the text without parsing it: patterns are five times as fast, and most files need no more. */
async function glance(file: SourceFile, maxDocumentMb: number, criteria: Map<string, string[]>): Promise<Glance> {
  const types = new Set<string>();
  let resources = 0;
  let conditional = false;
  try {
    for await (const { text, line } of readDocuments(file.path, maxDocumentMb)) {
      for (const [, link] of text.matchAll(/"reference"\s*:\s*"([A-Z][A-Za-z]+\?(?:[^"\\]|\\.)+)"/g)) criteria.set(unquote(link as string), []);
      for (const [, type] of text.matchAll(/"resourceType"\s*:\s*"([A-Za-z]+)"/g)) types.add(type as string);
      resources += line === undefined ? text.match(/"resource"\s*:\s*\{/g)?.length ?? 1 : 1;
      conditional ||= /"ifNoneExist"|"url"\s*:\s*"[A-Z][A-Za-z]+\?/.test(text);
    }
  } catch {
    // reported when it is imported
  }
  return { file, resources, types, conditional };
}

async function indexFile(file: SourceFile, maxDocumentMb: number, criteria: Map<string, string[]>, tokens: ReadonlyMap<string, string>): Promise<void> {
  const makeId = idMaker();
  try {
    for await (const { text, line } of readDocuments(file.path, maxDocumentMb)) {
      for (const entry of entriesOf(text, line, makeId)) indexEntry(entry, criteria, tokens);
    }
  } catch {
    // reported when it is imported
  }
}

function entriesOf(text: string, line: number | undefined, makeId: ReturnType<typeof idMaker>): readonly Entry[] {
  try {
    return listEntries(parseLossless(text), line, makeId).entries;
  } catch {
    return [];
  }
}

function indexEntry({ resource, id, createUnless, replaces }: Entry, criteria: Map<string, string[]>, tokens: ReadonlyMap<string, string>): void {
  const own = createUnless ?? replaces;
  // Of several entries with the same condition the first is created; the others find it there.
  if (own !== undefined) {
    const ids = criteria.get(own) ?? [];
    criteria.set(own, ids.length === 0 ? [id] : ids);
  }
  const identifiers = Array.isArray(resource['identifier']) ? resource['identifier'] : [resource['identifier']];
  for (const one of identifiers as { system?: string; value?: string }[]) {
    if (one?.value === undefined) continue;
    for (const token of [`${resource.resourceType}?${one.system ?? ''}|${one.value}`, `${resource.resourceType}?${one.value}`]) {
      const text = tokens.get(token);
      const ids = text === undefined || text === own ? undefined : criteria.get(text);
      if (ids && !ids.includes(id)) ids.push(id);
    }
  }
}

/** `Type?identifier=system|value` as the token to look for; nothing for other criteria, which only the record can answer. */
function identifierOf(criteria: string): string[] {
  const at = criteria.indexOf('?');
  const query = [...new URLSearchParams(criteria.slice(at + 1))];
  const [name, value] = query[0] ?? [];
  return query.length === 1 && name === 'identifier' && value ? [`${criteria.slice(0, at)}?${value.replaceAll(/\\([,|$\\])/g, '$1')}`] : [];
}

function unquote(text: string): string {
  return text.includes('\\') ? (JSON.parse(`"${text}"`) as string) : text;
}
