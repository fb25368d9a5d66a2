// The camera as a scanner: at the desk the QR of a citizen card fills the form, with every mark of the name; on a telephone the code at the door gives a number.
import { mkdirSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, openBrowser } from '../support/browser.ts';
import { cameraThatSees } from '../support/fake-camera.ts';
import { openHospital, type ScreenHospital } from './hospital.ts';

const shots = process.env['SEN_TEST_SHOTS'];
// Without an ECI and with UTF-8 in it, as the cards are printed.
const card = '001168012345|012345678|Nguyễn Thị Thuỳ Dương|14031968|Nữ|Số 5 ngõ 12, Phường Bạch Mai, Hà Nội|25052021||||';
let hospital: ScreenHospital;
const browsers: Browser[] = [];

beforeAll(async () => {
  hospital = await openHospital();
}, 120_000);
afterAll(async () => {
  for (const browser of browsers) await browser.close();
  await hospital.close();
});

async function openDesk(switches: string[], permissions: string[]): Promise<Page> {
  const browser = await openBrowser(switches);
  browsers.push(browser);
  const context = await browser.newContext({ baseURL: hospital.server.base, viewport: { width: 1366, height: 768 }, reducedMotion: 'reduce', locale: 'vi-VN', permissions });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  await page.goto('/');
  await page.getByLabel('Tên đăng nhập').fill('tiepdon');
  await page.getByLabel('Mật khẩu', { exact: true }).fill('sen-demo');
  await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
  await page.getByRole('searchbox').or(page.getByRole('link', { name: 'Tiếp nhận', exact: true })).first().waitFor();
  await page.goto('/desk');
  await page.getByRole('button', { name: 'Máy ảnh' }).waitFor();
  return page;
}

async function shoot(page: Page, name: string): Promise<void> {
  if (shots === undefined) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: `${shots}/${name}.png` });
}

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Đọc mã QR bằng máy ảnh' });

describe('The camera at the desk', () => {
  it('reads a citizen card without the mouse: the form is filled, no mark of the name is lost', async () => {
    const page = await openDesk(cameraThatSees(card), ['camera']);
    await page.keyboard.press('F4');
    await dialog(page).waitFor({ state: 'visible' });
    await dialog(page).waitFor({ state: 'detached' });
    await page.getByText(/Lập hồ sơ mới cho Nguyễn Thị Thuỳ Dương/).waitFor();
    await shoot(page, 'camera-read');
    await page.keyboard.press('n');
    const form = page.getByRole('form', { name: 'Người bệnh mới' });
    await form.waitFor();
    expect(await form.getByLabel('Họ và tên', { exact: true }).inputValue()).toBe('Nguyễn Thị Thuỳ Dương');
    expect(await form.getByLabel('Ngày sinh').inputValue()).toBe('14/03/1968');
    expect(await form.getByLabel('Số căn cước').inputValue()).toBe('001168012345');
    expect(await form.getByLabel('Giới').inputValue()).toBe('female');
  }, 60_000);

  it('shows what the camera sees while it looks, and stops the camera when it is closed', async () => {
    const page = await openDesk(['--use-fake-device-for-media-stream'], ['camera']);
    await page.keyboard.press('F4');
    await dialog(page).getByText('Đưa mã QR vào trong khung, giữ yên.').waitFor();
    await expectAccessible(page);
    await shoot(page, 'camera-looking');
    const track = await page.getByLabel('Hình từ máy ảnh').evaluateHandle((video) => ((video as HTMLVideoElement).srcObject as MediaStream).getTracks()[0]!);
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'detached' });
    expect(await track.evaluate(({ readyState }) => readyState)).toBe('ended');
  }, 60_000);

  it.each([
    ['may not be used', ['--use-fake-device-for-media-stream', '--deny-permission-prompts'], [], 'Trình duyệt chưa được phép dùng máy ảnh.'],
    ['is not there', [], ['camera'], 'Máy này không có máy ảnh'],
  ])('says what to do when it %s', async (_why, switches, permissions, said) => {
    const page = await openDesk(switches, permissions);
    await page.keyboard.press('F4');
    await dialog(page).getByRole('alert').getByText(said).waitFor();
    await dialog(page).getByRole('button', { name: 'Thử lại' }).waitFor();
    await expectAccessible(page);
    await shoot(page, `camera-${permissions.length === 0 ? 'refused' : 'none'}`);
  }, 60_000);
});
