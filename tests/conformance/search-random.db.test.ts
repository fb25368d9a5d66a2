import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer, type TestServer } from '../support/server.ts';
import { clientOf, type Client, type Json } from './client.ts';
import { readExamples, readParameterDefinitions } from './read-examples.ts';
import { World } from './search-judge.ts';
import { addressOf, randomOf, Searches } from './search-queries.ts';

const folder = process.env['SEN_TEST_SYNTHEA'] ?? fileURLToPath(new URL('../../../shared/data/synthea', import.meta.url));
const SEED = Number(process.env['SEN_TEST_SEARCH_SEED'] ?? '20261123');
const COUNT = Number(process.env['SEN_TEST_SEARCHES'] ?? '250');

let server: TestServer;
let fhir: Client;
/** All that is stored. */
const everything: Json[] = [];
beforeAll(async () => {
  server = await testServer({ env: { SEN_PROFILES: 'off', SEN_HOOK_HOSTS: '*', SEN_HOOK_POLL_MS: '3600000' } });
  fhir = clientOf(server);
});
afterAll(() => server.close());

/** Two small people of Synthea and the houses they went to; references by `urn:uuid:` and by identifier told as `Type/id`. */
function readSynthea(): Json[] {
  const files = readdirSync(folder).filter((file) => file.startsWith('0-') || /^(8a4c9c04|9a174f9e|19625ee6|cd185ab5)/.test(file));
  const all = files.flatMap((file) => JSON.parse(gunzipSync(readFileSync(join(folder, file))).toString()).entry.map(({ resource }: Json) => resource)) as Json[];
  const named = new Map(all.map((one) => [`urn:uuid:${one.id}`, `${one.resourceType}/${one.id}`]));
  for (const one of all) for (const { system, value } of one.identifier ?? []) named.set(`${one.resourceType}?identifier=${system}|${value}`, `${one.resourceType}/${one.id}`);
  const text = JSON.stringify(all).replace(/"(urn:uuid:[^"]+|[A-Za-z]+\?identifier=[^"]+)"/g, (whole, reference: string) => (named.has(reference) ? JSON.stringify(named.get(reference)) : whole));
  return JSON.parse(text) as Json[];
}

/** Stores all; gives what was stored. */
async function stored(resources: readonly Json[]): Promise<Json[]> {
  const kept: Json[] = [];
  for (let at = 0; at < resources.length; at += 200) {
    const part = resources.slice(at, at + 200);
    const entry = part.map((resource) => ({ resource, request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` } }));
    const { body } = await fhir('POST', '/', { resourceType: 'Bundle', type: 'batch', entry });
    part.forEach((resource, i) => {
      if (body.entry[i].response.status.startsWith('201')) kept.push(resource);
    });
  }
  return kept;
}

async function differencesIn(world: World, skipped: ReadonlySet<string>): Promise<string[]> {
  const searches = new Searches(world, randomOf(SEED), skipped);
  const wrong: string[] = [];
  for (let n = 0; n < COUNT; n++) {
    const search = searches.next();
    const address = addressOf(search);
    const { body, status } = await fhir('GET', address);
    const found = (body.entry ?? []).filter((entry: Json) => entry.search.mode === 'match').map((entry: Json) => entry.resource.id as string).sort();
    const expected = world.found(search.type, search.asked);
    if (status !== 200) wrong.push(`${status} ${decodeURIComponent(address)} ${body.issue?.[0]?.diagnostics}`);
    else if (expected.length < 1000 && found.join() !== expected.join()) wrong.push(`${decodeURIComponent(address)} should find ${expected.length}, not ${found.length}: ${firstDifference(found, expected)}`);
  }
  return wrong;
}

function firstDifference(found: readonly string[], expected: readonly string[]): string {
  const missing = expected.find((id) => !found.includes(id));
  return missing === undefined ? `not ${found.find((id) => !expected.includes(id))}` : `also ${missing}`;
}

/** The definitions of R4 itself, all alike. */
const definition = /^(StructureDefinition|SearchParameter|ValueSet|CodeSystem|ConceptMap|OperationDefinition)$/;
const unjudged = new Set(['special', 'Observation.code-value-date', 'Observation.code-value-string']);

describe('R4 search.html §3.1.1.4: searches by all modifiers and prefixes, chains and lists, against a plain reading of the rules', () => {
  it.skipIf(!existsSync(folder))(existsSync(folder) ? 'over people of Synthea' : `NOT RUN over Synthea: the folder ${folder} is absent`, { timeout: 120_000 }, async () => {
    everything.push(...(await stored(readSynthea())));
    const world = new World(everything, readParameterDefinitions());
    expect(world.resources.length).toBeGreaterThan(500);
    expect(await differencesIn(world, unjudged)).toEqual([]);
  });

  it('over the examples of the specification', { timeout: 120_000 }, async () => {
    everything.push(...(await stored(readExamples().filter((one) => !definition.test(one.resourceType) && one.resourceType !== 'AuditEvent').map((one) => JSON.parse(JSON.stringify(one)) as Json))));
    const world = new World(everything, readParameterDefinitions());
    expect(world.resources.length).toBeGreaterThan(400);
    expect(await differencesIn(world, unjudged)).toEqual([]);
  });
});
