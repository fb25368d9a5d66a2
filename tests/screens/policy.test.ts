// The access policy on its page: everybody's rights at a glance, one role in full, in both languages.
import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from '../support/browser.ts';
import { roles } from '../../server/src/modules/security/policy/roles.ts';
import { openHospital, signIn, type ScreenHospital } from './hospital.ts';

const shots = process.env['SEN_TEST_SHOTS'];
let hospital: ScreenHospital;
let page: Page;

beforeAll(async () => {
  hospital = await openHospital();
  page = await hospital.newPage();
  await signIn(page);
}, 120_000);
afterAll(() => hospital.close());

async function shoot(name: string): Promise<void> {
  if (shots === undefined) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: `${shots}/${name}.png` });
}

describe('The access policy on one page', () => {
  it('shows what each role sees, of whom', async () => {
    await page.goto('/policy');
    await page.getByRole('heading', { level: 1, name: 'Chính sách truy cập' }).waitFor();
    const row = (name: string) => page.getByRole('row', { name: new RegExp(`^${name}`) });
    expect(await row('Bác sĩ khoa').or(row('Bác sĩ')).first().textContent()).toContain('khoa, chăm sóc, khẩn cấp');
    expect(await row('Quản trị hệ thống').textContent()).not.toContain('tất cả');
    expect(await page.getByRole('row').count()).toBe(1 + roles.length);
    await page.getByText('Phiên bản 1: Đang hiệu lực').waitFor();
    await expectAccessible(page);
    await shoot('policy');
  });

  it('shows the other data on demand, in the address', async () => {
    await page.getByRole('button', { name: 'Dữ liệu khác' }).click();
    await page.getByRole('columnheader', { name: 'Nhật ký truy cập' }).waitFor();
    expect(page.url()).toContain('data=others');
  });

  it('shows one role in full, what it never sees too', async () => {
    await page.getByRole('link', { name: 'Thu ngân' }).click();
    await page.getByRole('heading', { level: 1, name: 'Thu ngân' }).waitFor();
    await page.getByText('reasonCode').waitFor();
    await expectAccessible(page);
    await shoot('policy-cashier');
    await page.getByRole('link', { name: 'Tất cả vai trò' }).click();
    await page.getByRole('columnheader', { name: 'Nhật ký truy cập' }).waitFor();
  });

  it('speaks English throughout', async () => {
    await page.goto('/policy');
    await page.getByRole('button', { name: /Switch to English/ }).click();
    await page.getByRole('columnheader', { name: 'Clinical record' }).waitFor();
    expect(await page.locator('.policy-scroll').textContent()).not.toMatch(/[ăâđêôơư]/i);
    await shoot('policy-en');
  });

  it('fits a narrow screen without losing the names of the roles', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('link', { name: 'Cashier' }).scrollIntoViewIfNeeded();
    expect(await page.getByRole('link', { name: 'Cashier' }).isVisible()).toBe(true);
    await shoot('policy-narrow');
  });
});
