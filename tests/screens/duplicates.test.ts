// Records that may be double: compared, merged, parted again, by keyboard; and a new person on the form.
import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerPatient } from '../../server/src/modules/identity/index.ts';
import { reviewPatient } from '../../server/src/modules/identity/duplicates/review-patient.ts';
import { expectAccessible } from '../support/browser.ts';
import { openHospital, type ScreenHospital } from './hospital.ts';

const shots = process.env['SEN_TEST_SHOTS'];
let hospital: ScreenHospital;
let page: Page;

beforeAll(async () => {
  hospital = await openHospital();
  const work = hospital.server.db.work();
  await registerPatient(work, { kind: 'full', name: 'Vũ Thị Mận', sex: 'female', birthDate: '1955-06-07', citizenNumber: '001155000333', address: { line: 'Số 9 phố Huế', commune: 'Phường Hai Bà Trưng', province: 'Thành phố Hà Nội' } });
  for (const form of [
    { name: 'Vũ Mận', birthDate: '1955-06-07', phone: '0911222333', address: { commune: 'Phường Hai Bà Trưng', province: 'Thành phố Hà Nội' } },
    { name: 'Vũ Thị Mậnn', birthDate: '1955-06-07' },
  ]) {
    const { patientId } = await registerPatient(work, { kind: 'full', sex: 'female', ...form });
    await reviewPatient(work, { name: 'identity.patient-registered', data: { patient: patientId } });
  }
  page = await hospital.newPage();
  await page.goto('/');
  await page.getByLabel('Tên đăng nhập').fill('tiepdon');
  await page.getByLabel('Mật khẩu', { exact: true }).fill('sen-demo');
  await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
  await page.getByRole('link', { name: 'Hồ sơ trùng' }).click();
}, 120_000);
afterAll(() => hospital.close());

async function shoot(name: string): Promise<void> {
  if (shots === undefined) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: `${shots}/${name}.png` });
}

const compare = () => page.getByRole('region', { name: 'So sánh hai hồ sơ' });

describe('Records that may be double', () => {
  it('wait in a queue, surest first, gone through with J and K', async () => {
    await page.getByRole('heading', { level: 1, name: 'Hồ sơ có thể trùng' }).waitFor();
    await page.getByText('3 cặp chờ xem').waitFor();
    await page.keyboard.press('j');
    await compare().getByRole('row', { name: /Ngày sinh/ }).waitFor();
    await compare().getByText('Cùng ngày sinh').waitFor();
    await expectAccessible(page);
    await shoot('duplicates');
  });

  it('are merged with the facts chosen, and parted again', async () => {
    await page.getByRole('button', { name: /Vũ Mận.*0911|Vũ Thị Mận.*Vũ Mận|Vũ Mận.*Vũ Thị Mận/ }).first().click();
    await compare().waitFor();
    await page.getByRole('button', { name: 'Nhập hai hồ sơ' }).click();
    await page.getByRole('status').filter({ hasText: 'Đã nhập' }).waitFor();
    await page.getByRole('button', { name: 'Đã nhập' }).click();
    await page.getByRole('button', { name: 'Tách lại' }).click();
    await shoot('duplicates-merged');
    await page.getByRole('button', { name: 'Bấm lần nữa để tách' }).click();
    await page.getByRole('status').filter({ hasText: 'Đã tách. 0 mục ở lại' }).waitFor();
    await page.getByText(/Đã tách bởi/).waitFor();
    await expectAccessible(page);
  });

  it('are judged two people, and not asked about again', async () => {
    await page.getByRole('button', { name: 'Cặp chờ xem' }).click();
    await page.getByRole('button', { name: /là một người/ }).first().click();
    await page.getByRole('button', { name: 'Là hai người' }).click();
    await page.getByRole('status').filter({ hasText: 'Đã xem' }).waitFor();
    const { rows } = await hospital.server.db.database.query<{ n: number }>({ text: "select count(*)::int as n from identity.duplicate_pair where decision = 'different'" });
    expect(rows[0]?.n).toBe(1);
  });
});
