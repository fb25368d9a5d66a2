// The patient app on a phone: a daughter books for her mother, carries the code through a dead spot, is called, and signs out.
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, openBrowser } from '../support/browser.ts';
import { testServer, type TestServer } from '../support/server.ts';
import { answerPatient, appointmentAt, hospitalTime, visitNow, type Told } from './patient-answers.ts';

type Browser = Awaited<ReturnType<typeof openBrowser>>;

let server: TestServer;
let browser: Browser;
const broken: string[] = [];
const phone = { width: 390, height: 844 };

beforeAll(async () => {
  server = await testServer();
  browser = await openBrowser();
}, 120_000);
afterAll(async () => {
  await browser.close();
  await server.close();
});

async function openApp(change: (told: Told) => void = () => undefined, options: { language?: 'en'; dark?: boolean; wide?: boolean } = {}): Promise<{ page: Page; told: Told }> {
  const context = await browser.newContext({ baseURL: server.base, viewport: phone, reducedMotion: 'reduce', locale: 'vi-VN', ...(options.dark === true && { colorScheme: 'dark' as const }) });
  context.setDefaultTimeout(8_000);
  const told = await answerPatient(context);
  change(told);
  const { token } = await server.as('relative');
  await context.addCookies([{ name: 'sen_session', value: token, url: server.base }, ...(options.language === 'en' ? [{ name: 'sen_language', value: 'en', url: server.base }] : [])]);
  const page = await context.newPage();
  page.on('pageerror', (error) => broken.push(error.message));
  page.on('console', (line) => line.type() === 'error' && /Content Security Policy|TrustedScript/.test(line.text()) && broken.push(line.text()));
  await page.goto('/app');
  return { page, told };
}

const look = async (page: Page, name: string, fullPage = false) => {
  if (process.env['SEN_SHOTS'] !== undefined) await page.screenshot({ path: `${process.env['SEN_SHOTS']}/app-${name}.png`, fullPage });
};
const cutOff = async (page: Page, told: Told) => {
  told.isOffline = true;
  await page.context().setOffline(true);
};
const mother = (page: Page) => page.getByRole('group', { name: 'Đang xem cho ai' }).getByRole('button', { name: 'Mẹ Mai' });

