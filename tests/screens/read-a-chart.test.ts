// A doctor's steps: sign in, find Mrs Hạnh without typing accents, see her allergy, follow her kidneys, read a note, switch to English.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from '../support/browser.ts';
import { openHospital, signIn, type ScreenHospital } from './hospital.ts';

let hospital: ScreenHospital;
let page: Page;
const broken: string[] = [];

beforeAll(async () => {
  hospital = await openHospital();
  page = await hospital.newPage();
  page.on('pageerror', (error) => broken.push(error.message));
}, 120_000);
afterAll(() => hospital.close());

describe('the staff workspace, from sign-in to a read chart', () => {
  it('offers the people of a demo hospital by name and refuses a wrong password in words', async () => {
    await page.goto('/');
    await page.getByRole('button', { name: /BS\. Lê Minh Quang/ }).waitFor();
    await expectAccessible(page);
    await page.getByLabel('Tên đăng nhập').fill('bacsi');
    await page.getByLabel('Mật khẩu', { exact: true }).fill('wrong');
    await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
    expect(await page.getByRole('alert').textContent()).not.toBe('');
  });

  it('shows who is in the hospital now after sign-in', async () => {
    await signIn(page);
    await page.getByRole('link', { name: /Nguyễn Thị Hạnh/ }).waitFor();
    await expectAccessible(page);
  });

  it('finds Nguyễn Thị Hạnh as "hanh nguyen", without accents and in any order, by keyboard alone', async () => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').pressSequentially('hanh nguyen');
    const first = page.getByRole('option').first();
    await first.filter({ hasText: 'Nguyễn Thị Hạnh' }).waitFor();
    expect(await first.textContent()).toContain('14/03/1968');
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Nguyễn Thị Hạnh' }).waitFor();
  });

  it('says what to do when nobody matches', async () => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('zzzqx');
    await page.getByText('Không thấy ai khớp').waitFor();
    await page.keyboard.press('Escape');
  });

  it('keeps name, age, allergy, insurance and place in sight', async () => {
    const banner = page.getByRole('region', { name: 'Người bệnh' });
    await banner.getByText(/Penicilin/).waitFor();
    const text = (await banner.textContent()) ?? '';
    expect(text).toContain('Nữ, 58');
    expect(text).toContain('26.014.582');
    expect(text).toContain('Hưởng 80%');
    expect(text).toContain('Phòng 205');
  });

  it('sums up problems, medicines, results with ranges and the last events', async () => {
    await page.getByRole('region', { name: 'Vấn đề' }).getByText('Tăng huyết áp kháng trị').waitFor();
    await page.getByRole('region', { name: 'Thuốc đang dùng' }).getByText('Metformin 1000').waitFor();
    const results = page.getByRole('region', { name: 'Kết quả gần nhất' });
    expect(await results.getByRole('listitem').count()).toBe(8);
    const kidney = results.getByRole('link', { name: /eGFR/ });
    expect(await kidney.textContent()).toMatch(/54.*Thấp.*≥\s60/s);
    await page.getByRole('region', { name: 'Dòng thời gian' }).getByText('Đang khám').waitFor();
    await expectAccessible(page);
  });

  it('opens a test from its tile as a trend that the keyboard can read', async () => {
    await page.getByRole('link', { name: /eGFR/ }).click();
    const trend = page.getByRole('slider', { name: /Diễn biến eGFR/ });
    await trend.waitFor();
    const newest = await trend.getAttribute('aria-valuetext');
    expect(newest).toMatch(/54 mL\/phút\/1,73 m²$/);
    await trend.press('ArrowLeft');
    expect(await trend.getAttribute('aria-valuetext')).not.toBe(newest);
    expect(await page.getByRole('option', { selected: true }).textContent()).toContain('eGFR');
    await expectAccessible(page);
  });

  it('narrows the tests by name and by what is out of range, in the address', async () => {
    await page.getByRole('button', { name: 'Chỉ ngoài khoảng' }).click();
    await page.getByRole('searchbox').fill('creatinin');
    expect(await page.getByRole('option').count()).toBeGreaterThan(0);
    expect(page.url()).toContain('out=1');
    await page.getByRole('searchbox').fill('khongco');
    await page.getByRole('button', { name: 'Bỏ lọc' }).click();
  });

  it('tells the story by year and reads on as one scrolls', async () => {
    await page.getByRole('link', { name: 'Dòng thời gian', exact: true }).click();
    await page.getByRole('heading', { name: '2026' }).waitFor();
    await page.getByRole('region', { name: 'Dòng thời gian' }).evaluate((region) => region.scrollTo(0, region.scrollHeight));
    await page.getByRole('heading', { name: '2024' }).or(page.getByRole('heading', { name: '2025' })).first().waitFor();
    await expectAccessible(page);
  });

  it('asks for past medicines only when they are wanted', async () => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.getByRole('link', { name: 'Thuốc', exact: true }).click();
    await page.getByRole('table').first().waitFor();
    expect(asked.filter((url) => url.includes('when=past'))).toEqual([]);
    await page.getByRole('button', { name: 'Xem thuốc đã dùng' }).click();
    await page.getByRole('cell', { name: 'Đã xong' }).first().waitFor();
    await expectAccessible(page);
  });

  it('reads a document beside the list', async () => {
    await page.getByRole('link', { name: 'Tài liệu', exact: true }).click();
    await page.getByRole('link', { name: /Phiếu khám bệnh/ }).first().click();
    await page.getByRole('article').getByText('Mã người bệnh: 26.014.582').waitFor();
    await expectAccessible(page);
  });

  it('speaks English throughout after one press, and remembers it', async () => {
    await page.getByRole('link', { name: 'Tóm tắt', exact: true }).click();
    await page.getByRole('button', { name: /Switch to English/ }).click();
    await page.getByRole('heading', { name: 'Current medicines' }).waitFor();
    const text = (await page.getByRole('navigation').allTextContents()).join(' ');
    expect(text).toContain('Summary');
    expect(text).not.toMatch(/Tóm tắt|Kết quả|Thuốc|Ở viện/);
    await page.getByText('14 Mar 1968').waitFor();
    await page.getByRole('region', { name: 'Latest results' }).getByText('Fasting glucose').waitFor();
    await expectAccessible(page);
    await page.reload();
    await page.getByRole('heading', { name: 'Current medicines' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  });

  it('holds the contrast rules in the dark too', async () => {
    await page.getByRole('button', { name: /^Account/ }).click();
    await page.getByRole('menuitemradio', { name: 'Dark' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    await page.getByRole('heading', { name: 'Current medicines' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Results', exact: true }).click();
    await page.getByRole('slider').waitFor();
    await expectAccessible(page);
  });

  it('keeps open charts as tabs through a reload, and forgets them at sign-out', async () => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').pressSequentially('phuc tran');
    await page.getByRole('dialog').getByRole('option').first().filter({ hasText: 'Trần Văn Phúc' }).waitFor();
    await page.keyboard.press('Enter');
    const tabs = page.getByRole('navigation', { name: 'Open charts' });
    await page.getByRole('heading', { level: 1, name: 'Trần Văn Phúc' }).waitFor();
    await page.reload();
    await tabs.getByText('Nguyễn Thị Hạnh').waitFor();
    await page.getByRole('button', { name: /^Account/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await page.evaluate(() => Object.values(sessionStorage).join(''))).not.toContain('hanh');
  });

  it('broke nowhere on the way', () => {
    expect(broken).toEqual([]);
  });
});
