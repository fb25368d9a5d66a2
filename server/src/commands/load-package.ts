// `npm run sen -- load-package <file.tgz or folder>`: profiles, value sets, code systems … of an implementation guide into the record.
import { parseArgs } from 'node:util';
import { loadPackage, reviewPackage, type DefinitionPackage, type PackageReport } from '../modules/record/index.ts';
import { readSettings } from '../platform/config.ts';
import { withHouse } from '../start/with-house.ts';
import { readPackage } from './load-package/read-package.ts';
import { reportLines } from './load-package/tell-report.ts';

const usage = `npm run sen -- load-package [--dry-run] <gói .tgz hoặc thư mục / .tgz or folder> …
  --dry-run                chỉ kiểm tra, không ghi / judge only, store nothing
`;

/** Loads packages in the order given. Ends with 0 when all went in, 2 when something was refused, 1 for a wrong command. */
export async function run(args: string[]): Promise<number> {
  const command = readCommand(args);
  if (command === undefined) {
    process.stderr.write(usage);
    return 1;
  }
  const packages: DefinitionPackage[] = [];
  for (const path of command.paths) packages.push(await readPackage(path));
  const act = command.dryRun ? reviewPackage : loadPackage;
  let refused = 0;
  await withHouse(readSettings(process.env), async (house) => {
    for (const one of packages) refused += say(await act(house.systemWork(), one));
  });
  return refused > 0 ? 2 : 0;
}

function say(report: PackageReport): number {
  process.stdout.write(`${reportLines(report).join('\n')}\n`);
  return report.refused.length;
}

function readCommand(args: string[]): { paths: string[]; dryRun: boolean } | undefined {
  try {
    const { values, positionals: paths } = parseArgs({ args, options: { 'dry-run': { type: 'boolean' } }, allowPositionals: true });
    return paths.length === 0 ? undefined : { paths, dryRun: values['dry-run'] === true };
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return undefined;
  }
}
