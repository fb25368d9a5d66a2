// Progress for the person who waits: a bar on a terminal, plain lines in a log.
import { Presets, SingleBar } from 'cli-progress';
import type { Listener } from './import-files.ts';

export interface ShownProgress extends Listener {
  stop(): void;
}

const plainLineEveryMs = 5_000;

/** Shows progress on a stream until `stop`. */
export function showProgress(stream: NodeJS.WriteStream): ShownProgress {
  return stream.isTTY ? bar(stream) : lines(stream);
}

function bar(stream: NodeJS.WriteStream): ShownProgress {
  const shown = new SingleBar({
    stream,
    format: '{bar} {percentage}%  {value}/{total} tài nguyên  {rate}/s  còn {eta_formatted}',
    hideCursor: true,
    fps: 5,
    etaBuffer: 1000,
  }, Presets.shades_classic);
  let began = 0;
  let done = 0;
  return {
    surveyed: (resources) => {
      began = Date.now();
      shown.start(resources, 0, { rate: 0 });
    },
    advance: (resources) => {
      done += resources;
      if (done > shown.getTotal()) shown.setTotal(done);
      shown.update(done, { rate: rate(done, began) });
    },
    stop: () => {
      if (began > 0) shown.stop();
    },
  };
}

function lines(stream: NodeJS.WriteStream): ShownProgress {
  let total = 0;
  let began = 0;
  let done = 0;
  let told = 0;
  return {
    surveyed: (resources) => {
      total = resources;
      began = told = Date.now();
      stream.write(`Có khoảng ${resources} tài nguyên cần nhập. / About ${resources} resources to import.\n`);
    },
    advance: (resources) => {
      done += resources;
      if (Date.now() - told < plainLineEveryMs) return;
      told = Date.now();
      const perSecond = rate(done, began);
      const left = perSecond === 0 ? '?' : Math.ceil(Math.max(0, total - done) / perSecond);
      stream.write(`${done}/${Math.max(total, done)} tài nguyên / resources, ${perSecond}/s, còn / left ${left} s\n`);
    },
    stop: () => undefined,
  };
}

function rate(done: number, began: number): number {
  return Math.round(done / Math.max(0.001, (Date.now() - began) / 1000));
}
