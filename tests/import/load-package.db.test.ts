import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hospital } from '../../server/src/hospital.ts';
import { readPackage } from '../../server/src/commands/load-package/read-package.ts';
import { loadPackage, reviewPackage, searchResources, updateResource, type DefinitionPackage } from '../../server/src/modules/record/index.ts';
import { loadOwnDefinitions } from '../../server/src/start/own-definitions.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { testKeys } from '../support/program.ts';

const door = fileURLToPath(new URL('../../tools/run.mjs', import.meta.url));
let db: TestDatabase;
let folder: string;
beforeAll(async () => {
  db = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'sen-package-'));
  for (const module of hospital) await module.start?.(db.house);
});
afterAll(async () => {
  for (const module of hospital) await module.stop?.();
  rmSync(folder, { recursive: true });
  await db.close();
});

const base = 'http://guide.example/fhir';
const profile = {
  resourceType: 'StructureDefinition', id: 'guide-patient', url: `${base}/StructureDefinition/guide-patient`, name: 'GuidePatient', status: 'active', kind: 'resource', abstract: false, type: 'Patient',
  baseDefinition: 'http://other.example/StructureDefinition/base-patient', derivation: 'constraint',
  differential: { element: [{ id: 'Patient', path: 'Patient' }, { id: 'Patient.birthDate', path: 'Patient.birthDate', min: 1 }] },
};
const files: Record<string, object> = {
  'package.json': { name: 'guide.example', version: '1.2.0', fhirVersions: ['4.0.1'], dependencies: { 'hl7.fhir.r4.core': '4.0.1', 'other.example': '2.0.0' } },
  '.index.json': { files: [] },
  'StructureDefinition-guide-patient.json': profile,
  'ValueSet-x.json': { resourceType: 'ValueSet', id: 'x', url: `${base}/ValueSet/x`, status: 'active', compose: { include: [{ system: `${base}/CodeSystem/x` }] } },
  'CodeSystem-x.json': { resourceType: 'CodeSystem', id: 'x', url: `${base}/CodeSystem/x`, status: 'active', content: 'complete', concept: [{ code: 'a' }] },
  'SearchParameter-x.json': { resourceType: 'SearchParameter', id: 'guide-nick', url: `${base}/SearchParameter/nick`, name: 'nick', status: 'active', description: 'x', code: 'guide-nick', base: ['Patient'], type: 'string', expression: "Patient.name.where(use = 'nickname').given" },
  'ConceptMap-bad.json': { resourceType: 'ConceptMap', id: 'bad', url: `${base}/ConceptMap/bad`, status: 'wrong' },
  'Patient-example.json': { resourceType: 'Patient', id: 'example' },
};

async function archive(name: string, content: Record<string, object>): Promise<string> {
  const path = join(folder, name);
  const tar = pack();
  for (const [file, json] of Object.entries(content)) tar.entry({ name: `package/${file}` }, JSON.stringify(json));
  tar.entry({ name: 'package/example/Patient-lan.json' }, JSON.stringify({ resourceType: 'Patient', id: 'lan' }));
  tar.finalize();
  await pipeline(tar, createGzip(), createWriteStream(path));
  return path;
}

function command(...args: string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [door, 'sen', 'load-package', ...args], { env: { ...process.env, DATABASE_URL: db.url, SEN_MASTER_KEY_FILE: testKeys, SEN_DATA: folder } });
  let output = '';
  child.stdout.on('data', (data) => (output += String(data)));
  child.stderr.on('data', (data) => (output += String(data)));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })));
}

describe('npm-format packages (https://hl7.org/fhir/packages.html)', () => {
  it('are read from an archive and from a folder: main folder only', async () => {
    const unpacked = join(folder, 'unpacked', 'package');
    mkdirSync(unpacked, { recursive: true });
    for (const [file, json] of Object.entries(files)) writeFileSync(join(unpacked, file), JSON.stringify(json));
    for (const path of [await archive('guide.tgz', files), join(folder, 'unpacked'), unpacked]) {
      const { name, version, resources } = await readPackage(path);
      expect([name, version]).toEqual(['guide.example', '1.2.0']);
      expect(resources.map(({ resourceType, id }) => `${resourceType}/${id}`).sort()).toEqual(['CodeSystem/x', 'ConceptMap/bad', 'Patient/example', 'SearchParameter/guide-nick', 'StructureDefinition/guide-patient', 'ValueSet/x']);
    }
  });

  it('are refused when they are none, or for another FHIR', async () => {
    writeFileSync(join(folder, 'no.tgz'), 'no archive');
    await expect(readPackage(join(folder, 'no.tgz'))).rejects.toMatchObject({ code: 'platform.not-a-package' });
    await expect(readPackage(await archive('nameless.tgz', {}))).rejects.toMatchObject({ code: 'platform.not-a-package' });
    await expect(readPackage(await archive('r5.tgz', { 'package.json': { name: 'x', version: '1', fhirVersions: ['5.0.0'] } }))).rejects.toMatchObject({ code: 'platform.package-of-other-fhir' });
  });
});

