import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { findPatient } from '../identity/index.ts';
import { importResources } from '../record/index.ts';
import { listRecentCharts } from './list-recent-charts.ts';
import { lookAtChart } from './look-at-chart.ts';
import { readBanner } from './read-banner.ts';
import { readDocument } from './read-document.ts';

let db: TestDatabase;
const subject = { reference: 'Patient/lan' };

beforeAll(async () => {
  db = await testDatabase();
  await importResources(db.work(), [
    { resourceType: 'Patient', id: 'lan', name: [{ text: 'Đỗ Thị Lan', family: 'Đỗ', given: ['Thị', 'Lan'] }], telecom: [{ system: 'phone', value: '0912345458' }], birthDate: '1960-02-01', gender: 'female' },
    { resourceType: 'Patient', id: 'lanh', name: [{ text: 'Lan Thị Đỗ Quyên', family: 'Lan', given: ['Thị', 'Đỗ', 'Quyên'] }], gender: 'female' },
    { resourceType: 'DocumentReference', id: 'note', status: 'current', subject, content: [{ attachment: { contentType: 'text/plain', data: Buffer.from('Ổn định').toString('base64') } }] },
  ]);
});
afterAll(() => db.close());

describe('finding a patient', () => {
  it('matches words in any order without accents, the called name first, and never shows a whole number', async () => {
    const { matches } = await findPatient(db.work(), 'do lan');
    expect(matches.map((match) => match.id)).toEqual(['lan', 'lanh']);
    expect(JSON.stringify(matches)).not.toContain('0912345458');
  });

  it('finds by phone as people write it, and says why', async () => {
    const { matches } = await findPatient(db.work(), '0912 345');
    expect(matches).toMatchObject([{ id: 'lan', matchedBy: 'phone', phoneMasked: '0912 ••• 458' }]);
  });

  it('finds nobody for nothing', async () => {
    expect(await findPatient(db.work(), ' . ')).toEqual({ matches: [], more: false });
  });
});

describe('the chart', () => {
  it('refuses a patient who is not in the record', async () => {
    await expect(readBanner(db.work(), 'nobody')).rejects.toMatchObject({ code: 'identity.no-such-patient', category: 'not-found' });
  });

  it('reads a document only through the chart it belongs to', async () => {
    expect((await readDocument(db.work(), 'lan', 'DocumentReference.note')).parts).toEqual([{ kind: 'text', text: 'Ổn định' }]);
    await expect(readDocument(db.work(), 'lanh', 'DocumentReference.note')).rejects.toMatchObject({ code: 'encounters.no-such-document' });
  });
});

describe('looking at a chart', () => {
  it('tells nothing at the first look, then what became known since, and keeps the list of charts opened last', async () => {
    // The record stamps resources with the time of their work, so the test's clock orders looks and changes.
    expect(await lookAtChart(db.work(), 'lan')).toEqual({ changes: [], more: 0, counted: true });
    db.clock.advance(86_400_000);
    await importResources(db.work(), [{
      resourceType: 'Observation', id: 'k', status: 'final', subject, code: { coding: [{ system: 'http://loinc.org', code: '2823-3' }] }, effectiveDateTime: '2026-03-03T07:00:00+07:00',
      valueQuantity: { value: 6.3, unit: 'mmol/L' }, interpretation: [{ coding: [{ code: 'HH' }] }],
    }]);
    db.clock.advance(60_000);
    const second = await lookAtChart(db.work(), 'lan');
    expect(second.since).toBe('2026-03-02T01:00:00.000Z');
    expect(second.changes).toMatchObject([{ kind: 'result', title: 'Kali', value: '6.3', unit: 'mmol/L', mark: 'critical-high' }]);
    db.clock.advance(60_000);
    expect((await lookAtChart(db.work(), 'lan')).since).toBe(second.since);
    expect((await listRecentCharts(db.work())).charts.map((chart) => chart.id)).toEqual(['lan']);
  });
});
