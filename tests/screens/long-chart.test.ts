// Issue 2 §5: a chart of 3,000 resources shows its first content without loading what it does not show.
import type { Resource } from '@sen/fhir';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHospital, signIn, type ScreenHospital } from './hospital.ts';

const patient = { reference: 'Patient/ba-lan' };
let hospital: ScreenHospital;
let page: Page;

beforeAll(async () => {
  hospital = await openHospital();
  const resources = longChart();
  for (let at = 0; at < resources.length; at += 500) await hospital.store(resources.slice(at, at + 500));
  await hospital.server.db.database.query({ text: 'ANALYZE' });
  page = await hospital.newPage();
  await signIn(page);
}, 180_000);
afterAll(() => hospital.close());

describe('the chart of Mrs Lan: 3,000 resources', () => {
  it('opens with a handful of small answers, none of them for other parts of the chart', async () => {
    const answers: { url: string; bytes: number }[] = [];
    page.on('response', async (response) => {
      if (response.url().includes('/api/patients/ba-lan')) answers.push({ url: response.url(), bytes: (await response.body()).length });
    });
    await page.goto('/patients/ba-lan/summary');
    await page.getByRole('heading', { level: 1, name: 'Đỗ Thị Lan' }).waitFor();
    await page.getByRole('region', { name: 'Kết quả gần nhất' }).getByRole('listitem').first().waitFor();
    await page.waitForLoadState('networkidle');
    expect(answers.length).toBeLessThanOrEqual(6);
    expect(answers.some((answer) => /documents|trend|when=past/.test(answer.url))).toBe(false);
    expect(answers.reduce((sum, answer) => sum + answer.bytes, 0)).toBeLessThan(24_000);
  });

  it('draws only the rows in sight of a list of hundreds', async () => {
    await page.goto('/patients/ba-lan/timeline');
    await page.getByRole('listitem').first().waitFor();
    expect(await page.getByRole('listitem').count()).toBeLessThan(60);
  });

  it('reads a trend of hundreds of values a part at a time', async () => {
    const answer = await hospital.server.call(`/api/patients/ba-lan/results/trend?key=${encodeURIComponent('http://loinc.org|2823-3')}`);
    const body = (await answer.json()) as { series: { points: unknown[] }; next?: string };
    expect(body.series.points).toHaveLength(200);
    expect(body.next).toBeTypeOf('string');
  });
});

/** A dialysis patient: three visits a week with their potassium, urea and pressure, for five years. */
function longChart(): Resource[] {
  const lan: Resource = { resourceType: 'Patient', id: 'ba-lan', name: [{ text: 'Đỗ Thị Lan', family: 'Đỗ', given: ['Thị', 'Lan'] }], gender: 'female', birthDate: '1960-02-01' };
  const visits = Array.from({ length: 750 }, (_, at) => visitOf(at));
  const team: Resource = { resourceType: 'CareTeam', id: 'doi-cua-ba-lan', status: 'active', subject: patient, participant: [{ member: { reference: 'Practitioner/le-minh-quang' } }] };
  return [lan, team, ...visits.flat()];
}

function visitOf(at: number): Resource[] {
  const when = new Date(Date.UTC(2026, 9, 1) - at * 2.4 * 86_400_000).toISOString();
  const encounter = { reference: `Encounter/lan-${at}` };
  const measured = { status: 'final', subject: patient, encounter, effectiveDateTime: when };
  const laboratory = [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] }];
  const test = (id: string, code: string, text: string, value: number, low: number, high: number): Resource => ({
    resourceType: 'Observation', id: `lan-${id}-${at}`, ...measured, category: laboratory, code: { coding: [{ system: 'http://loinc.org', code }], text },
    valueQuantity: { value, unit: 'mmol/L' }, referenceRange: [{ low: { value: low }, high: { value: high } }],
  });
  return [
    { resourceType: 'Encounter', id: `lan-${at}`, status: 'finished', class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' }, type: [{ text: 'Lọc máu chu kỳ' }], subject: patient, period: { start: when, end: when } },
    test('k', '2823-3', 'Kali', 4 + (at % 20) / 10, 3.5, 5),
    test('u', '22664-7', 'Urê', 18 + (at % 9), 2.5, 7.5),
    test('na', '2951-2', 'Natri', 136 + (at % 8), 135, 145),
  ];
}
