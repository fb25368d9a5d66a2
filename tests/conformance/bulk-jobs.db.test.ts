import { appendFileSync, existsSync, mkdirSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bulk } from '../../server/src/modules/bulk/module.ts';
import { importResources } from '../../server/src/modules/record/index.ts';
import { download, asynchronous, bulkServer, linesOf, resourcesOf, type BulkServer } from './bulk-server.ts';
import { clientOf, glucose, lan, type Client, type Json } from './client.ts';

let server: BulkServer;
let fhir: Client;
beforeAll(async () => {
  // No queue runs: each test works off the slices itself and so decides what happens between them.
  server = await bulkServer({ SEN_BULK_JOBS_MAX: '2', SEN_BULK_FILE_RESOURCES: '2500', SEN_BULK_KEEP_HOURS: '1' }, { running: false });
  fhir = clientOf(server);
  await fhir('PUT', '/Patient/lan', lan({ id: 'lan' }));
  for (let from = 0; from < 6000; from += 1000) {
    await importResources(server.house.systemWork(), Array.from({ length: 1000 }, (_, i) => ({ ...glucose('Patient/lan', 5, '2026-01-01'), id: `g${from + i}` })));
  }
});
afterAll(() => server.close());

const run = (kind: 'export' | 'import', job: string) => bulk.hears![`bulk.${kind}-waits`]!(server.house.systemWork(), { name: '', data: { job } });

async function kick(path: string, body?: object): Promise<string> {
  const kicked = await fhir(body === undefined ? 'GET' : 'POST', path, body, asynchronous);
  if (kicked.status !== 202) throw new Error(`${kicked.status} ${kicked.text}`);
  return kicked.headers.get('content-location')!.split('/').at(-1)!;
}

const status = (job: string) => fhir('GET', `/_bulk/${job}`);

describe('Bulk Data IG 2.0.0, an export while others write', () => {
  it('gives the state at transactionTime: later changes, births and deletions do not show, and the next _since gives exactly these', async () => {
    const job = await kick('/$export?_type=Observation');
    const interrupted = new Error('killed');
    // The place and the file are noted together: failing there is a kill between two batches.
    await server.db.database.query({ text: `create function bulk.stop() returns trigger language plpgsql as $$ begin raise 'killed'; end $$` });
    await server.db.database.query({ text: 'create trigger stop after update of place on bulk.job for each row when (new.done_resources > 2000) execute function bulk.stop()' });
    await expect(run('export', job).catch(() => Promise.reject(interrupted))).rejects.toBe(interrupted);
    await server.db.database.query({ text: 'drop trigger stop on bulk.job' });
    // what a kill leaves: bytes behind the last noted batch
    const folder = join(server.folder, 'bulk', job);
    for (const name of readdirSync(folder)) appendFileSync(join(folder, name), 'half a batch');
    for (const id of ['g1', 'g2', 'g3']) await fhir('PUT', `/Observation/${id}`, { ...glucose('Patient/lan', 9, '2026-01-01'), id });
    for (const id of ['g4', 'g5', 'g5999']) await fhir('DELETE', `/Observation/${id}`);
    await fhir('PUT', '/Observation/born', { ...glucose('Patient/lan', 9, '2026-01-01'), id: 'born' });
    await run('export', job);
    const { body: manifest } = await status(job);
    const all = (await Promise.all(manifest.output.map(({ url }: Json) => linesOf(url)))).flat();
    expect([all.length, new Set(all.map(({ id }) => id)).size, all.every(({ valueQuantity, meta }) => valueQuantity.value === 5 && meta.versionId === '1')]).toEqual([6000, 6000, true]);
    expect(all.some(({ id }) => id === 'born')).toBe(false);
    expect(manifest.output.map(({ count }: Json) => count)).toEqual([4000, 2000]);

    const next = await kick(`/$export?_type=Observation&_since=${encodeURIComponent(manifest.transactionTime)}`);
    await run('export', next);
    const { body: since } = await status(next);
    expect(await resourcesOf(since.output)).toEqual(['Observation/born', 'Observation/g1', 'Observation/g2', 'Observation/g3']);
    const gone: Json[] = await linesOf(since.deleted[0].url);
    expect(gone.flatMap(({ entry }) => entry.map(({ request }: Json) => request.url)).sort()).toEqual(['Observation/g4', 'Observation/g5', 'Observation/g5999']);
  });

  it('asks of what changed meanwhile whom it concerned then, and of a filter what it is today', async () => {
    await fhir('PUT', '/Patient/hoa', lan({ id: 'hoa' }));
    for (const id of ['h1', 'h2', 'h3']) await fhir('PUT', `/Observation/${id}`, { ...glucose('Patient/hoa', 5, '2026-01-01'), id });
    const hoa = '?_type=Observation,Patient';
    const named = { resourceType: 'Parameters', parameter: [{ name: 'patient', valueReference: { reference: 'Patient/hoa' } }] };
    const jobs = [await kick(`/Patient/$export${hoa}`, named), await kick('/$export?_type=Observation&_typeFilter=Observation%3Fpatient%3DPatient%2Fhoa')] as const;
    await server.db.database.query({ text: 'create trigger stop after update of place on bulk.job for each row execute function bulk.stop()' });
    for (const job of jobs) await expect(run('export', job)).rejects.toThrow('killed');
    await server.db.database.query({ text: 'drop trigger stop on bulk.job' });
    // h1 changes its patient, one of lan's comes to hoa, h3 goes
    await fhir('PUT', '/Observation/h1', { ...glucose('Patient/lan', 6, '2026-01-01'), id: 'h1' });
    await fhir('PUT', '/Observation/g100', { ...glucose('Patient/hoa', 6, '2026-01-01'), id: 'g100' });
    await fhir('DELETE', '/Observation/h3');
    for (const job of jobs) await run('export', job);
    const [patient, filtered] = [(await status(jobs[0])).body, (await status(jobs[1])).body];
    expect(await resourcesOf(patient.output)).toEqual(['Observation/h1', 'Observation/h2', 'Observation/h3', 'Patient/hoa']);
    expect(await resourcesOf(filtered.output)).toEqual(['Observation/g100', 'Observation/h2']);
    for (const id of ['h1', 'h2', 'g100']) await fhir('DELETE', `/Observation/${id}`);
    await fhir('DELETE', '/Patient/hoa');
  });

  it('does not miss a write that was under way when it was asked for', async () => {
    const release = Promise.withResolvers<void>();
    const written = Promise.withResolvers<void>();
    const writing = server.house.systemWork().transact(async (work) => {
      await importResources(work, [lan({ id: 'slow' })]);
      written.resolve();
      await release.promise;
    });
    await written.promise;
    const job = await kick('/$export?_type=Patient');
    const running = run('export', job);
    const waiting = await status(job);
    expect([waiting.status, waiting.text, waiting.headers.get('x-progress'), waiting.headers.get('retry-after')]).toEqual([202, '', 'waiting', '1']);
    release.resolve();
    await Promise.all([writing, running]);
    expect(await resourcesOf((await status(job)).body.output)).toEqual(['Patient/lan', 'Patient/slow']);
  });
});

