import { expect, it } from 'vitest';
import { moduleFiles } from '../../tools/new-module/module-files.ts';
import { testDatabase } from '../support/database.ts';

it('makes a first migration that PostgreSQL takes', async () => {
  const db = await testDatabase();
  try {
    const files = Object.entries(moduleFiles('telehealth'));
    const [, sql] = files.find(([path]) => path.startsWith('migrations/'))!;
    await db.database.query({ text: sql });
    const { rows } = await db.database.query({ text: 'select single from telehealth.foundation' });
    expect(rows).toEqual([{ single: true }]);
  } finally {
    await db.close();
  }
});
