// The nurse at the triage station, by keyboard alone: call, let in, measure, decide, done; a slip of the key is seen at once.
import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receiveVisit } from '../../server/src/modules/encounters/index.ts';
import { updateResource } from '../../server/src/modules/record/index.ts';
import { expectAccessible } from '../support/browser.ts';
import { openHospital, type ScreenHospital } from './hospital.ts';

const shots = process.env['SEN_TEST_SHOTS'];
const station = 'sen-hong-sl1';
let hospital: ScreenHospital;
let page: Page;

beforeAll(async () => {
  hospital = await openHospital();
  const work = () => hospital.server.db.work();
  await updateResource(work(), { type: 'Patient', id: 'nguoi-met', resource: { resourceType: 'Patient', id: 'nguoi-met', name: [{ text: 'Đỗ Văn Thắng' }], gender: 'male', birthDate: '1961-02-03' } });
  await receiveVisit(work(), { patientId: 'nguoi-met', roomId: station, reason: 'Ho, khó thở' });
  page = await hospital.newPage();
  await page.goto('/');
  await page.getByLabel('Tên đăng nhập').fill('dieuduong');
  await page.getByLabel('Mật khẩu', { exact: true }).fill('sen-demo');
  await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
  await page.getByRole('heading', { name: 'Đang ở viện' }).waitFor();
  await page.goto(`/rooms/${station}`);
}, 120_000);
afterAll(() => hospital.close());

async function shoot(name: string): Promise<void> {
  if (shots === undefined) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: `${shots}/${name}.png` });
}

async function type(...values: string[]): Promise<void> {
  for (const value of values) {
    await page.keyboard.type(value);
    await page.keyboard.press('Enter');
  }
}

const form = () => page.getByRole('dialog', { name: 'Sinh hiệu và mức ưu tiên của Đỗ Văn Thắng' });
const vitalSigns = async (): Promise<{ status: string; code: { coding: { code: string }[] } }[]> => {
  const response = await hospital.server.call('/fhir/R4/Observation?patient=Patient/nguoi-met&_count=50');
  const { entry = [] } = (await response.json()) as { entry?: { resource: { status: string; code: { coding: { code: string }[] } } }[] };
  return entry.map(({ resource }) => resource);
};

describe('The nurse at the triage station', () => {
  it('calls, measures and decides without the mouse', async () => {
    const open = page.getByRole('button', { name: 'Mở phòng' });
    await page.getByText('Đỗ Văn Thắng').first().waitFor();
    if (await open.isVisible()) await open.press('Enter');
    await page.getByRole('button', { name: /Gọi vào/ }).and(page.locator(':enabled')).waitFor();
    await page.locator('body').press('c');
    await page.getByText('vừa gọi').waitFor();
    await page.locator('body').press('b');
    await page.getByRole('button', { name: /Sinh hiệu/ }).waitFor();
    await page.locator('body').press('t');
    await form().waitFor();
    expect(await form().getByLabel('Huyết áp').evaluate((field) => field === document.activeElement)).toBe(true);
    await type('150/90', '118', '392');
    await form().getByText('Nhiệt độ: phải từ 25 đến 45, xem lại số vừa gõ.').waitFor();
    expect(await form().getByRole('button', { name: /Lưu/ }).isDisabled()).toBe(true);
    await form().getByLabel('Nhiệt độ').fill('39,2');
    await form().getByLabel('SpO₂').focus();
    await type('93', '26', '6', '165');
    await form().getByText('Gợi ý: Cấp cứu').waitFor();
    await form().getByText('Nhịp thở 26 +3').waitFor();
    await form().getByText(/Nguồn: Royal College of Physicians/).waitFor();
    await form().getByText(/Cân nặng: hiếm gặp ở tuổi này/).waitFor();
    await expectAccessible(page);
    await shoot('triage-suggested');
    await form().getByLabel('Tri giác').selectOption('Tỉnh táo');
    await page.keyboard.press('ControlOrMeta+Enter');
    await form().getByText('Chọn muộn hơn gợi ý: ghi lý do.').waitFor();
    expect(await vitalSigns()).toEqual([]);
    await form().getByRole('button', { name: 'Theo gợi ý' }).press('Enter');
    await page.keyboard.press('ControlOrMeta+Enter');
    await form().waitFor({ state: 'detached' });
    expect((await vitalSigns()).map(({ code }) => code.coding[0]?.code).toSorted()).toEqual(['29463-7', '59408-5', '67775-7', '8302-2', '8310-5', '85354-9', '8867-4', '9279-1']);
  }, 60_000);

  it('takes back the weight that was typed by mistake, and the chart shows the right one', async () => {
    await page.locator('body').press('t');
    await form().getByRole('button', { name: 'Ghi nhầm Cân nặng 6 kg' }).press('Enter');
    await form().getByLabel('Cân nặng', { exact: false }).first().focus();
    await type('61,5');
    await shoot('triage-mistaken');
    await expectAccessible(page);
    await page.keyboard.press('ControlOrMeta+Enter');
    await form().waitFor({ state: 'detached' });
    await page.locator('body').press('f');
    await page.getByText('Chưa có ai trong phòng').waitFor();
    const found = await vitalSigns();
    expect(found.filter(({ code }) => code.coding[0]?.code === '29463-7').map(({ status }) => status).toSorted()).toEqual(['entered-in-error', 'final']);
  }, 60_000);
});