describe('jobs of bulk data', () => {
  it('are at most SEN_BULK_JOBS_MAX of one account at once: 429, and room again when one ends', async () => {
    const jobs = [await kick('/$export?_type=Patient'), await kick('/$export?_type=Patient')];
    const refused = await fhir('GET', '/$export?_type=Patient', undefined, asynchronous);
    expect([refused.status, refused.headers.get('retry-after'), refused.body.issue[0].details.coding[0].code]).toEqual([429, '1', 'bulk.too-many-jobs']);
    await fhir('DELETE', `/_bulk/${jobs[0]}`);
    jobs.push(await kick('/$export?_type=Patient'));
    for (const job of jobs) await fhir('DELETE', `/_bulk/${job}`);
  });

  it('run once at a time and end quietly when cancelled meanwhile', async () => {
    const job = await kick('/$export?_type=Observation');
    await Promise.all([run('export', job), run('export', job), run('export', job)]);
    const { body: manifest } = await status(job);
    expect(manifest.output.reduce((sum: number, { count }: Json) => sum + count, 0)).toBe(5997);
    const cancelled = await kick('/$export?_type=Observation');
    const running = run('export', cancelled);
    await fhir('DELETE', `/_bulk/${cancelled}`);
    await running;
    expect([(await status(cancelled)).status, existsSync(join(server.folder, 'bulk', cancelled))]).toEqual([404, false]);
    await run('export', cancelled);
  });

  it('are queued again at the start of the house when a kill left them', async () => {
    const job = await kick('/$export?_type=Patient');
    await server.db.database.query({ text: 'delete from jobs.job' });
    await bulk.start!(server.house);
    const { rows } = await server.db.database.query<{ data: { data: { job: string } } }>({ text: 'select data from jobs.job' });
    expect(rows.map(({ data }) => data.data.job)).toEqual([job]);
    await fhir('DELETE', `/_bulk/${job}`);
  });

  it('fail after five faults without progress, and say so without detail', async () => {
    const job = await kick('/$export?_type=Patient');
    await server.db.database.query({ text: 'alter table bulk.snapshot rename to mislaid' });
    for (let i = 0; i < 5; i++) await expect(run('export', job)).rejects.toThrow();
    await server.db.database.query({ text: 'alter table bulk.mislaid rename to snapshot' });
    const failed = await status(job);
    expect([failed.status, failed.body.resourceType, failed.body.issue[0].details.coding[0].code]).toEqual([500, 'OperationOutcome', 'http.fault']);
  });

  it('expire: the manifest says when, the link ends then, and the files go', async () => {
    const job = await kick('/$export?_type=Patient');
    await run('export', job);
    const done = await status(job);
    const expires = Date.parse(done.headers.get('expires')!);
    expect(Math.abs(expires - Date.now() - 3_600_000)).toBeLessThan(60_000);
    const orphan = join(server.folder, 'bulk', 'orphan');
    mkdirSync(orphan);
    utimesSync(orphan, 1, 1);
    server.db.clock.advance(3_700_000);
    await bulk.jobs!['purge']!.run(server.db.work(), undefined);
    expect([existsSync(join(server.folder, 'bulk', job)), existsSync(orphan), (await status(job)).status]).toEqual([false, false, 404]);
    expect((await download(done.body.output[0].url)).status).toBe(410);
  });
});
