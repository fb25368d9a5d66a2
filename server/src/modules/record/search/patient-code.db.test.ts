import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Resource } from '@sen/fhir';
import { testDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { importResources } from '../import-resources.ts';
import { searchResources } from '../search-resources.ts';

let db: TestDatabase;

/** 130 patients: 10 of the ward "A", the others of "B"; each with a glucose, every second with a sodium of another day. */
const people = Array.from({ length: 130 }, (_, i) => i);
const observation = (i: number, code: string, system = 'http://loinc.org'): Resource => ({
  resourceType: 'Observation', id: `${code}-${i}`, status: 'final', code: { coding: [{ system, code }] }, subject: { reference: `Patient/p${i}` }, effectiveDateTime: `2026-01-${String(1 + (i % 28)).padStart(2, '0')}`,
});

beforeAll(async () => {
  db = await testDatabase();
  const stored = await importResources(db.work(), people.flatMap((i) => [
    { resourceType: 'Patient', id: `p${i}`, name: [{ family: i < 10 ? 'Khoa A' : 'Khoa B' }], identifier: [{ system: 'urn:mr', value: String(i) }] },
    observation(i, '2345-7'), ...(i % 2 === 0 ? [observation(i, '2951-2')] : []), observation(i, 'own', 'urn:own'),
  ]));
  expect(stored.filter(({ outcome }) => outcome !== 'created')).toEqual([]);
});
afterAll(() => db.close());

const found = async (query: string): Promise<string[]> => (await searchResources(db.work(), 'Observation', `${query}&_count=500`)).resources.map(({ id }) => id as string);
const ids = (code: string, from: readonly number[]): string[] => from.map((i) => `${code}-${i}`).sort();

describe('R4 search §3.1.1.4.14: a code of the patients that a chain leads to', () => {
  it('finds it for one patient, for few and for many alike', async () => {
    expect(await found('patient.identifier=urn:mr|4&code=http://loinc.org|2951-2')).toEqual(['2951-2-4']);
    expect((await found('patient.name=khoa a&code=http://loinc.org|2345-7')).sort()).toEqual(ids('2345-7', people.slice(0, 10)));
    expect((await found('patient.name=khoa b&code=http://loinc.org|2345-7')).sort()).toEqual(ids('2345-7', people.slice(10)));
    expect((await found('code=http://loinc.org|2951-2&subject:Patient.name=khoa')).sort()).toEqual(ids('2951-2', people.filter((i) => i % 2 === 0)));
    expect(await found('patient.name=nobody&code=http://loinc.org|2345-7')).toEqual([]);
    expect(await found('patient.name=khoa a&code=http://other.org|2345-7')).toEqual([]);
  });

  it('keeps to the other filters, the order and the number asked for', async () => {
    expect(await found('patient.name=khoa a&code=http://loinc.org|2345-7&date=ge2026-01-09&_sort=-date')).toEqual(['2345-7-9', '2345-7-8']);
    expect((await found('patient.name=khoa a&code=http://loinc.org|2345-7&code=urn:own|own'))).toEqual([]);
    expect((await searchResources(db.work(), 'Observation', 'patient.name=khoa a&code=http://loinc.org|2345-7&_sort=-date&_count=3')).resources.map(({ id }) => id)).toEqual(['2345-7-9', '2345-7-8', '2345-7-7']);
  });

  it('knows codes without their system, and lists of codes, as before', async () => {
    expect((await found('patient.name=khoa a&code=2951-2')).sort()).toEqual(ids('2951-2', [0, 2, 4, 6, 8]));
    expect((await found('patient.identifier=urn:mr|3,urn:mr|4&code=http://loinc.org|2951-2,urn:own|own')).sort()).toEqual(['2951-2-4', 'own-3', 'own-4']);
  });
});
