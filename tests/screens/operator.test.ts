// The operator against the whole server: a number opens the record; booked, moved and cancelled by keyboard.
import { mkdirSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from '../support/browser.ts';
import { demoPeople, demoSpecialty, openMorning, type Morning } from './front-desk-day.ts';

const shots = process.env['SEN_TEST_SHOTS'];
let morning: Morning;
let page: Page;
let caller: Awaited<ReturnType<typeof demoPeople>>[number];

beforeAll(async () => {
  morning = await openMorning();
  caller = (await demoPeople(morning.hospital))[0]!;
  page = await morning.openAs('tongdai', '/switchboard');
}, 120_000);
afterAll(() => morning?.close());

async function shoot(name: string): Promise<void> {
  if (shots === undefined) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: `${shots}/${name}.png` });
}

async function enter(on: Locator): Promise<void> {
  await on.focus();
  await page.keyboard.press('Enter');
}

const record = () => page.getByRole('region', { name: 'Lịch hẹn', exact: true });
const times = () => page.getByRole('toolbar', { name: /Giờ khám ngày/ }).getByRole('button');
const states = async () => {
  const { entry = [] } = (await (await morning.hospital.server.call(`/fhir/R4/Appointment?patient=${caller.id}`)).json()) as { entry?: { resource: { id: string; status: string; start: string; created?: string } }[] };
  return entry.map(({ resource }) => resource.status).sort();
};

describe('A call', () => {
  let before: string[];

  it('opens the record of the caller by the number, and books the time that was chosen', async () => {
    before = await states();
    await page.getByLabel('Số điện thoại hoặc tên người gọi').fill(caller.phone);
    await page.keyboard.press('Enter');
    const found = page.getByRole('region', { name: 'Người dùng số này' }).getByRole('button', { name: caller.name });
    await found.waitFor();
    if (await found.getAttribute('aria-pressed') !== 'true') await enter(found);
    await record().getByText('Không có lịch hẹn sắp tới').waitFor();
    await page.getByLabel('Chuyên khoa').selectOption(demoSpecialty);
    await times().first().waitFor();
    await expectAccessible(page);
    await shoot('operator-times');
    await enter(times().nth(2));
    await page.getByRole('button', { name: /^Đặt lịch/ }).waitFor();
    await shoot('operator-held');
    await page.keyboard.press('Enter');
    await page.getByText(/Đã đặt .*, mã /).waitFor();
    await record().getByRole('button', { name: 'Đổi' }).waitFor();
    expect(await states()).toEqual([...before, 'booked'].sort());
  });

  it('moves it to another time', async () => {
    const was = await record().getByRole('listitem').first().innerText();
    await enter(record().getByRole('button', { name: 'Đổi' }));
    await page.getByText(/Đang đổi hẹn/).waitFor();
    await times().nth(6).waitFor();
    await enter(times().nth(6));
    await page.getByRole('button', { name: /^Đổi sang giờ này/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText(/Đã đặt .*, mã /).waitFor();
    await expect.poll(() => record().getByRole('listitem').first().innerText()).not.toBe(was);
    expect(await states()).toEqual([...before, 'booked'].sort());
    await expectAccessible(page);
    await shoot('operator-moved');
  });

  it('cancels it, once that was confirmed', async () => {
    await enter(record().getByRole('button', { name: 'Hủy' }));
    await enter(record().getByRole('button', { name: 'Hủy thật' }));
    await record().getByText('Không có lịch hẹn sắp tới').waitFor();
    expect(await states()).toEqual([...before, 'cancelled'].sort());
  });
});
