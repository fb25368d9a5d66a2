// `npm run sen -- reindex [--type T]`: the search index anew, from the resources.
import { parseArgs } from 'node:util';
import { Presets, SingleBar } from 'cli-progress';
import { reindexNow, type ReindexProgress } from '../modules/record/index.ts';
import { readSettings } from '../platform/config.ts';
import { untilStopped } from '../start/until-stopped.ts';
import { withHouse } from '../start/with-house.ts';

const usage = `npm run sen -- reindex [--type T …]
  --type T                 chỉ loại tài nguyên này, lặp lại được / only this type of resource, may be repeated (all)
`;

/** Makes the index anew, beside a server that may run. Ends with 0 when all is done, 1 for a wrong command, 130 when stopped by a person. */
export async function run(args: string[]): Promise<number> {
  const types = readTypes(args);
  if (types === undefined) {
    process.stderr.write(usage);
    return 1;
  }
  const stopping = new AbortController();
  void untilStopped().then(() => stopping.abort());
  const shown = process.stderr.isTTY ? bar() : lines();
  const began = Date.now();
  const settings = readSettings(process.env);
  const end = await withHouse(settings, (house) => reindexNow(house.systemWork, types, shown.show, stopping.signal).finally(shown.stop));
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  if (end.typesLeft > 0) {
    process.stdout.write(`Đã dừng; máy chủ sẽ làm tiếp. / Stopped; the server goes on with it. ${end.done}/${end.total}\n`);
    return 130;
  }
  process.stdout.write(`${end.done} tài nguyên, ${end.changed} đã lập lại chỉ mục, ${seconds} giây. / ${end.done} resources, ${end.changed} indexed anew, ${seconds} s.\n`);
  return 0;
}

function readTypes(args: string[]): string[] | undefined {
  try {
    const { values } = parseArgs({ args, options: { type: { type: 'string', multiple: true } } });
    return (values.type ?? []).flatMap((text) => text.split(',')).filter((type) => type !== '');
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return undefined;
  }
}

interface Shown {
  show(progress: ReindexProgress): void;
  stop(): void;
}

function bar(): Shown {
  const shown = new SingleBar({ stream: process.stderr, format: '{bar} {percentage}%  {value}/{total}  còn {eta_formatted}', hideCursor: true, fps: 5 }, Presets.shades_classic);
  let begun = false;
  return {
    show: ({ total, done }) => {
      if (!begun) shown.start(total, done);
      begun = true;
      shown.setTotal(total);
      shown.update(done);
    },
    stop: () => {
      if (begun) shown.stop();
    },
  };
}

const LINE_EVERY_MS = 5_000;

function lines(): Shown {
  let told = Date.now();
  return {
    show: ({ total, done }) => {
      if (Date.now() - told < LINE_EVERY_MS) return;
      told = Date.now();
      process.stderr.write(`${done}/${total} tài nguyên / resources\n`);
    },
    stop: () => undefined,
  };
}
