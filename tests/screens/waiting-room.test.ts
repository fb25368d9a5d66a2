// The screen of a waiting room: readable, masked, never stale.
import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from '../support/browser.ts';
import { answer, boardRooms, morning } from './front-desk-answers.ts';
import { openHospital, type ScreenHospital } from './hospital.ts';

const shots = process.env['SEN_TEST_SHOTS'];
const key = '0123456789abcdefghjk';
let hospital: ScreenHospital;
let page: Page;

beforeAll(async () => {
  hospital = await openHospital();
  page = await hospital.newPage();
  await page.setViewportSize({ width: 1920, height: 1080 });
  await answer(page, `**/api/board/${key}`, { name: 'Khám bệnh, tầng 2 nhà B', facilityName: 'Bệnh viện Sen Hồng', rooms: boardRooms(), at: new Date(Date.parse(morning)).toISOString() });
  await page.route(`**/api/board/${key}/live`, (route) => route.fulfill({ contentType: 'text/event-stream', body: ': here\n\n' }));
  await page.goto(`/board/${key}`);
}, 120_000);
afterAll(() => hospital.close());

async function shoot(name: string): Promise<void> {
  if (shots === undefined) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: `${shots}/${name}.png` });
}

describe('The screen of a waiting room', () => {
  it('shows who is called where, and who comes next in each room', async () => {
    await page.getByText('Mời vào').waitFor();
    await page.getByText('A0027', { exact: true }).waitFor();
    await page.getByText('Đang gọi', { exact: true }).waitFor();
    await page.getByText('Vũ Ngọc Anh').waitFor();
    await expectAccessible(page);
    await shoot('board');
  });

  it('holds everything inside the screen and writes nothing below 38 px', async () => {
    const faults = await page.evaluate(() => [...document.querySelectorAll<HTMLElement>('main *')].flatMap((node) => {
      const own = [...node.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.textContent?.trim() !== '');
      if (!own) return [];
      const box = node.getBoundingClientRect();
      const small = Number.parseFloat(getComputedStyle(node).fontSize) < 37.9;
      return small || box.right > innerWidth + 1 || box.bottom > innerHeight + 1 ? [`${node.className} ${node.textContent}`] : [];
    }));
    expect(faults).toEqual([]);
  });

  it('shows three larger rooms on a 43-inch screen', async () => {
    await page.goto(`/board/${key}?size=43`);
    await page.getByText('A0027', { exact: true }).waitFor();
    await shoot('board-43');
  });

  it('takes a call away when the connection is gone', async () => {
    await page.goto(`/board/${key}`);
    await page.getByText('A0027', { exact: true }).waitFor();
    await page.context().setOffline(true);
    await page.getByRole('alert').getByText(/Mất kết nối lúc \d\d:\d\d, xin nghe gọi tên/).waitFor({ timeout: 20_000 });
    expect(await page.getByText('A0027', { exact: true }).count()).toBe(0);
    await expectAccessible(page);
    await shoot('board-lost');
    await page.context().setOffline(false);
  }, 40_000);

  it('says a call in recorded parts, in their order, where the browser has no Vietnamese voice', async () => {
    const loud = await hospital.newPage();
    const said: string[] = [];
    loud.on('response', (response) => {
      const part = /\/api\/board-voice\/(.+)$/.exec(response.url())?.[1];
      if (part !== undefined) said.push(`${part} ${response.status()} ${response.headers()['content-type']}`);
    });
    await loud.addInitScript(() => {
      const starts: number[] = [];
      Object.assign(globalThis, { starts });
      const start = AudioBufferSourceNode.prototype.start;
      AudioBufferSourceNode.prototype.start = function (when = 0) {
        starts.push(when);
        start.call(this, when);
      };
    });
    let rooms = boardRooms().map((room) => ({ ...room, called: [] as typeof room.called }));
    await loud.route(`**/api/board/${key}`, (route) => route.fulfill({ json: { name: 'Khám bệnh, tầng 2 nhà B', facilityName: 'Bệnh viện Sen Hồng', rooms, at: new Date().toISOString() } }));
    await loud.route(`**/api/board/${key}/live`, (route) => route.fulfill({ contentType: 'text/event-stream', body: ': here\n\n' }));
    await loud.goto(`/board/${key}`);
    await loud.getByText('Chưa gọi ai').waitFor();
    await loud.getByRole('button', { name: 'Bật tiếng gọi số' }).press('Enter');
    expect(await loud.getByText('chỉ có chuông').count()).toBe(0);
    rooms = rooms.map((room, i) => (i === 0 ? { ...room, name: 'Phòng 205', short: '205', called: [{ ticket: 'A0042', maskedName: 'Trần T. M.', turn: 't-new', calls: 1, calledAt: new Date().toISOString() }] } : room));
    await loud.evaluate(() => dispatchEvent(new Event('online')));
    await loud.getByText('A0042', { exact: true }).waitFor({ timeout: 70_000 });
    await loud.waitForFunction(() => (globalThis as unknown as { starts: number[] }).starts.length === 10, undefined, { timeout: 15_000 });
    const starts = await loud.evaluate(() => (globalThis as unknown as { starts: number[] }).starts);
    expect(starts.every((when, i) => i === 0 || when > starts[i - 1]!)).toBe(true);
    expect(said.toSorted()).toEqual(['0', '2', '4', '5', 'a', 'den-phong', 'moi-so'].map((part) => `${part} 200 audio/wav`));
  }, 90_000);
});
