// Each role begins on a page where its work is; what menus show can be opened, in both languages.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from '../support/browser.ts';
import { openHospital, type ScreenHospital } from './hospital.ts';

let hospital: ScreenHospital;
beforeAll(async () => {
  hospital = await openHospital();
}, 120_000);
afterAll(() => hospital.close());

interface Seen {
  readonly page: Page;
  /** Refusals of the server and errors of the page. */
  readonly wrong: string[];
}

async function seenBy(username: string): Promise<Seen> {
  const page = await hospital.newPage();
  const wrong: string[] = [];
  page.on('response', (answer) => answer.status() >= 400 && wrong.push(`${answer.status()} ${new URL(answer.url()).pathname}`));
  page.on('pageerror', (error) => wrong.push(error.message));
  const { token } = await hospital.server.as(username);
  await page.context().addCookies([{ name: 'sen_session', value: token, url: hospital.server.base }]);
  return { page, wrong };
}

const look = async (page: Page, name: string) => {
  if (process.env['SEN_SHOTS'] !== undefined) await page.screenshot({ path: `${process.env['SEN_SHOTS']}/${name}.png` });
};

const starts: readonly (readonly [username: string, heading: string | RegExp])[] = [
  ['bacsi', 'Đang ở viện'], ['dieuduong', 'Đang ở viện'], ['truongkhoa', 'Đang ở viện'], ['bshinhanh', 'Đang ở viện'], ['duocsi', 'Đang ở viện'], ['hosobenhan', 'Đang ở viện'],
  ['tiepdon', 'Tiếp nhận'], ['dulieu', 'Mở khẩn cấp'], ['quantri', 'Tài khoản'], ['kiemsoat', 'Nhật ký truy cập'],
  ['xetnghiem', 'Phòng và quầy'], ['ktvhinhanh', 'Phòng và quầy'], ['thungan', 'Phòng và quầy'], ['baohiem', /^Chào /], ['giamdoc', 'Khám ngoại trú hôm nay'],
  ['nguoibenh', 'Hồ sơ của tôi'], ['nguoinha', 'Hồ sơ của tôi'],
];

/** Pages that all staff have alike are opened once, and one of each start is judged by axe. */
const opened = new Set<string>();
const alike = new Set(['/policy', '/my/apps', '/my/account']);
const isNew = (what: string): boolean => !opened.has(what) && opened.add(what).size > 0;

describe('the first page', () => {
  it.each(starts)('of %s', async (username, heading) => {
    const { page, wrong } = await seenBy(username);
    if (username.startsWith('nguoi')) await page.setViewportSize({ width: 390, height: 844 });
    await page.goto('/');
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    await look(page, `start-${username}`);
    if (isNew(String(heading))) await expectAccessible(page);
    const links = await page.locator('nav.rail a, .my-list a').evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).pathname));
    for (const link of new Set([...links, ...(await menuOf(page))])) {
      if (alike.has(link) && !isNew(link)) continue;
      await page.goto(link);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      expect(await page.getByRole('alert').allTextContents(), link).toEqual([]);
    }
    expect(wrong).toEqual([]);
    await page.context().close();
  }, 60_000);
});

async function menuOf(page: Page): Promise<string[]> {
  const me = page.locator('button.me');
  if ((await me.count()) === 0) return [];
  await me.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menu').waitFor();
  const links = await page.getByRole('menuitem').evaluateAll((all) => all.flatMap((one) => (one instanceof HTMLAnchorElement ? one.pathname : [])));
  await page.keyboard.press('Escape');
  return links;
}

describe('a chart that is not one’s own', () => {
  it('is asked for once, and closed in words to those who may not open it', async () => {
    const { page, wrong } = await seenBy('bshinhanh');
    await page.goto('/patients/nguyen-thi-hanh/summary');
    await page.getByRole('heading', { name: 'Hồ sơ này đang đóng với bạn' }).waitFor();
    await page.waitForLoadState('networkidle');
    await look(page, 'closed-radiologist');
    expect(await page.getByRole('button', { name: 'Mở hồ sơ' }).count()).toBe(0);
    expect(wrong).toEqual(['403 /api/patients/nguyen-thi-hanh/banner']);
  });

  it('is not looked for by those who work with no charts', async () => {
    const { page, wrong } = await seenBy('thungan');
    await page.goto('/');
    await page.getByRole('heading', { level: 1, name: 'Phòng và quầy' }).waitFor();
    await page.keyboard.press('Control+k');
    const box = page.getByRole('combobox', { name: 'Tìm lệnh, trang…' });
    await box.fill('chinh sach');
    await box.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Chính sách truy cập' }).waitFor();
    expect(wrong).toEqual([]);
  });
});

describe('in English', () => {
  it.each(['thungan', 'dulieu', 'kiemsoat', 'quantri', 'nguoibenh'])('nothing of the first page of %s is left in Vietnamese', async (username) => {
    const { page } = await seenBy(username);
    await page.goto('/');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByRole('button', { name: /Switch to English/ }).click();
    await page.waitForLoadState('networkidle');
    await look(page, `start-en-${username}`);
    const words = await page.locator('main h1, main h2, main label, main button, main legend, main th, nav h2, nav a > span').allTextContents();
    expect(words.filter((text) => /\b(?:của|được|không|hồ sơ|người|chưa|tài khoản|truy cập)\b/i.test(text) && !/Bệnh viện/.test(text))).toEqual([]);
    await expectAccessible(page);
    await page.context().close();
  });
});