describe('booking in five taps: who, specialty, doctor, time, book', () => {
  it('books for the mother, keeps the seat meanwhile, and shows the code', async () => {
    const { page, told } = await openApp();
    let taps = 0;
    const tap = async (role: 'button' | 'link', name: string | RegExp) => {
      await page.getByRole(role, { name }).first().click();
      taps++;
    };
    await page.getByRole('link', { name: 'Đặt khám' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Đặt khám cho ai?' }).waitFor();
    await page.getByRole('button', { name: /Tim mạch/ }).waitFor();
    await look(page, 'book-1', true);
    await expectAccessible(page);
    await tap('button', /Mẹ Mai/);
    await tap('button', /Tim mạch/);
    await page.getByText('Đã khám cho mẹ\u00a0Mai 1\u00a0lần').waitFor();
    await look(page, 'book-2', true);
    await expectAccessible(page);
    await tap('button', /Phạm Quốc Khánh/);
    await page.getByRole('button', { name: '08:20' }).waitFor();
    expect(await page.getByRole('button', { name: /08:00/ }).isDisabled()).toBe(true);
    await look(page, 'book-3', true);
    await expectAccessible(page);
    await tap('button', '08:20');
    await page.getByRole('heading', { level: 1, name: 'Xem lại rồi đặt' }).waitFor();
    await page.getByText(/Đang giữ chỗ này, còn/).waitFor();
    await look(page, 'book-4', true);
    await expectAccessible(page);
    await tap('button', 'Đặt khám');
    await page.getByRole('heading', { level: 1, name: 'Đã đặt khám' }).waitFor();
    await page.getByRole('img', { name: 'Mã QR để vào khám' }).waitFor();
    await look(page, 'booked', true);
    await expectAccessible(page);
    expect(taps).toBe(5);
    expect(told.asked.map(({ path }) => path)).toEqual(['POST /api/booking/holds', 'POST /api/booking/appointments']);
    expect(told.asked[1]?.body).toEqual({ holdToken: 'giu-cho-cua-me-0123456789', patientId: 'tran-thi-mai' });
  }, 60_000);

  it('goes back to the times when the seat is no longer kept', async () => {
    const { page } = await openApp((told) => { told.holdMs = 1_000; });
    await page.getByRole('link', { name: 'Đặt khám' }).first().click();
    await page.getByRole('button', { name: /Tim mạch/ }).click();
    await page.getByRole('button', { name: /Bác sĩ nào cũng được/ }).click();
    await page.getByRole('button', { name: '08:20' }).click();
    await page.getByRole('alert').getByText('Chỗ này đã hết giữ, mời chọn lại').waitFor();
    await page.getByRole('button', { name: 'Chọn giờ khác' }).click();
    await page.getByRole('button', { name: '09:00' }).waitFor();
  }, 60_000);

  it('waits for a place when no time fits', async () => {
    const { page, told } = await openApp();
    await mother(page).click();
    await page.getByRole('link', { name: 'Đặt khám' }).first().click();
    await page.getByRole('button', { name: /Tim mạch/ }).click();
    await page.getByRole('button', { name: /Bác sĩ nào cũng được/ }).click();
    await page.getByRole('link', { name: /Báo tôi khi có chỗ/ }).click();
    await look(page, 'wait', true);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Báo tôi khi có chỗ' }).click();
    await page.getByRole('heading', { name: 'Đang đợi chỗ' }).waitFor();
    expect(told.asked.at(-1)?.body).toMatchObject({ patientId: 'tran-thi-mai', specialty: 'tim-mach', part: 'any' });
  }, 60_000);
});

describe('an appointment', () => {
  it('is confirmed, moved and cancelled', async () => {
    const { page, told } = await openApp((one) => { one.coming = [appointmentAt(hospitalTime(2, '09:40'))]; });
    await page.getByRole('region', { name: 'Việc tiếp theo' }).getByText('Đến lúc 09:25').waitFor();
    await look(page, 'home-before', true);
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Xem, đổi hoặc huỷ' }).click();
    await page.getByRole('button', { name: 'Chắc chắn đến' }).click();
    await page.getByText('Đã báo là sẽ đến').waitFor();
    await page.getByRole('button', { name: 'Đổi giờ khác' }).click();
    await page.getByRole('button', { name: '09:40' }).click();
    await page.getByRole('button', { name: 'Đổi sang giờ này' }).click();
    await page.getByRole('button', { name: 'Huỷ lịch này' }).click();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Huỷ lịch', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Đã huỷ' }).waitFor();
    expect(told.asked.map(({ path }) => path.split('/').at(-1))).toEqual(['confirm', 'holds', 'move', 'cancel']);
  }, 60_000);
});

describe('the visit', () => {
  it('shows the place in line as a range, the steps and the way, and hides the minutes without a network', async () => {
    const { page, told } = await openApp((one) => { one.visits = [visitNow()]; one.coming = [appointmentAt(hospitalTime(0, '23:40'), { state: 'arrived' })]; });
    await page.getByRole('heading', { level: 1, name: 'Phòng 205' }).waitFor();
    await page.getByText('Còn khoảng 12–20\u00a0phút').waitFor();
    await page.getByText('Phía trước còn 3\u00a0người').waitFor();
    await page.getByText('Xong 00:20').waitFor();
    await look(page, 'home', true);
    await expectAccessible(page);
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    await cutOff(page, told);
    await page.getByRole('status').getByText(/Không có mạng\. Thông tin lúc/).waitFor();
    await page.getByText('Hẹn 23:40', { exact: true }).waitFor();
    expect(await page.getByText(/Còn khoảng/).count()).toBe(0);
    await page.getByRole('img', { name: 'Mã QR để vào khám' }).waitFor();
    await look(page, 'home-offline');
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Đặt khám' }).click();
    await page.getByRole('heading', { name: 'Cần có mạng để đặt khám' }).waitFor();
    await page.context().setOffline(false);
  }, 60_000);

  it('opens without a network, from the sealed store of the phone', async () => {
    const { page, told } = await openApp((one) => { one.coming = [appointmentAt(hospitalTime(1, '09:40'))]; });
    await page.getByText('Ngày mai').waitFor();
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    await cutOff(page, told);
    await page.reload();
    await page.getByRole('status').getByText(/Không có mạng/).waitFor();
    await page.getByRole('img', { name: 'Mã QR để vào khám' }).waitFor();
    expect(await keptTexts(page)).not.toMatch(/Trần|SEN:B/);
    await page.context().setOffline(false);
  }, 60_000);

  it('says loudly that it is her turn, also when one looks at somebody else', async () => {
    const called = visitNow({ state: 'called', calledAt: hospitalTime(0, '00:46'), calls: 1 });
    const { page } = await openApp((told) => { told.visits = [called]; told.coming = [appointmentAt(hospitalTime(0, '23:40'), { state: 'arrived' })]; });
    await page.getByRole('alert').getByText('Đến lượt rồi, mời vào').waitFor();
    await page.getByText('Bác sĩ đang đợi mẹ\u00a0Mai').waitFor();
    await look(page, 'home-called');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Tôi', exact: true }).click();
    await page.getByRole('alert').getByText('Mẹ\u00a0Mai được gọi vào Phòng 205').waitFor();
  }, 60_000);

  it('says that the room is late', async () => {
    const { page } = await openApp((told) => { told.visits = [visitNow({ lateMinutes: 35, wait: { from: 40, to: 55 } })]; });
    await page.getByText(/Phòng đang muộn khoảng 35/).waitFor();
    await look(page, 'home-late');
    await expectAccessible(page);
  }, 60_000);
});

