// The list of a room by keyboard: call, call again, absent, choose, menu; the strip and the lateness above it; without a connection.
import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from '../support/browser.ts';
import { answer, roomDay, roomQueue, turn } from './front-desk-answers.ts';
import { openHospital, signIn, type ScreenHospital } from './hospital.ts';

const shots = process.env['SEN_TEST_SHOTS'];
let hospital: ScreenHospital;
let page: Page;
let queue = roomQueue();
const sent: { url: string; body: unknown }[] = [];

beforeAll(async () => {
  hospital = await openHospital();
  page = await hospital.newPage();
  await signIn(page);
  await answer(page, /\/api\/rooms\/[^/]+\/queue$/, () => queue);
  await answer(page, /\/api\/rooms\/[^/]+\/day$/, roomDay());
  await page.route('**/api/live?*', (route) => route.fulfill({ contentType: 'text/event-stream', body: ': here\n\n' }));
  const post = (give: () => unknown) => (_: string, body: string | null, url: string) => {
    sent.push({ url: new URL(url).pathname, body: JSON.parse(body ?? 'null') as unknown });
    return give();
  };
  await answer(page, /\/api\/rooms\/[^/]+\/next$/, post(() => ({ called: queue.waiting[0] ?? null, again: false, waiting: 23 })));
  await answer(page, /\/api\/turns\/[^/]+\/\w+$/, post(() => turn(10)));
  await answer(page, /\/late-notices$/, post(() => ({ told: 7 })));
  await page.goto('/rooms/sen-hong-205');
}, 120_000);
afterAll(() => hospital.close());

async function shoot(name: string): Promise<void> {
  if (shots === undefined) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: `${shots}/${name}.png` });
}

describe('The list of a room', () => {
  it('shows who is inside, who is next and how long the others have waited', async () => {
    await page.getByRole('heading', { level: 1, name: 'Phòng 205, Nội tiết' }).waitFor();
    await page.getByRole('article', { name: 'Đang khám' }).getByText('A0008').waitFor();
    await page.getByRole('article', { name: 'Kế tiếp' }).getByText('A0010').waitFor();
    await page.getByText('24 người, chờ lâu nhất').waitFor();
    await expectAccessible(page);
    await shoot('doctor-list');
  });

  it('calls the next one with C and tells what the caller saw', async () => {
    await page.keyboard.press('c');
    await expect.poll(() => sent.at(-1)).toEqual({ url: '/api/rooms/sen-hong-205/next', body: { current: 'turn-8' } });
  });

  it('calls again with R and notes an absence with V, only while somebody is called', async () => {
    queue = roomQueue({ now: [turn(8, { state: 'called', calls: 1 })] });
    await page.reload();
    await page.getByRole('button', { name: 'Gọi lại' }).waitFor();
    await page.keyboard.press('r');
    await expect.poll(() => sent.at(-1)).toEqual({ url: '/api/turns/turn-8/recall', body: { expected: 'called' } });
    await expect.poll(() => page.getByRole('button', { name: 'Vắng', exact: false }).first().isEnabled()).toBe(true);
    await page.keyboard.press('v');
    await expect.poll(() => sent.at(-1)).toEqual({ url: '/api/turns/turn-8/skip', body: { expected: 'called' } });
  });

  it('chooses with J and opens all that can be done with `.`', async () => {
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('.');
    await page.getByRole('menuitem', { name: 'Gửi đi làm…' }).waitFor();
    await shoot('doctor-list-menu');
    await page.getByRole('menuitem', { name: 'Gửi đi làm…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Gửi đi' }).click();
    await expect.poll(() => sent.at(-1)).toEqual({ url: '/api/turns/turn-11/send', body: { expected: 'waiting', stations: [{ kind: 'payment' }, { kind: 'laboratory' }], back: true } });
  });

  it('shows the new times before it sends them', async () => {
    await page.getByRole('button', { name: /Xem và gửi giờ mới cho/ }).click();
    await page.getByRole('columnheader', { name: 'Giờ mới' }).waitFor();
    await expectAccessible(page);
    await shoot('doctor-list-late');
    await page.getByRole('button', { name: /^Gửi cho/ }).click();
    await page.getByText('Đã gửi giờ mới cho 7 người.').waitFor();
    expect(sent.at(-1)).toEqual({ url: '/api/rooms/sen-hong-205/late-notices', body: { lateMinutes: 20 } });
  });

  it('says so when the connection is gone, and calls nobody', async () => {
    await page.context().setOffline(true);
    await page.getByText(/^Mất kết nối\. Danh sách là của lúc/).waitFor();
    expect(await page.getByRole('button', { name: /Gọi vào/ }).isDisabled()).toBe(true);
    await expectAccessible(page);
    await shoot('doctor-list-offline');
    await page.context().setOffline(false);
  });

  it('speaks English throughout', async () => {
    await page.getByRole('button', { name: /Switch to English/ }).click();
    await page.getByRole('button', { name: /Call in/ }).waitFor();
    await expectAccessible(page);
    await shoot('doctor-list-en');
  });
});
