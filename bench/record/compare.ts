// Sets a result beside its target: reached or not, and against Medplum.
import type { LoadResult } from '../measure/load.ts';
import { targets, type Target } from '../targets.ts';
import type { Row } from './rows.ts';

export interface RowResult {
  readonly row: string;
  readonly title: string;
  readonly resourcesPerRequest: number;
  readonly loads: readonly LoadResult[];
}

export interface Verdict {
  readonly row: string;
  readonly title: string;
  readonly target: Target;
  /** The load it is judged by: with as many clients as Medplum was measured with, else the most. */
  readonly load: LoadResult;
  /** CPU ms of server and PostgreSQL together, per request or resource; undefined when the processes could not be read. */
  readonly cpuMs: number | undefined;
  /** Requests/s, or resources/s. */
  readonly rate: number;
  /** Undefined when the CPU is not known. An error in the load means not reached. */
  readonly reached: boolean | undefined;
}

/** Names a row's results. */
export function rowResult(row: Row, loads: readonly LoadResult[]): RowResult {
  return { row: row.name, title: row.title, resourcesPerRequest: row.resourcesPerRequest ?? 1, loads };
}

/** Judges every row that has a target. */
export function judge(results: readonly RowResult[]): Verdict[] {
  return results.flatMap((result) => {
    const target = targets.find((one) => one.row === result.row);
    const load = result.loads.find((one) => one.clients === target?.medplum.clients) ?? result.loads.at(-1);
    return target && load ? [judgeRow(result, target, load)] : [];
  });
}

function judgeRow(result: RowResult, target: Target, load: LoadResult): Verdict {
  const cpuMs = cpuOf(load, result.resourcesPerRequest);
  const rate = load.perSecond * result.resourcesPerRequest;
  const fastEnough = target.resourcesPerSecond === undefined || rate >= target.resourcesPerSecond;
  const reached = cpuMs === undefined ? undefined : cpuMs <= target.cpuMs && fastEnough && load.errors === 0 && load.requests > 0;
  return { row: result.row, title: result.title, target, load, cpuMs, rate, reached };
}

/** CPU ms of server and PostgreSQL together, per request or, with a divisor, per resource. */
export function cpuOf(load: LoadResult, per = 1): number | undefined {
  if (load.serverCpuMs === undefined || load.postgresCpuMs === undefined) return undefined;
  return (load.serverCpuMs + load.postgresCpuMs) / per;
}
