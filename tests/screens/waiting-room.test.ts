// The screen of a waiting room: readable, masked, never stale.
import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from '../support/browser.ts';
import { busyRoom, callNext, openFullMorning, post, queue, type FullMorning } from './full-morning.ts';

const shots = process.env['SEN_TEST_SHOTS'];
const rooms = [busyRoom, 'sen-hong-206', 'sen-hong-305', 'sen-hong-301'];
let key: string;
let ticket: string;
let morning: FullMorning;
let page: Page;

beforeAll(async () => {
  morning = await openFullMorning();
  ({ key } = await post<{ key: string }>(morning.desk, '/api/boards', { name: 'Khám bệnh, tầng 2 nhà B', roomIds: rooms }));
  ({ ticket } = await callNext(morning.doctor));
  page = await morning.openPage(`/board/${key}`, 1920, 1080);
}, 120_000);
afterAll(() => morning?.close());

async function shoot(name: string): Promise<void> {
  if (shots === undefined) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: `${shots}/${name}.png` });
}

describe('The screen of a waiting room', () => {
  it('shows who is called where, and who comes next in each room', async () => {
    await page.getByText('Mời vào').waitFor();
    await page.getByText(ticket, { exact: true }).waitFor();
    await page.getByText('Đang gọi', { exact: true }).waitFor();
    await page.getByText('BS. Lê Minh Quang').waitFor();
    for (const { ticket: next } of (await queue(morning.doctor)).waiting.slice(0, 2)) await page.getByText(next, { exact: true }).waitFor();
    const text = await page.getByRole('main').innerText();
    expect(morning.people.flatMap(({ name }) => (text.includes(name) ? [name] : []))).toEqual([]);
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
    await page.getByText(ticket, { exact: true }).waitFor();
    await shoot('board-43');
  });

  it('takes a call away when the connection is gone', async () => {
    await page.goto(`/board/${key}`);
    await page.getByText(ticket, { exact: true }).waitFor();
    await page.context().setOffline(true);
    await page.getByRole('alert').getByText(/Mất kết nối lúc \d\d:\d\d, xin nghe gọi tên/).waitFor({ timeout: 20_000 });
    expect(await page.getByText(ticket, { exact: true }).count()).toBe(0);
    await expectAccessible(page);
    await shoot('board-lost');
    await page.context().setOffline(false);
  }, 40_000);

  it('says a call in recorded parts, in their order, where the browser has no Vietnamese voice', async () => {
    const loud = await morning.openPage(`/board/${key}`, 1920, 1080);
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
    await loud.reload();
    await loud.getByText(ticket, { exact: true }).waitFor();
    await loud.getByRole('button', { name: 'Bật tiếng gọi số' }).press('Enter');
    expect(await loud.getByText('chỉ có chuông').count()).toBe(0);
    const { ticket: called } = await callNext(morning.doctor);
    await loud.getByText(called, { exact: true }).first().waitFor();
    await loud.waitForFunction(() => (globalThis as unknown as { starts: number[] }).starts.length === 10, undefined, { timeout: 15_000 });
    const starts = await loud.evaluate(() => (globalThis as unknown as { starts: number[] }).starts);
    expect(starts.every((when, i) => i === 0 || when > starts[i - 1]!)).toBe(true);
    expect(said.toSorted()).toEqual([...new Set([...called.toLowerCase(), ...'205', 'den-phong', 'moi-so'])].toSorted().map((part) => `${part} 200 audio/wav`));
  }, 90_000);
});
