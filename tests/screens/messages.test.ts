// Messages for whoever answers for them: how each fared, one sent again, and the hospital's own words put in place.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { deliverDue } from '../../server/src/modules/messages/delivery/deliver-due.ts';
import { sendMessage } from '../../server/src/modules/messages/index.ts';
import { meansNow } from '../../server/src/modules/messages/means-now.ts';
import { expectAccessible } from '../support/browser.ts';
import { openHospital, type ScreenHospital } from './hospital.ts';

let hospital: ScreenHospital;
let page: Page;
const start = Date.parse('2026-12-01T07:40:00+07:00');

beforeAll(async () => {
  hospital = await openHospital();
  const { server } = hospital;
  for (const [key, phone] of [['bay-gio', '0912345701'], ['hong', '0912345702'], ['doi', '0912345703']] as const) {
    await sendMessage(server.db.work(), { template: 'booking.booked', to: { phone }, data: dataOfBooking(), onceKey: `man-hinh:${key}`, about: { kind: 'appointment', id: key } });
  }
  // Outside quiet hours, whenever the test runs.
  await server.db.database.query({ text: "UPDATE messages.message SET due_at = created_at WHERE once_key LIKE 'man-hinh:%'" });
  // The runner of the server may be quicker.
  await vi.waitFor(async () => {
    await deliverDue(server.db.work(), meansNow()!);
    const { rows } = await server.db.database.query<{ sent: number }>({ text: "SELECT count(*)::int AS sent FROM messages.message WHERE once_key LIKE 'man-hinh:%' AND state = 'sent'" });
    expect(rows[0]?.sent).toBe(3);
  }, { timeout: 10_000 });
  // What a provider that does not answer leaves behind.
  await server.db.database.query({ text: "UPDATE messages.message SET state = 'failed', why = 'no-way-left', channel = 'sms', attempts = 3 WHERE once_key = 'man-hinh:hong'" });
  page = await hospital.newPage();
  await page.goto('/');
  await page.getByLabel('Tên đăng nhập').fill('quantri');
  await page.getByLabel('Mật khẩu', { exact: true }).fill('sen-demo');
  await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
  await page.getByRole('link', { name: 'Tin nhắn' }).click();
}, 120_000);
afterAll(() => hospital?.close());

function dataOfBooking() {
  return { name: 'Mai', when: { at: start, as: 'day-time' as const }, arrive: { at: start - 900_000, as: 'time' as const }, room: 'Phòng 205', clinic: 'Khoa Nội tiết', code: '4821 7390 6' };
}

const look = async (name: string) => {
  if (process.env['SEN_SHOTS'] !== undefined) await page.screenshot({ path: `${process.env['SEN_SHOTS']}/messages-${name}.png` });
};
const stateOf = async (key: string) => (await hospital.server.db.database.query<{ state: string }>({ text: 'SELECT state FROM messages.message WHERE once_key = $1', values: [`man-hinh:${key}`] })).rows[0]?.state;

describe('Messages sent', () => {
  it('are listed masked, and one in trouble is sent again', async () => {
    await page.getByRole('heading', { level: 1, name: 'Tin nhắn' }).waitFor();
    const list = page.getByRole('region', { name: 'Danh sách tin' });
    await list.getByRole('row', { name: /702/ }).waitFor();
    expect(await page.getByText('0912345702').count()).toBe(0);
    await look('sent');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Có trục trặc' }).click();
    await list.getByText('mọi đường gửi đều hỏng').waitFor();
    await list.getByRole('row', { name: /701/ }).waitFor({ state: 'detached' });
    expect(await list.getByRole('row').count()).toBe(2);
    await look('trouble');
    await list.getByRole('button', { name: 'Gửi lại' }).click();
    await page.getByRole('status').getByText('Đã xếp để gửi lại.').waitFor();
    await page.getByText('Không có tin nào').waitFor();
    expect(await stateOf('hong')).not.toBe('failed');
  }, 40_000);
});

describe('Templates', () => {
  it('are changed with a preview; words without a needed placeholder are refused; and the built-in words come back', async () => {
    await page.getByRole('button', { name: 'Mẫu tin' }).click();
    await page.locator('.templates-list button').first().waitFor();
    await page.goto('/messages?view=templates&template=booking.booked');
    const preview = page.getByRole('complementary', { name: 'Người nhận sẽ thấy' });
    await preview.getByText(/tin SMS/).waitFor();
    await look('template');
    await expectAccessible(page);
    const sms = page.getByLabel('Tin ngắn (SMS, Zalo, ứng dụng)');
    const before = await sms.inputValue();
    await sms.fill('Không có chỗ điền nào {la}.');
    await preview.getByRole('alert').first().waitFor();
    await page.getByRole('button', { name: 'Dùng lời này' }).click();
    await page.getByRole('alert').getByText(/Chưa ghi được/).waitFor();
    await look('template-refused');
    await sms.fill(`BV Sen Hồng: ${before}`);
    await preview.getByText(/^BV Sen Hong/).waitFor();
    await page.getByRole('button', { name: 'Dùng lời này' }).click();
    await page.getByRole('status').getByText('Đã lưu.').waitFor();
    await page.getByText(/Lời của bệnh viện, từ/).waitFor();
    await look('template-own');
    await page.getByRole('button', { name: 'Về lời sẵn có' }).click();
    await page.getByText(/Lời của bệnh viện, từ/).waitFor({ state: 'detached' });
    expect(await sms.inputValue()).toBe(before);
  }, 60_000);

  it('are there in English', async () => {
    await page.context().addCookies([{ name: 'sen_language', value: 'en', url: hospital.server.base }]);
    await page.goto('/messages?view=templates&template=booking.booked');
    await page.getByRole('heading', { level: 1, name: 'Messages' }).waitFor();
    await page.getByRole('complementary', { name: 'What people get' }).getByText(/SMS, GSM/).waitFor();
    await look('english');
    await expectAccessible(page);
  }, 30_000);
});

describe('Who may not', () => {
  it('sees no way there', async () => {
    const doctor = await hospital.newPage();
    const { token } = await hospital.server.as('doctor');
    await doctor.context().addCookies([{ name: 'sen_session', value: token, url: hospital.server.base }]);
    await doctor.goto('/');
    await doctor.getByRole('heading', { name: 'Đang ở viện' }).waitFor();
    expect(await doctor.getByRole('link', { name: 'Tin nhắn' }).count()).toBe(0);
  }, 30_000);
});
