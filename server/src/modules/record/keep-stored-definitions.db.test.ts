import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { Refusal } from '../../platform/refusal.ts';
import { importResources } from './index.ts';
import { keepStoredDefinitions, type StoredDefinition } from './keep-stored-definitions.ts';

describe('keepStoredDefinitions', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await testDatabase();
    const valueSets = Array.from({ length: 45 }, (_, i) => ({ resourceType: 'ValueSet', id: `v${i}`, status: 'active', url: `http://sen.test/v${i}` }));
    await importResources(db.work(), [...valueSets, { resourceType: 'Patient', id: 'p' }]);
  });
  afterAll(() => db.close());

  it('hands over every stored definition once, and never again', async () => {
    const seen: StoredDefinition[] = [];
    const keep = () => keepStoredDefinitions(db.work(), 'tests', ['CodeSystem', 'ValueSet'], async (_, changes) => void seen.push(...changes));
    await keep();
    await keep();
    expect(seen.map(({ id }) => id).sort()).toEqual(Array.from({ length: 45 }, (_, i) => `v${i}`).sort());
    expect(seen[0]).toMatchObject({ type: 'ValueSet', after: { resource: { resourceType: 'ValueSet', id: seen[0]!.id } } });
  });

  it('passes over what the keeper refuses, and starts again after a fault', async () => {
    let kept = 0;
    const refusing = async (_: unknown, [change]: readonly StoredDefinition[]) => {
      if (change?.id === 'v1') throw new Refusal('rule', 'record.test-only', { vi: 'Không.', en: 'No.' });
      kept++;
    };
    const failing = () => Promise.reject(new Error('fault'));
    await expect(keepStoredDefinitions(db.work(), 'refused', ['ValueSet'], failing)).rejects.toThrow('fault');
    await keepStoredDefinitions(db.work(), 'refused', ['ValueSet'], refusing);
    expect(kept).toBe(44);
  });
});
