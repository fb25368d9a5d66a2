// The manager's board: figures with their targets, the rooms, the hours, one decision that leads somewhere; filters in the address.
import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from '../support/browser.ts';
import { answer, dayBoard } from './front-desk-answers.ts';
import { openHospital, signIn, type ScreenHospital } from './hospital.ts';

const shots = process.env['SEN_TEST_SHOTS'];
let hospital: ScreenHospital;
let page: Page;
let board = dayBoard();

beforeAll(async () => {
  hospital = await openHospital();
  page = await hospital.newPage();
  await signIn(page);
  await answer(page, /\/api\/day\/board/, () => board);
  await page.route('**/api/live?*', (route) => route.fulfill({ contentType: 'text/event-stream', body: ': here\n\n' }));
  await page.goto('/day');
}, 120_000);
afterAll(() => hospital.close());

async function shoot(name: string): Promise<void> {
  if (shots === undefined) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: `${shots}/${name}.png` });
}

describe('The day on one page', () => {
  it('tells each figure with what it is measured against', async () => {
    await page.getByRole('heading', { level: 1, name: 'Khám ngoại trú hôm nay' }).waitFor();
    await page.getByText('83,3%').waitFor();
    await page.getByText('406 lượt đến nay, tuần trước 79,0%').waitFor();
    expect(await page.getByRole('row').count()).toBe(10);
    await expectAccessible(page);
    await shoot('day');
  });

  it('offers one decision, which leads to where it is carried out', async () => {
    await page.getByText('Phòng 205 chậm 20 phút lúc 09:50.').waitFor();
    expect(await page.getByRole('link', { name: 'Xem hàng chờ và gửi giờ mới' }).getAttribute('href')).toBe('/rooms/sen-hong-205');
  });

  it('keeps its filter in the address', async () => {
    await page.getByLabel('Chuyên khoa').selectOption({ label: 'Tim mạch' });
    expect(new URL(page.url()).search).toBe('?specialty=k1');
    expect(await page.getByRole('row').count()).toBe(2);
  });

  it('is honest when there is too little to tell, in English too', async () => {
    const full = dayBoard();
    const { medianWaitMinutes: _median, p90WaitMinutes: _p90, ...totals } = full.totals;
    board = { ...full, forecastDays: 1, totals: { ...totals, seenBooked: 3, seenOnTime: 3, booked: 4, noShows: 0 } };
    await page.goto('/day');
    await page.getByRole('button', { name: /Switch to English/ }).click();
    await page.getByText('too few to tell').first().waitFor();
    await page.getByText(/Only 1 earlier days/).waitFor();
    await expectAccessible(page);
    await shoot('day-en');
  });
});