describe('npm run sen -- load-package', () => {
  const counts = { created: 1, updated: 0, unchanged: 0 };

  it('with --dry-run stores nothing', async () => {
    const report = await reviewPackage(db.work(), await readPackage(await archive('guide.tgz', files)));
    expect(report.byType).toMatchObject({ CodeSystem: counts, ValueSet: counts, StructureDefinition: counts });
    expect(report.refused.map(({ type }) => type)).toEqual(['ConceptMap']);
    expect((await db.database.query({ text: 'select id from record.resource' })).rows).toEqual([]);
  });

  it('stores definitions, tells what was refused, left out and is missing', async () => {
    const { code, output } = await command(await archive('guide.tgz', files));
    expect(output).toContain('guide.example 1.2.0');
    expect(output).toMatch(/StructureDefinition +1 mới \/ new, 0 đổi \/ changed, 0 như cũ \/ unchanged/);
    expect(output).toContain('1 bị từ chối / refused:\n    ConceptMap/bad: ConceptMap.status');
    expect(output).toContain('1 tài nguyên không phải định nghĩa');
    expect(output).toContain('1 gói còn thiếu / missing packages:\n    other.example 2.0.0');
    expect(output).toContain('1 hồ sơ mẫu còn thiếu / missing profiles:\n    http://other.example/StructureDefinition/base-patient');
    expect(code).toBe(2);
    expect(await searchResources(db.work(), 'StructureDefinition', `url=${profile.url}`)).toMatchObject({ resources: [profile] });
  });

  it('again changes nothing, and a new version changes what it changes', async () => {
    const again = await loadPackage(db.work(), await readPackage(await archive('guide.tgz', files)));
    expect(again.byType).toMatchObject({ CodeSystem: { created: 0, updated: 0, unchanged: 1 }, StructureDefinition: { created: 0, updated: 0, unchanged: 1 } });
    const next = { ...files, 'StructureDefinition-guide-patient.json': { ...profile, description: 'second' } };
    const changed = await loadPackage(db.work(), await readPackage(await archive('next.tgz', next)));
    expect(changed.byType['StructureDefinition']).toEqual({ created: 0, updated: 1, unchanged: 0 });
  });

  it('gives a definition another id when its own belongs to another canonical', async () => {
    const other: DefinitionPackage = { name: 'second.example', version: '1', dependencies: { 'guide.example': '1.2.0' }, resources: [{ ...profile, url: 'http://second.example/StructureDefinition/guide-patient' }] };
    for (const outcome of ['created', 'unchanged'] as const) {
      const report = await loadPackage(db.work(), other);
      expect(report.byType['StructureDefinition']).toEqual({ created: 0, updated: 0, unchanged: 0, [outcome]: 1 });
      expect(report.missingPackages).toEqual([]);
    }
    const { rows } = await db.database.query<{ id: string }>({ text: 'select id from record.profile order by id' });
    expect(rows.map(({ id }) => id)).toEqual(['guide-patient', expect.stringMatching(/^guide-patient-[0-9a-f]{12}$/)]);
  });

  it('says how it is called', async () => {
    const { code, output } = await command();
    expect([code, output]).toEqual([1, expect.stringContaining('load-package [--dry-run]')]);
  });
});

describe('our own package', () => {
  const titles = async () => (await searchResources(db.work(), 'ValueSet', 'url=https://sen.vn/fhir/ValueSet/ma-dantoc')).resources.map((one) => one['title']);

  it('is in the record after the start, where clients can read it', async () => {
    await loadOwnDefinitions(db.house);
    expect(await titles()).toEqual(['Dân tộc']);
    const { resources } = await searchResources(db.work(), 'StructureDefinition', 'url=https://sen.vn/fhir/StructureDefinition/vn-patient');
    expect(resources).toHaveLength(1);
  });

  it('is loaded once for each state of it: what the hospital changes stays', async () => {
    const [mine] = (await searchResources(db.work(), 'ValueSet', 'url=https://sen.vn/fhir/ValueSet/ma-dantoc')).resources;
    await updateResource(db.work(), { type: 'ValueSet', id: mine!.id!, resource: { ...mine, title: 'Dân tộc của bệnh viện' } });
    await loadOwnDefinitions(db.house);
    expect(await titles()).toEqual(['Dân tộc của bệnh viện']);
  });
});
