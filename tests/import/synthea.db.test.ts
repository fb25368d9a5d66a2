import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFiles, type SourceFile } from '../../server/src/commands/import/find-files.ts';
import { importFiles, type ImportReport } from '../../server/src/commands/import/import-files.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { everythingStored, referencesIn } from './everything-stored.ts';

const folder = process.env['SEN_TEST_SYNTHEA'] ?? fileURLToPath(new URL('../../../shared/data/synthea', import.meta.url));
const there = existsSync(folder);
const name = there
  ? 'the Synthea files (26 bundles, about 21,000 resources)'
  : `the Synthea files: NOT RUN, the folder ${folder} is absent; set SEN_TEST_SYNTHEA to a folder of Synthea R4 bundles`;

describe.skipIf(!there)(name, () => {
  let db: TestDatabase;
  let files: SourceFile[];
  let report: ImportReport;
  const dataFolder = mkdtempSync(join(tmpdir(), 'sen-synthea-'));

  beforeAll(async () => {
    db = await testDatabase();
    files = await findFiles([folder]);
    report = await importAll();
  }, 180_000);
  afterAll(async () => {
    await db.close();
    rmSync(dataFolder, { recursive: true, force: true });
  });

  function importAll(): Promise<ImportReport> {
    const plan = { files, batchSize: 300, batchesInFlight: 4, maxDocumentMb: 256, dataFolder, anew: true };
    return importFiles(db.house, plan, { surveyed: () => undefined, advance: () => undefined });
  }

  it('all go in', () => {
    expect(report.files.flatMap((file) => file.refused.slice(0, 3))).toEqual([]);
    expect(report).toMatchObject({ refused: 0, unreadable: 0, created: report.resources });
  });

  it('counts per type equal those of the files, and every reference resolves', { timeout: 180_000 }, async () => {
    const expected = countTypes(files);
    const stored = new Map<string, number>();
    const addresses = new Set<string>();
    const references = new Set<string>();
    for (const type of expected.keys()) {
      const resources = await everythingStored(db.work(), type);
      stored.set(type, resources.length);
      for (const resource of resources) {
        addresses.add(`${type}/${resource.id}`);
        for (const reference of referencesIn(resource)) references.add(reference);
      }
    }
    expect(Object.fromEntries(stored)).toEqual(Object.fromEntries(expected));
    expect([...references].filter((reference) => !reference.startsWith('#') && !addresses.has(reference))).toEqual([]);
  });

  it('a second run leaves everything unchanged', { timeout: 180_000 }, async () => {
    expect(await importAll()).toMatchObject({ refused: 0, created: 0, updated: 0, unchanged: report.resources });
  });
});

/** Counted with the plain parser, apart from the code under test. */
function countTypes(files: readonly SourceFile[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { path } of files) {
    const bytes = readFileSync(path);
    const bundle = JSON.parse((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()) as { entry: { resource: { resourceType: string } }[] };
    for (const { resource } of bundle.entry) counts.set(resource.resourceType, (counts.get(resource.resourceType) ?? 0) + 1);
  }
  return counts;
}
