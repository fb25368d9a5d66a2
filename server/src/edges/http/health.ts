// What a supervisor asks: is the process alive, may it take requests, how is it doing.
import type { FastifyInstance } from 'fastify';
import type { Metrics } from '../../platform/metrics.ts';
import { readMigrations } from '../../platform/migrate.ts';
import type { House, ModuleManifest } from '../../platform/module.ts';

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
  app.get('/metrics', open, async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()));
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
