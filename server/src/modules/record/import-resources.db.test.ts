import type { Resource } from '@sen/fhir';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { deleteResource } from './delete-resource.ts';
import { importResources } from './import-resources.ts';
import { readCurrent, readResource } from './read-resource.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

const patient = (id: string, more: object = {}): Resource => ({ resourceType: 'Patient', id, name: [{ family: 'Phạm' }], ...more });
const outcomes = async (...resources: Resource[]) => (await importResources(db.work(), resources)).map((result) => result.outcome);

describe('importing a batch of resources', () => {
  it('creates, then leaves what is equal and updates what changed', async () => {
    expect(await outcomes(patient('a'), patient('b'))).toEqual(['created', 'created']);
    expect(await outcomes(patient('a'), patient('b', { active: true }), patient('c'))).toEqual(['unchanged', 'updated', 'created']);
    expect((await readCurrent(db.work(), 'Patient', 'a')).version).toBe(1);
    expect((await readCurrent(db.work(), 'Patient', 'b')).version).toBe(2);
  });

  it('refuses what is not valid alone, and says why', async () => {
    const results = await importResources(db.work(), [patient('d'), patient('e', { gender: 'xx' }), patient('f g'), { resourceType: 'Patient' }, { resourceType: 'Nobody', id: 'x' }]);
    expect(results.map((result) => result.outcome)).toEqual(['created', 'refused', 'refused', 'refused', 'refused']);
    expect(results[1]!.issues![0]).toMatchObject({ expression: 'Patient.gender' });
    expect(results.slice(1).every((result) => result.issues!.length > 0)).toBe(true);
    expect(await readResource(db.work(), 'Patient', 'e')).toBeUndefined();
  });

  it('counts the last of two with one id, and brings back what was deleted', async () => {
    expect(await outcomes(patient('h', { active: true }), patient('h', { active: false }))).toEqual(['unchanged', 'created']);
    expect((await readResource(db.work(), 'Patient', 'h'))!['active']).toBe(false);
    await deleteResource(db.work(), { type: 'Patient', id: 'h' });
    expect(await outcomes(patient('h'))).toEqual(['created']);
    expect((await readCurrent(db.work(), 'Patient', 'h')).version).toBe(3);
  });

  it('stores each once when two imports of the same batch run at once', async () => {
    const batch = Array.from({ length: 40 }, (_, i) => patient(`both-${i}`));
    const [first, second] = await Promise.all([outcomes(...batch), outcomes(...[...batch].reverse())]);
    expect([...first, ...second].filter((outcome) => outcome === 'created')).toHaveLength(40);
    expect((await readCurrent(db.work(), 'Patient', 'both-7')).version).toBe(1);
  });
});
