// A doctor signs a discharge note in the chart, sees that it holds, and a later change shows at once.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Resource } from '@sen/fhir';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { holdSigningSettings } from '../../server/src/modules/security/signing/signing-settings.ts';
import { expectAccessible } from '../support/browser.ts';
import { keyFileOf, makeAuthority } from '../support/certificates.ts';
import { openHospital, signIn, type ScreenHospital } from './hospital.ts';

let hospital: ScreenHospital;
let page: Page;
let folder: string;
const note = (text: string) => ({
  resourceType: 'DocumentReference', id: 'giay-ra-vien', status: 'current', description: 'Giấy ra viện 02/03', date: '2026-03-02T08:00:00Z', subject: { reference: 'Patient/nguyen-thi-hanh' },
  content: [{ attachment: { contentType: 'text/plain', data: Buffer.from(text).toString('base64') } }],
}) as unknown as Resource;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sen-screen-sign-'));
  hospital = await openHospital();
  const authority = await makeAuthority('Chứng thực Sen');
  writeFileSync(join(folder, 'root.pem'), authority.cert);
  const quang = await authority.issue({ name: 'CN=Lê Minh Quang, O=Bệnh viện Sen Hồng, C=VN' });
  writeFileSync(join(folder, 'quang.p12'), await keyFileOf(quang, 'mở ra'));
  holdSigningSettings({ trustFolder: folder, fetchRevocation: false, tsaUrl: '', signerUrl: '', signerTokenFile: '' });
  await hospital.store([note('Người bệnh ra viện, tái khám sau 4 tuần.')]);
  page = await hospital.newPage();
}, 120_000);
afterAll(async () => {
  await hospital?.close();
  rmSync(folder, { recursive: true, force: true });
});

const openNote = async () => {
  await page.goto('/patients/nguyen-thi-hanh/documents');
  await page.getByText('Giấy ra viện 02/03').first().click();
  await page.getByRole('heading', { name: 'Giấy ra viện 02/03' }).waitFor();
};

describe('signing a document in the chart', () => {
  it('takes the key of an authority into use on the account page', async () => {
    await signIn(page);
    await page.goto('/my/account');
    const card = page.getByRole('region', { name: 'Khóa ký số' });
    await card.getByRole('button', { name: 'Thêm khóa' }).click();
    await card.locator('input[type=file]').setInputFiles(join(folder, 'quang.p12'));
    await card.getByLabel('Mật khẩu của tệp').fill('mở ra');
    await card.getByLabel('Mã PIN mới').fill('135790');
    await expectAccessible(page);
    await card.getByRole('button', { name: 'Thêm khóa' }).click();
    await card.getByText(/Lê Minh Quang, do Chứng thực Sen cấp/).waitFor();
  });

  it('signs with the PIN and shows who signed and that it holds', async () => {
    await openNote();
    const signatures = page.getByRole('region', { name: 'Chữ ký số' });
    await signatures.getByText('Chưa ký số').waitFor();
    await signatures.getByRole('button', { name: 'Ký số' }).click();
    await signatures.getByLabel('Mã PIN ký số').fill('000000');
    await signatures.getByRole('button', { name: 'Ký số' }).click();
    expect(await signatures.getByRole('alert').textContent()).toContain('PIN');
    await signatures.getByLabel('Mã PIN ký số').fill('135790');
    await signatures.getByRole('button', { name: 'Ký số' }).click();
    await signatures.getByText('Lê Minh Quang, Bệnh viện Sen Hồng').waitFor();
    await signatures.getByText('Hợp lệ, không có dấu thời gian').waitFor();
    await expectAccessible(page);
    if (process.env['SEN_TEST_SHOTS']) await page.screenshot({ path: join(process.env['SEN_TEST_SHOTS'], 'signed.png') });
  });

  it('shows a changed document as no longer valid', async () => {
    await hospital.store([note('Người bệnh ra viện, tái khám sau 14 tuần.')]);
    await openNote();
    const signatures = page.getByRole('region', { name: 'Chữ ký số' });
    await signatures.getByText('Không còn hợp lệ').waitFor();
    await signatures.getByText('Tài liệu đã bị thay đổi sau khi ký.').waitFor();
    await expectAccessible(page);
    if (process.env['SEN_TEST_SHOTS']) await page.screenshot({ path: join(process.env['SEN_TEST_SHOTS'], 'broken.png') });
  });
});
