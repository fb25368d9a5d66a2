import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { importResources } from '../record/index.ts';
import { findPatient } from './find-patient.ts';

let db: TestDatabase;
const person = (id: string, name: object, more: object = {}) => ({ resourceType: 'Patient', id, name: [name], ...more });

beforeAll(async () => {
  db = await testDatabase();
  await importResources(db.work(), [
    person('hanh', { text: 'Nguyễn Thị Hạnh', family: 'Nguyễn', given: ['Thị', 'Hạnh'] }, {
      telecom: [{ system: 'phone', value: '0912 345 678' }],
      identifier: [{ system: 'urn:sen:sid:hospital-number', value: '26.014.582' }, { system: 'http://fhir.hl7.org.vn/core/sid/cccd', value: '001168179164' }],
    }),
    person('hoa', { text: 'Đặng Thị Hòa' }),
    person('ohara', { family: "O'Hara248", given: ['John'] }),
  ]);
});
afterAll(() => db.close());

const found = async (typed: string): Promise<string[]> => (await findPatient(db.work(), typed)).matches.map((match) => match.id);

describe('finding a patient as one types', () => {
  it.each([
    ['hạnh', 'hanh'], ['hanh nguyen', 'hanh'], ['NGUYEN THI', 'hanh'], ['0912', 'hanh'], ['+84912345', 'hanh'], ['26014', 'hanh'], ['26.014.582', 'hanh'],
    ['001168', 'hanh'], ['dang hoa', 'hoa'], ['Đặng Thị Hoà', 'hoa'], ["o'hara", 'ohara'], ['hara john', 'ohara'], ['john o’hara', 'ohara'],
  ])('finds by "%s"', async (typed, id) => {
    expect(await found(typed)).toEqual([id]);
  });

  it('finds nobody by nothing, and nobody by a name that nobody has', async () => {
    expect(await found('  ')).toEqual([]);
    expect(await found('khong co')).toEqual([]);
  });

  it('shows numbers only in part', async () => {
    const [match] = (await findPatient(db.work(), 'hanh')).matches;
    expect(JSON.stringify(match)).not.toContain('001168179164');
    expect(JSON.stringify(match)).not.toContain('0912 345 678');
  });
});
