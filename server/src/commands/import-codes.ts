// `npm run sen -- import-codes <folder>`: the official code lists into the record, each edition with its days in force.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { tableNames, TableError } from '@sen/vietnam';
import { addStarterLists, importCodeLists, importEdition, type CodeListReport } from '../modules/catalogue/index.ts';
import { readSettings } from '../platform/config.ts';
import type { Work } from '../platform/work.ts';
import { withHouse } from '../start/with-house.ts';

const usage = `npm run sen -- import-codes <thư mục / folder>                nạp mọi danh mục tìm thấy / load every list found
npm run sen -- import-codes --starter                         nạp bộ mẫu nhỏ / load the small starter sets
npm run sen -- import-codes --list <tên / name> --edition <v> [--from 2026-07-01] [--until …] <tệp / file.tsv>

  Tệp / Files: ${tableNames.join(', ')}
`;

interface Command {
  readonly path: string | undefined;
  readonly starter: boolean;
  readonly list: string | undefined;
  readonly edition: string | undefined;
  readonly from: string | undefined;
  readonly until: string | undefined;
}

/** Loads code lists. Ends with 0 when all went in, 2 when something was refused, 1 for a wrong command. */
export async function run(args: string[]): Promise<number> {
  const command = readCommand(args);
  if (command === undefined) {
    process.stderr.write(usage);
    return 1;
  }
  try {
    return await withHouse(readSettings(process.env), (house) => act(house.systemWork(), command));
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

async function act(work: Work, { path = '', starter, list, edition, from, until }: Command): Promise<number> {
  if (starter) {
    await addStarterLists(work);
    process.stdout.write('Đã nạp bộ mẫu. / The starter sets are loaded.\n');
    return 0;
  }
  if (list !== undefined) return tell([await importEdition(work, basename(path), list, { version: edition ?? '', from, until }, readFileSync(path, 'utf8'))], []);
  const read = (file: string): string | undefined => (existsSync(join(path, file)) ? readFileSync(join(path, file), 'utf8') : undefined);
  return tell(await importCodeLists(work, read), tableNames.filter((file) => read(file) === undefined));
}

function tell(reports: readonly CodeListReport[], missing: readonly string[]): number {
  for (const { file, codes, name, outcome, problem } of reports) {
    process.stdout.write(`  ${file.padEnd(34)} ${String(codes).padStart(6)}  ${outcome.padEnd(10)} ${name ?? ''}${problem === undefined ? '' : `  ${problem}`}\n`);
  }
  if (missing.length > 0) process.stdout.write(`Không có tệp / No file: ${missing.join(', ')}\n`);
  return reports.some(({ outcome }) => outcome === 'refused' || outcome === 'unreadable') ? 2 : 0;
}

function readCommand(args: string[]): Command | undefined {
  const text = { type: 'string' as const };
  try {
    const { values, positionals } = parseArgs({ args, options: { list: text, edition: text, from: text, until: text, starter: { type: 'boolean' } }, allowPositionals: true });
    const [path] = positionals;
    const { list, edition, from, until } = values;
    const days = [from, until].every((day) => day === undefined || /^\d{4}-\d{2}-\d{2}$/.test(day));
    const fits = values.starter === true ? path === undefined : list === undefined ? isFolder(path) : edition !== undefined && path !== undefined && existsSync(path) && !isFolder(path);
    return days && fits && positionals.length <= 1 ? { path, starter: values.starter === true, list, edition, from, until } : undefined;
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return undefined;
  }
}

function isFolder(path: string | undefined): boolean {
  return path !== undefined && statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
