// The list of a room by keyboard on a full morning: call, call again, absent, choose, menu; the strip and the lateness above it; without a connection.
import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from '../support/browser.ts';
import { busyRoom, openFullMorning, queue, type FullMorning } from './full-morning.ts';

const shots = process.env['SEN_TEST_SHOTS'];
let morning: FullMorning;
let page: Page;

beforeAll(async () => {
  morning = await openFullMorning();
  page = await morning.openAs('bacsi', `/rooms/${busyRoom}`);
}, 120_000);
afterAll(() => morning?.close());

async function shoot(name: string): Promise<void> {
  if (shots === undefined) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: `${shots}/${name}.png` });
}

/** A key that is pressed while the last act is under way does nothing. */
const enabled = (name: string) => page.locator('.now-next').getByRole('button', { name, disabled: false }).waitFor();
const now = () => page.getByRole('article', { name: /^Đang (?:khám|gọi)$/ });
const next = () => page.getByRole('article', { name: 'Kế tiếp' });

describe('The list of a room', () => {
  it('shows who is inside, who is next and how long the others have waited', async () => {
    const there = await queue(morning.doctor);
    await page.getByRole('heading', { level: 1, name: 'Phòng 205, Khoa Nội tiết' }).waitFor();
    await now().getByText(there.now[0]!.ticket).waitFor();
    await next().getByText(there.waiting[0]!.ticket).waitFor();
    await page.getByText(`${there.waiting.length} người, chờ lâu nhất`).waitFor();
    expect([there.counts.away, there.counts.skipped, there.counts.done]).toEqual([1, 1, 3]);
    await expectAccessible(page);
    await shoot('doctor-list');
  });

  it('calls the next one with C, and whoever was inside is done', async () => {
    const { waiting: [first], counts } = await queue(morning.doctor);
    await page.keyboard.press('c');
    await page.getByRole('article', { name: 'Đang gọi' }).getByText(first!.ticket).waitFor();
    const after = await queue(morning.doctor);
    expect([after.now[0]?.id, after.now[0]?.state, after.counts.done]).toEqual([first!.id, 'called', counts.done + 1]);
  });

  it('calls again with R and notes an absence with V, only while somebody is called', async () => {
    const { now: [called], counts } = await queue(morning.doctor);
    await morning.moveTo(morning.hospital.server.db.clock() + 20_000);
    await enabled('Gọi lại');
    await page.keyboard.press('r');
    await page.getByText('đã gọi 2 lần').waitFor();
    await enabled('Vắng');
    await page.keyboard.press('v');
    await page.getByText('Chưa có ai trong phòng').waitFor();
    const after = await queue(morning.doctor);
    expect([after.counts.skipped, after.skipped.some(({ id }) => id === called!.id)]).toEqual([counts.skipped + 1, true]);
    await page.keyboard.press('v');
    expect((await queue(morning.doctor)).counts.skipped).toBe(counts.skipped + 1);
  });

  it('chooses with J and opens all that can be done with `.`', async () => {
    const { waiting } = await queue(morning.doctor);
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('.');
    await page.getByRole('menuitem', { name: 'Chuyển phòng…' }).waitFor();
    await shoot('doctor-list-menu');
    await page.getByRole('menuitem', { name: 'Đã bỏ về' }).click();
    await expect.poll(async () => (await queue(morning.doctor)).waiting.map(({ id }) => id)).not.toContain(waiting[1]!.id);
  });

  it('sends whoever is in the room for tests with G', async () => {
    await enabled('Gọi vào');
    await page.keyboard.press('c');
    await enabled('Đã vào');
    await page.keyboard.press('b');
    await enabled('Xong');
    const { now: [inside] } = await queue(morning.doctor);
    await shoot('doctor-list-inside');
    await page.keyboard.press('g');
    await page.getByRole('dialog').getByRole('button', { name: 'Gửi đi' }).click();
    await expect.poll(async () => (await queue(morning.doctor)).away.map(({ id }) => id)).toContain(inside!.id);
  });

  it('shows the new times before it sends them, and tells each once', async () => {
    await page.getByRole('button', { name: /Xem và gửi giờ mới cho/ }).click();
    await page.getByRole('columnheader', { name: 'Giờ mới' }).waitFor();
    await expectAccessible(page);
    await shoot('doctor-list-late');
    await page.getByRole('button', { name: /^Gửi cho/ }).click();
    await page.getByText('Đã gửi giờ mới cho 4 người.').waitFor();
  });

  it('says so when the connection is gone, and calls nobody', async () => {
    await page.context().setOffline(true);
    await page.getByText(/^Mất kết nối\. Danh sách là của lúc/).waitFor({ timeout: 20_000 });
    expect(await page.getByRole('button', { name: /Gọi vào/ }).isDisabled()).toBe(true);
    await expectAccessible(page);
    await shoot('doctor-list-offline');
    await page.context().setOffline(false);
    await page.getByText('Trực tiếp').waitFor({ timeout: 20_000 });
  }, 60_000);

  it('speaks English throughout', async () => {
    await page.getByRole('button', { name: /Switch to English/ }).click();
    await page.getByRole('button', { name: /Call in/ }).waitFor();
    await expectAccessible(page);
    await shoot('doctor-list-en');
  });
});
