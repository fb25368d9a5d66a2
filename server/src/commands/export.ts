// `npm run sen -- export <folder>`: the record as NDJSON files, one a type, as it was when the command began.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { exportToFolder } from '../modules/bulk/index.ts';
import { recordAudit } from '../modules/security/index.ts';
import { readSettings } from '../platform/config.ts';
import { untilStopped } from '../start/until-stopped.ts';
import { withHouse } from '../start/with-house.ts';

const usage = `npm run sen -- export [tùy chọn / options] <thư mục / folder>
  --type TYPE,…            chỉ các loại này / these types only
  --since TIME             chỉ những gì đổi từ lúc đó / only what changed after, such as 2026-03-02T08:00:00+07:00
  --gzip                   nén tệp / compress the files
`;
const lineEveryMs = 5_000;

/** Exports to a folder. Ends with 0 when all was written, 1 for a wrong command, 130 when stopped by a person. */
export async function run(args: string[]): Promise<number> {
  const command = readCommand(args);
  if (command === undefined) {
    process.stderr.write(usage);
    return 1;
  }
  let stopped = false;
  void untilStopped().then(() => (stopped = true));
  const began = Date.now();
  const progress = showWritten(began);
  const counts = await withHouse(readSettings(process.env), async (house) => {
    // before the first file: a copy of the record leaves
    await recordAudit(house.systemWork(), { kind: 'export', action: 'R', door: 'sen export', everyone: true, detail: { folder: command.folder, types: command.types?.join(' ') ?? '' } });
    return exportToFolder(house.systemWork(), { ...command, isStopped: () => stopped }, progress);
  });
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const seconds = (Date.now() - began) / 1000;
  for (const [type, count] of counts) process.stdout.write(`${String(count).padStart(10)}  ${type}\n`);
  process.stdout.write(`${String(total).padStart(10)}  tài nguyên / resources, ${seconds.toFixed(1)} s (${Math.round(total / Math.max(0.001, seconds))}/s): ${command.folder}\n`);
  if (stopped) process.stdout.write('Đã dừng giữa chừng: chưa đủ. / Stopped before the end: not complete.\n');
  return stopped ? 130 : 0;
}

interface Command {
  readonly folder: string;
  readonly types?: readonly string[];
  readonly since?: number;
  readonly gzip: boolean;
}

function readCommand(args: string[]): Command | undefined {
  try {
    const options = { type: { type: 'string', multiple: true }, since: { type: 'string' }, gzip: { type: 'boolean' } } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [folder] = positionals;
    const since = values.since === undefined ? undefined : Date.parse(values.since);
    if (folder === undefined || positionals.length > 1 || Number.isNaN(since)) return undefined;
    const types = values.type?.flatMap((text) => text.split(','));
    return { folder: resolve(folder), gzip: values.gzip === true, ...(types === undefined ? {} : { types }), ...(since === undefined ? {} : { since }) };
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return undefined;
  }
}

/** A line now and then, for the person who waits. */
function showWritten(began: number) {
  let done = 0;
  let told = began;
  return {
    wrote: (type: string, resources: number) => {
      done += resources;
      if (Date.now() - told < lineEveryMs) return;
      told = Date.now();
      process.stderr.write(`${done} tài nguyên / resources, ${Math.round(done / ((told - began) / 1000))}/s (${type})\n`);
    },
  };
}
