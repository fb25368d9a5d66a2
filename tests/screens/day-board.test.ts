// The manager's board: figures with their targets, the rooms, the hours, one decision that leads somewhere; filters in the address.
import { mkdirSync } from 'node:fs';
import type * as contracts from '@sen/contracts';
import type { ResponseOf } from '@sen/contracts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from '../support/browser.ts';
import { busyRoom, callNext, openFullMorning, type FullMorning } from './full-morning.ts';

const shots = process.env['SEN_TEST_SHOTS'];
let morning: FullMorning;
let page: Page;

beforeAll(async () => {
  morning = await openFullMorning();
  page = await morning.openAs('giamdoc', '/day');
}, 120_000);
afterAll(() => morning?.close());

async function shoot(name: string): Promise<void> {
  if (shots === undefined) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: `${shots}/${name}.png` });
}

describe('The day on one page', () => {
  it('tells each figure with what it is measured against', async () => {
    await page.getByRole('heading', { level: 1, name: 'Khám ngoại trú hôm nay' }).waitFor();
    const board = (await (await (await morning.hospital.server.as('giamdoc')).call('/api/day/board')).json()) as ResponseOf<typeof contracts.readDayBoard>;
    expect(board.totals).toMatchObject({ booked: 13, walkIns: 6, arrived: 14, noShows: 0, inside: 1 });
    const figures = page.locator('.figures');
    await figures.getByText('trong 14 người đã đến').waitFor();
    await figures.getByText('0 trong 13 lượt hẹn').waitFor();
    await figures.getByText(`90% chờ dưới ${board.totals.p90WaitMinutes} phút`).waitFor();
    const row = page.getByRole('row', { name: /^Phòng 205/ }).first();
    await row.getByText(/Chậm 55\sphút/).waitFor();
    expect(await page.getByRole('row').count()).toBe(1 + board.clinics.length);
    await expectAccessible(page);
    await shoot('day');
  });

  it('offers one decision, which leads to where it is carried out', async () => {
    await page.getByText('Phòng 205 chậm 55 phút lúc 09:40.').waitFor();
    expect(await page.getByRole('link', { name: 'Xem hàng chờ và gửi giờ mới' }).getAttribute('href')).toBe(`/rooms/${busyRoom}`);
  });

  it('follows the day: whoever is called is no longer waiting', async () => {
    const waiting = page.getByRole('row', { name: /^Phòng 205/ }).first();
    const before = await waiting.innerText();
    await callNext(morning.doctor);
    await expect.poll(() => waiting.innerText(), { timeout: 8_000 }).not.toBe(before);
  });

  it('keeps its filter in the address', async () => {
    await page.getByLabel('Chuyên khoa').selectOption({ label: 'Khoa Tim mạch' });
    expect(new URL(page.url()).searchParams.get('specialty')).toBe('sen-hong-cardiology');
    await expect.poll(() => page.getByRole('row', { name: /^Phòng (?!30[12])\d/ }).count()).toBe(0);
    await page.getByRole('row', { name: /^Phòng 301/ }).first().waitFor();
  });

  it('is honest where there is too little to tell, in English too', async () => {
    await page.goto('/day');
    await page.getByRole('button', { name: /Switch to English/ }).click();
    await page.getByText('too few to tell').first().waitFor();
    await page.getByText(/Only 0 earlier days/).waitFor();
    await expectAccessible(page);
    await shoot('day-en');
  });
});
