// A person who is new, by keyboard alone; who is there already is shown while one types; a newborn after the mother.
import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from '../support/browser.ts';
import { openHospital, type ScreenHospital } from './hospital.ts';

const shots = process.env['SEN_TEST_SHOTS'];
let hospital: ScreenHospital;
let page: Page;

beforeAll(async () => {
  hospital = await openHospital();
  page = await hospital.newPage();
  await page.goto('/');
  await page.getByLabel('Tên đăng nhập').fill('tiepdon');
  await page.getByLabel('Mật khẩu', { exact: true }).fill('sen-demo');
  await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
  await page.getByRole('link', { name: 'Tiếp nhận', exact: true }).waitFor();
}, 120_000);
afterAll(() => hospital.close());

async function shoot(name: string): Promise<void> {
  if (shots === undefined) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: `${shots}/${name}.png` });
}

const form = () => page.getByRole('form', { name: 'Người bệnh mới' });

async function open(): Promise<void> {
  await page.goto('/desk');
  await page.getByRole('searchbox').first().waitFor();
  await page.locator('body').press('n');
  await form().waitFor();
}

async function patientNamed(name: string): Promise<string[]> {
  const response = await hospital.server.call(`/fhir/R4/Patient?name=${encodeURIComponent(name)}`);
  const { entry = [] } = (await response.json()) as { entry?: { resource: { name: { text: string }[] } }[] };
  return entry.map(({ resource }) => resource.name[0]?.text ?? '');
}

describe('Registering at the desk', () => {
  it('takes a name, a number and an address, by keyboard alone, and says what looks wrong', async () => {
    await open();
    await page.keyboard.type('Bế Thị Nhình');
    await form().getByLabel('Số căn cước').focus();
    await page.keyboard.type('004168001122');
    await form().getByLabel('Ngày sinh').focus();
    expect(await form().getByLabel('Ngày sinh').inputValue()).toBe('1968');
    expect(await form().getByLabel('Giới').inputValue()).toBe('female');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('14/03/1986');
    await form().getByText('Theo số định danh sinh năm 1968').waitFor();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('14/03/1968');
    await form().getByText('Theo số định danh sinh năm 1968').waitFor({ state: 'detached' });
    await form().getByLabel('Điện thoại', { exact: true }).focus();
    await page.keyboard.type('0912 777 888');
    await form().getByLabel('Xã, phường, tỉnh').fill('Xã Trùng Khánh, Tỉnh Cao Bằng');
    await expectAccessible(page);
    await shoot('registration');
    await page.keyboard.press('Control+Enter');
    await form().waitFor({ state: 'detached' });
    expect(await patientNamed('Bế Thị Nhình')).toEqual(['Bế Thị Nhình']);
  });

  it('shows who is there already, and takes that one', async () => {
    await open();
    await page.keyboard.type('Be Nhinh');
    await form().getByLabel('Ngày sinh').fill('14/03/1968');
    await form().getByText(/Có thể đã có hồ sơ/).waitFor();
    await shoot('registration-likely');
    await form().getByRole('button', { name: 'Là người này' }).click();
    await form().waitFor({ state: 'detached' });
    expect(await patientNamed('Nhình')).toEqual(['Bế Thị Nhình']);
  });

  it('names a newborn after the mother who was found', async () => {
    await open();
    await form().getByLabel('Trẻ sơ sinh').check();
    await form().getByLabel('Ngày sinh').fill('20/11/2026');
    await form().getByLabel('Mẹ (tên hoặc mã)').fill('be thi nhinh');
    await form().getByRole('button', { name: /Bế Thị Nhình/ }).click();
    await expectAccessible(page);
    await page.keyboard.press('Control+Enter');
    await form().waitFor({ state: 'detached' });
    expect(await patientNamed('Con bà Bế')).toEqual(['Con bà Bế Thị Nhình']);
  });
});
