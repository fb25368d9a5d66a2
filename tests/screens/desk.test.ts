// The reception desk against the whole server: a card, one confirmation, a ticket; and a walk-in without papers, all by keyboard.
import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from '../support/browser.ts';
import { bookFor, demoPeople, freeStarts, openMorning, type Morning } from './front-desk-day.ts';

const shots = process.env['SEN_TEST_SHOTS'];
let morning: Morning;
let page: Page;
let returning: Awaited<ReturnType<typeof demoPeople>>[number];

beforeAll(async () => {
  morning = await openMorning();
  returning = (await demoPeople(morning.hospital))[0]!;
  const start = (await freeStarts(morning.operator, morning.day)).find((one) => Date.parse(one.start) > morning.hospital.server.db.clock());
  await bookFor(morning.operator, returning.id, start!);
  page = await morning.openAs('tiepdon', '/desk');
}, 120_000);
afterAll(() => morning?.close());

async function shoot(on: Page, name: string): Promise<void> {
  if (shots === undefined) return;
  mkdirSync(shots, { recursive: true });
  await on.screenshot({ path: `${shots}/${name}.png` });
}

/** The keys of a scanner, letters of Vietnamese included: faster than anybody types, Enter at the end. */
const scan = (text: string) => page.evaluate((keys) => {
  for (const key of keys) document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
}, [...text, 'Enter']);

const list = () => page.getByRole('listbox', { name: 'Người đến hôm nay' });

describe('A returning patient', () => {
  it('stands in the list of those who are expected, and is found by name', async () => {
    await list().getByRole('option', { name: new RegExp(returning.name) }).waitFor();
    await page.getByRole('searchbox', { name: /Tìm theo tên/ }).fill(returning.name);
    await expect.poll(() => list().getByRole('option').count()).toBe(1);
    await shoot(page, 'desk-list');
    await page.getByRole('searchbox', { name: /Tìm theo tên/ }).fill('');
  });

  it('is received with one scan and one Enter, and gets a number', async () => {
    const [year, month, date] = returning.birthDate.split('-');
    await scan(`${returning.citizenNumber}||${returning.name}|${date}${month}${year}|${returning.gender === 'male' ? 'Nam' : 'Nữ'}||25052021`);
    await page.getByRole('heading', { level: 2, name: returning.name }).waitFor();
    await page.getByText('Khớp 1 người, QR căn cước').waitFor();
    await page.getByRole('button', { name: /Tiếp nhận, in số/ }).waitFor();
    await expectAccessible(page);
    await shoot(page, 'desk-card');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /Đã tiếp nhận, số/ }).waitFor();
    await shoot(page, 'desk-received');
    morning.hospital.server.db.clock.advance(2_000); // the reading of the day that was kept is old now
    await page.getByRole('button', { name: /^Đã đến 1$/ }).click();
    await list().getByRole('option', { name: new RegExp(`${returning.name}.*Đang chờ`) }).waitFor();
  });
});

describe('A walk-in without papers', () => {
  it('is registered and received by keyboard alone', async () => {
    await page.locator('body').press('Escape');
    await page.getByRole('heading', { name: /Đã tiếp nhận, số/ }).waitFor({ state: 'detached' });
    await page.locator('body').press('n');
    const form = page.getByRole('form', { name: 'Người bệnh mới' });
    await form.waitFor();
    await page.keyboard.type('Bế Thị Nhình');
    await form.getByLabel('Ngày sinh').focus();
    await page.keyboard.type('14/03/1968');
    await form.getByLabel('Giới').selectOption('female');
    await page.keyboard.press('Control+Enter');
    await form.waitFor({ state: 'detached' });
    await page.getByText('Không có hẹn hôm nay').waitFor();
    await page.locator('body').press('Enter');
    const rooms = page.getByRole('form', { name: 'Phòng còn nhận hôm nay' });
    await rooms.getByRole('button', { name: /còn \d+ chỗ/ }).first().waitFor();
    await expectAccessible(page);
    await shoot(page, 'desk-rooms');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /Đã tiếp nhận, số/ }).waitFor();
    morning.hospital.server.db.clock.advance(2_000);
    await list().getByRole('option', { name: /Bế Thị Nhình.*Đang chờ/ }).waitFor();
    await page.getByRole('button', { name: /^Đã đến 2$/ }).waitFor();
  });
});

describe('In English', () => {
  it('says the same', async () => {
    await page.locator('body').press('Escape');
    await page.getByRole('button', { name: /Switch to English/ }).click();
    await page.getByRole('button', { name: /^Here 2$/ }).click();
    await page.getByRole('option', { name: /Bế Thị Nhình.*Waiting/ }).waitFor();
    await expectAccessible(page);
    await shoot(page, 'desk-en');
  });
});
