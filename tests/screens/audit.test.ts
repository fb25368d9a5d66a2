import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addEntries } from '../../server/src/modules/security/index.ts';
import { patientKeyOf } from '../../server/src/modules/security/fhir-audit-keys.ts';
import { expectAccessible } from '../support/browser.ts';
import { openHospital, type ScreenHospital } from './hospital.ts';

const shots = process.env['SEN_SHOTS'] ?? '';
let hospital: ScreenHospital;
const shot = async (page: Page, name: string) => {
  if (shots === '') return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`) });
};

/** A page on which somebody of the demo hospital is signed in. */
async function pageOf(role: string, size?: { width: number; height: number }): Promise<Page> {
  const page = await hospital.newPage();
  if (size !== undefined) await page.setViewportSize(size);
  const { token } = await hospital.server.as(role);
  await page.context().addCookies([{ name: 'sen_session', value: token, url: hospital.server.base, httpOnly: true, sameSite: 'Lax' }]);
  return page;
}

beforeAll(async () => {
  hospital = await openHospital();
  // some days of a hospital: its doctor reads a chart, its cashier tries what a cashier may not
  const doctor = await hospital.server.as('doctor');
  for (const path of ['Patient/nguyen-thi-hanh', 'Observation?patient=nguyen-thi-hanh', 'MedicationRequest?patient=nguyen-thi-hanh', 'Condition?patient=nguyen-thi-hanh']) await doctor.call(`/fhir/R4/${path}`);
  const cashier = await hospital.server.as('cashier');
  for (let i = 0; i < 12; i++) await cashier.call('/api/audit');
  await hospital.store([{ resourceType: 'Patient', id: 'dong-nghiep', meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'EMP' }] }, name: [{ text: 'Đặng Thị Mơ' }] }]);
  const { rows } = await hospital.server.db.database.query<{ id: string }>({ text: "select id from security.account where username = 'dieuduong'" });
  const at = Math.floor((Date.now() + 7 * 3_600_000) / 86_400_000) * 86_400_000 - 6 * 3_600_000; // 01:00 today
  await addEntries(hospital.server.db.work(), ['R Patient/dong-nghiep/1', 'R Condition/x/1'].map((touch) => ({
    at, kind: 'read', action: 'R', outcome: 0, actor: rows[0]!.id, roles: ['nurse'], patients: [String(patientKeyOf('dong-nghiep'))], touches: [touch], address: '10.0.3.17', request: 'dem-qua',
  })));
  await (await hospital.server.as('patient')).call('/fhir/R4/Observation?patient=nguyen-thi-hanh');
}, 120_000);
afterAll(() => hospital.close());

describe('Who looked at my record: the patient reads it on a phone', () => {
  it('says in one sentence who looked at what, and when', { timeout: 60_000 }, async () => {
    const page = await pageOf('patient', { width: 390, height: 844 });
    await page.goto('/my/access-log');
    await page.getByRole('heading', { name: 'Ai đã xem hồ sơ của tôi' }).waitFor();
    await page.getByText(/BS\. Lê Minh Quang.* xem .*đơn thuốc.*vì đang điều trị/).waitFor();
    await page.getByText(/^Chính bạn xem/).first().waitFor();
    await shot(page, 'own-access-390');
    await expectAccessible(page);
    await page.getByRole('button', { name: /Từng bước/ }).first().click();
    await shot(page, 'own-access-390-steps');
    await page.getByRole('button', { name: 'Không tính tôi' }).click();
    await page.getByText(/BS\. Lê Minh Quang/).first().waitFor();
    expect(await page.getByText(/^Chính bạn xem/).count()).toBe(0);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(390);
  });
});

describe('The auditor finds what was done', () => {
  it('searches, reads an entry in full by the keyboard, and takes a file', { timeout: 60_000 }, async () => {
    const page = await pageOf('auditor');
    await page.goto('/audit');
    await page.getByRole('heading', { name: 'Nhật ký truy cập' }).waitFor();
    await page.getByLabel('Ai', { exact: true }).fill('thungan');
    await page.getByRole('combobox', { name: 'Kết quả' }).selectOption({ label: 'Bị từ chối' });
    await page.getByRole('button', { name: 'Tìm', exact: true }).click();
    await page.getByRole('cell', { name: 'Trịnh Thị Loan' }).first().waitFor();
    expect(await page.getByRole('row').count()).toBe(13);
    await page.getByRole('region', { name: 'Các lượt truy cập' }).focus();
    await page.keyboard.press('j');
    await page.getByText('security.not-permitted').waitFor();
    await shot(page, 'audit-1366');
    await expectAccessible(page);
    const file = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Xuất CSV' }).click();
    expect((await file).suggestedFilename()).toBe('nhat-ky-truy-cap.csv');
  });

  it('sees what is worth a question, with its reasons', { timeout: 60_000 }, async () => {
    const page = await pageOf('auditor');
    await page.goto('/audit?view=unusual');
    await page.getByText('12 lần bị từ chối trong một ngày').waitFor();
    await page.getByText('người bệnh là nhân viên của bệnh viện').waitFor();
    await page.getByText('2 lần vào ban đêm (22 giờ đến 5 giờ)').waitFor();
    await shot(page, 'unusual-1366');
    await expectAccessible(page);
    await page.getByRole('listitem').filter({ hasText: '12 lần bị từ chối' }).getByRole('button', { name: 'Xem các lượt' }).click();
    await page.getByRole('cell', { name: 'Trịnh Thị Loan' }).first().waitFor();
  });
});
