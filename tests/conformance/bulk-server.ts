// A server whose background runs, for the wire tests of bulk data; files lie in a folder of its own.
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bulk } from '../../server/src/modules/bulk/module.ts';
import { hospital } from '../../server/src/hospital.ts';
import { prepareBackground, startBackground } from '../../server/src/platform/events.ts';
import { openLog } from '../../server/src/platform/log.ts';
import type { House } from '../../server/src/platform/module.ts';
import { waitUntil } from '../../server/src/platform/processes.ts';
import { openHouse } from '../../server/src/start/house.ts';
import { fastFolder } from '../support/fast-folder.ts';
import { testServer, type TestServer } from '../support/server.ts';
import type { Json } from './client.ts';

export interface BulkServer extends TestServer {
  readonly folder: string;
  readonly house: House;
}

/** Starts a server with the queues of bulk data; `running: false` leaves them to the test. */
export async function bulkServer(env: Record<string, string> = {}, options: { running?: boolean } = {}): Promise<BulkServer> {
  const folder = mkdtempSync(join(fastFolder(), 'sen-bulk-'));
  const server = await testServer({ env: { SEN_DATA: folder, ...env } });
  token = server.token;
  const house = openHouse(server.db.house.settings, server.db.database, hospital);
  await prepareBackground(house.database, [bulk]);
  await bulk.start?.(house);
  const queues = options.running === false ? undefined : await startBackground(house, [bulk], openLog('silent'));
  const close = async () => {
    await queues?.stop();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { ...server, folder, house, close };
}

export const asynchronous = { prefer: 'respond-async', accept: 'application/fhir+json' };

/** Asks a status address until the job is over; gives the last answer. */
export async function outcomeOf(server: BulkServer, status: string): Promise<{ status: number; headers: Headers; body: Json }> {
  let answer: Response | undefined;
  const path = status.replace(server.base, '');
  await waitUntil(async () => {
    answer = await server.call(path);
    return answer.status !== 202;
  }, 25_000, 50);
  const text = await answer!.text();
  return { status: answer!.status, headers: answer!.headers, body: text === '' ? undefined : JSON.parse(text) };
}

let token = '';

/** Downloads a file of a manifest, as whoever began its job (`as`: with another token). */
export function download(url: string | URL, as = token): Promise<Response> {
  return fetch(url, { headers: { authorization: `Bearer ${as}` } });
}

/** The lines of a file, parsed. */
export async function linesOf(url: string, as = token): Promise<Json[]> {
  const answer = await download(url, as);
  if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
  return (await answer.text()).split('\n').filter((line) => line !== '').map((line) => JSON.parse(line));
}

/** All resources of a part of a manifest as `Type/id`, sorted. */
export async function resourcesOf(files: readonly { url: string }[]): Promise<string[]> {
  const lines = await Promise.all(files.map(({ url }) => linesOf(url)));
  return lines.flat().map(({ resourceType, id }) => `${resourceType}/${id}`).sort();
}
