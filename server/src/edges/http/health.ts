// What a supervisor asks: is the process alive, may it take requests, how is it doing.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { addressTest } from '../../platform/addresses.ts';
import type { Metrics } from '../../platform/metrics.ts';
import { readMigrations } from '../../platform/migrate.ts';
import type { House, ModuleManifest } from '../../platform/module.ts';
import { Refusal } from '../../platform/refusal.ts';

/** Adds GET /healthz, /readyz and /metrics. */
export function addHealth(app: FastifyInstance, house: House, manifests: readonly ModuleManifest[], metrics: Metrics): void {
  const expected = manifests.flatMap(readMigrations).length;
  const open = { config: { needs: 'open' } } as const;
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.get('/healthz', open, async () => ({ status: 'ok' }));
  app.get('/readyz', open, async (_request, reply) => {
    const state = closing ? 'stopping' : await databaseState(house, expected);
    return reply.code(state === 'ready' ? 200 : 503).header('Cache-Control', 'no-store').send({ status: state });
  });
  const named = addressTest(house.settings.metricsAddresses);
  app.get('/metrics', open, async (request, reply) => {
    if (!isOwnMachine(request) && named?.(request.ip) !== true) throw onlyNamed();
    return reply.header('Cache-Control', 'no-store').type(metrics.contentType).send(await metrics.text());
  });
}

/** From this machine itself, and not from a proxy on it that speaks for somebody else. */
function isOwnMachine(request: FastifyRequest): boolean {
  return loopback(request.ip) && loopback(request.socket.remoteAddress ?? '') && request.headers['x-forwarded-for'] === undefined && request.headers['forwarded'] === undefined;
}

const loopback = addressTest('127.0.0.0/8, ::1')!;

// How busy a hospital is, and with what, is nobody else's business (ASVS 5.0 13.4.5).
function onlyNamed(): Refusal {
  return new Refusal('forbidden', 'http.metrics', { vi: 'Chỉ các địa chỉ trong SEN_METRICS_ADDRESSES được đọc số đo.', en: 'Only the addresses of SEN_METRICS_ADDRESSES may read the metrics.' });
}

async function databaseState(house: House, expected: number): Promise<'ready' | 'not-migrated' | 'no-database'> {
  try {
    const { rows } = await withinMs(2_000, house.database.query<{ applied: string }>({ name: 'ready', text: 'SELECT count(*) AS applied FROM sen.migration' }));
    return Number(rows[0]?.applied) >= expected ? 'ready' : 'not-migrated';
  } catch (error) {
    return (error as { code?: string }).code === '42P01' ? 'not-migrated' : 'no-database';
  }
}

function withinMs<T>(ms: number, answer: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('too late')), ms);
  return Promise.race([answer, late.promise]).finally(() => clearTimeout(timer));
}