describe('oneself', () => {
  it('has a family, choices, another language, and leaves nothing behind on signing out', async () => {
    const { page } = await openApp((told) => { told.coming = [appointmentAt(hospitalTime(1, '09:40'))]; });
    await page.getByRole('link', { name: 'Gia đình' }).click();
    await page.getByLabel('Số căn cước hoặc số hồ sơ').waitFor();
    await look(page, 'family', true);
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Tôi', exact: true }).click();
    await page.getByLabel('Lịch khám').waitFor();
    await look(page, 'me', true);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Record and privacy' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Your telephone number?' }).waitFor();
    await expectAccessible(page);
    expect(await keptTexts(page)).toBe('[]');
  }, 60_000);
});

describe('in English, and in the dark', () => {
  it('mixes no languages and keeps its contrast', async () => {
    const { page } = await openApp((told) => { told.visits = [visitNow()]; told.coming = [appointmentAt(hospitalTime(0, '23:40'), { state: 'arrived' })]; }, { language: 'en', dark: true });
    await page.getByText('About 12–20\u00a0minutes').waitFor();
    await look(page, 'home-en-dark', true);
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Book' }).click();
    await page.getByRole('heading', { name: 'What for?' }).waitFor();
    await look(page, 'book-1-en-dark', true);
    await expectAccessible(page);
  }, 60_000);
});

describe('the first load', () => {
  it('is at most 200 KB compressed, fonts and all', () => {
    const dist = fileURLToPath(new URL('../../web/dist/', import.meta.url));
    const files = (JSON.parse(readFileSync(`${dist}app-files.json`, 'utf8')) as string[]).map((file) => file.slice(1));
    const there = new Set(readdirSync(`${dist}assets`));
    const bytes = files.map((file) => readFileSync(dist + (there.has(`${file.slice('assets/'.length)}.br`) ? `${file}.br` : file)).length).reduce((sum, size) => sum + size, 0);
    expect(bytes).toBeLessThanOrEqual(200 * 1024);
    expect(files.filter((file) => file.endsWith('.woff2'))).toHaveLength(4);
  });

  it('broke nowhere on the way', () => {
    expect(broken).toEqual([]);
  });
});

/** Everything in the app's store, as text. */
function keptTexts(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
    if (!names.includes('sen-app')) return '[]';
    const database = await new Promise<IDBDatabase>((resolve) => { const request = indexedDB.open('sen-app'); request.onsuccess = () => resolve(request.result); });
    const values = await new Promise<unknown[]>((resolve) => { const request = database.transaction('kept').objectStore('kept').getAll(); request.onsuccess = () => resolve(request.result); });
    database.close();
    const texts = values.map((value) => (value instanceof CryptoKey ? `key ${String(value.extractable)}` : new TextDecoder().decode((value as { text: ArrayBuffer }).text)));
    return JSON.stringify(texts);
  });
}
