// Prometheus metrics: one registry a house, so that two houses in one process (tests) do not mix.
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Database } from './database.ts';

export interface Metrics {
  /** Counts one answered request. */
  request(method: string, route: string, status: number, durationMs: number): void;
  /** Counts one run of a job or listener. */
  job(name: string, outcome: 'done' | 'failed'): void;
  /** The text of GET /metrics. */
  text(): Promise<string>;
  readonly contentType: string;
  close(): void;
}

const bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] as const;

/** Opens the metrics of one house. */
export function openMetrics(database: Pick<Database, 'load'>): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 20 });
  const requests = new Histogram({ name: 'http_request_duration_seconds', help: 'Requests by method, route pattern and status', labelNames: ['method', 'route', 'status'], buckets: [...bounds], registers: [registry] });
  const jobs = new Counter({ name: 'sen_jobs_total', help: 'Runs of jobs and listeners by outcome', labelNames: ['job', 'outcome'], registers: [registry] });
  poolGauge(registry, database);
  return {
    request: (method, route, status, durationMs) => requests.labels(method, route, String(status)).observe(durationMs / 1000),
    job: (job, outcome) => jobs.inc({ job, outcome }),
    text: () => registry.metrics(),
    contentType: registry.contentType,
    close: () => registry.clear(),
  };
}

function poolGauge(registry: Registry, database: Pick<Database, 'load'>): void {
  new Gauge({
    name: 'sen_database_connections',
    help: 'Connections of the pool by state; waiting counts requests without one',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      const { total, idle, waiting } = database.load();
      this.set({ state: 'busy' }, total - idle);
      this.set({ state: 'idle' }, idle);
      this.set({ state: 'waiting' }, waiting);
    },
  });
}
