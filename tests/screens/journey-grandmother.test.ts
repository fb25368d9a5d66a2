// A grandmother's day in the browsers of all who take part: her granddaughter's phone, the desk, the screen of the waiting room, the doctor's list. One server.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { AppointmentView } from '@sen/contracts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from '../support/browser.ts';
import { openMorning, scan, type Morning } from './front-desk-day.ts';

const shots = process.env['SEN_TEST_SHOTS'];
const grandmother = { id: 'ba-noi-thanh', name: 'Đặng Thị Thanh', citizenNumber: '001146000777', birthDate: '1946-02-11', phone: '0912000777' };
const granddaughter = { id: 'chau-mai-chi', name: 'Đặng Mai Chi', citizenNumber: '001194000888', birthDate: '1994-06-20', phone: '0912000888' };
const personOf = ({ id, name, citizenNumber, birthDate, phone }: typeof grandmother) => ({
  resourceType: 'Patient' as const, id, active: true, name: [{ text: name }], gender: 'female', birthDate,
  identifier: [{ system: 'http://fhir.hl7.org.vn/core/sid/cccd', value: citizenNumber }], telecom: [{ system: 'phone', value: phone }],
});
const specialty = 'Nội tiết';
let morning: Morning;
let phone: Page;
let desk: Page;
let room: Page;
let board: Page;
let booked: AppointmentView;
let ticket: string;

beforeAll(async () => {
  morning = await openMorning('19:30');
  await morning.hospital.store([personOf(grandmother), personOf(granddaughter)]);
  await morning.begin();
}, 120_000);
afterAll(() => morning?.close());

const look = async (page: Page, name: string) => void (shots !== undefined && (await page.screenshot({ path: `${shots}/grandmother-${name}.png` })));

describe('the evening before, on the phone', () => {
  it('signs in with the code that came to her telephone', async () => {
    phone = await morning.openPage('/app', 390, 844);
    await signIn();
    await phone.getByRole('link', { name: 'Gia đình' }).click();
  }, 60_000);

  it('may act for her grandmother with the code that came to the grandmother', async () => {
    const form = phone.locator('form');
    await form.getByLabel('Người này là gì của bạn?').selectOption('grandparent');
    await form.getByLabel('Số căn cước hoặc số hồ sơ').fill(grandmother.citizenNumber);
    await form.getByLabel('Ngày sinh').fill('11/02/1946');
    await form.getByRole('button').click();
    await phone.locator('.code-box').fill(await codeTo(grandmother.phone));
    await phone.keyboard.press('Enter');
    await phone.getByText('Đã thêm Đặng Thị Thanh').waitFor();
    await look(phone, '1-family');
  }, 60_000);

  it('books in five taps, and gets the code', async () => {
    await phone.getByRole('link', { name: 'Đặt khám' }).click();
    let taps = 0;
    const tap = async (name: string | RegExp) => {
      await phone.getByRole('button', { name }).first().click();
      taps++;
    };
    await tap(/^T? ?Bà Thanh/);
    await tap(specialty);
    await tap(/Lê Minh Quang/);
    const time = phone.getByRole('button', { name: /^\d\d:\d\d$/ }).and(phone.locator(':enabled'));
    await time.first().waitFor();
    await look(phone, '2-times');
    await tap((await time.nth(1).innerText()).trim());
    await phone.getByRole('heading', { level: 1, name: 'Xem lại rồi đặt' }).waitFor();
    await look(phone, '3-check');
    await tap('Đặt khám');
    await phone.getByRole('heading', { level: 1, name: 'Đã đặt khám' }).waitFor();
    await phone.getByRole('img', { name: 'Mã QR để vào khám' }).waitFor();
    await expectAccessible(phone);
    await look(phone, '4-booked');
    expect(taps).toBe(5);
    const { coming: [appointment, ...more] } = (await phone.evaluate(async () => (await fetch('/api/my/appointments')).json())) as { coming: AppointmentView[] };
    expect([appointment?.patientId, appointment?.state, appointment?.channel, more]).toEqual([grandmother.id, 'booked', 'app', []]);
    booked = appointment!;
    await expect.poll(() => textsTo(grandmother.phone).at(-1), { timeout: 10_000 }).toContain('Da dat kham cho Thanh');
    expect(textsTo(grandmother.phone).at(-1)).toContain(booked.code);
  }, 60_000);
});

describe('the next morning', () => {
  it('opens the screen of the waiting room and the room of the doctor', async () => {
    await morning.moveTo(booked.arriveAt);
    room = await morning.openAs('bacsi', `/rooms/${booked.room.id}`);
    await room.getByRole('button', { name: 'Mở phòng' }).click();
    await room.getByRole('button', { name: 'Tạm dừng' }).waitFor();
    desk = await morning.openAs('tiepdon', '/boards');
    await desk.getByLabel('Tên màn hình').fill('Khám bệnh, tầng 2');
    await desk.getByRole('checkbox', { name: booked.room.name, exact: true }).check();
    await desk.getByRole('button', { name: 'Tạo màn hình' }).click();
    const address = await desk.getByRole('link', { name: /Mở màn hình/ }).getAttribute('href');
    board = await morning.openPage(address!, 1920, 1080);
    await board.getByText(/Chưa gọi|Mời|Chờ/).first().waitFor();
  }, 60_000);

  it('is received at the desk with one scan of the code on the phone, and Enter', async () => {
    await desk.goto('/desk');
    await desk.getByRole('heading', { name: 'Người đến hôm nay' }).waitFor();
    await scan(desk, booked.qr);
    await desk.getByRole('heading', { level: 2, name: grandmother.name }).waitFor();
    await desk.getByRole('button', { name: /Tiếp nhận, in số/ }).waitFor();
    await look(desk, '5-desk');
    await expectAccessible(desk);
    await desk.keyboard.press('Enter');
    const told = await desk.getByRole('heading', { name: /Đã tiếp nhận, số/ }).innerText();
    ticket = /[A-Z]\d{3,}/.exec(told)![0];
    await look(desk, '6-received');
    await phone.reload();
    await signIn();
    await phone.getByRole('button', { name: 'Hôm nay' }).click();
    await phone.getByRole('button', { name: 'Bà Thanh' }).click();
    await phone.getByText(ticket, { exact: true }).waitFor();
    await phone.getByText('Người tiếp theo').waitFor();
    await look(phone, '7-waiting');
  }, 60_000);

  it('is called by the doctor: the screen shows number, room and a masked name, and the phone says so', async () => {
    await room.getByRole('article', { name: 'Kế tiếp' }).getByText(grandmother.name).waitFor();
    await room.keyboard.press('c');
    await room.getByRole('article', { name: 'Đang gọi' }).getByText(ticket).waitFor();
    await look(room, '8-called-by-doctor');
    await board.getByText('Mời vào').waitFor();
    await board.getByText(ticket, { exact: true }).first().waitFor();
    await board.getByText('Đặng T. T.').first().waitFor();
    expect(await board.getByRole('main').innerText()).not.toContain('Thanh');
    await look(board, '9-board');
    await expectAccessible(board);
    await phone.getByRole('alert').getByText('Đến lượt rồi, mời vào').waitFor();
    await look(phone, '10-called');
    await expectAccessible(phone);
  }, 60_000);

  it('is seen, and what happened stands in the record', async () => {
    await room.getByRole('button', { name: 'Đã vào', disabled: false }).waitFor();
    await room.keyboard.press('b');
    await room.getByRole('article', { name: 'Đang khám' }).getByText(ticket).waitFor();
    await phone.getByText(/Đang ở trong phòng|Đang khám/).first().waitFor();
    await morning.moveTo(morning.hospital.server.db.clock() + 3 * 60_000);
    await expectAccessible(room);
    await look(room, '11-inside');
    await room.getByRole('button', { name: 'Xong', disabled: false }).waitFor();
    await room.keyboard.press('f');
    await room.getByText('Chưa có ai trong phòng').waitFor();
    await phone.getByRole('heading', { level: 1, name: 'Đã xong' }).waitFor();
    await look(phone, '12-done');
    await expect.poll(async () => (await morning.record(`Appointment/${booked.id}`))['status'], { timeout: 10_000 }).toBe('fulfilled');
    const { entry } = (await morning.record(`Encounter?appointment=Appointment/${booked.id}`)) as { entry: { resource: object }[] };
    expect(entry).toMatchObject([{ resource: { status: 'finished', subject: { reference: `Patient/${grandmother.id}` } } }]);
  }, 60_000);
});

/** With the code that comes to the telephone, and who one is. */
async function signIn(): Promise<void> {
  const before = textsTo(granddaughter.phone).length;
  await phone.getByLabel('Số điện thoại').fill(granddaughter.phone);
  await phone.keyboard.press('Enter');
  await phone.locator('.code-box').fill(await codeTo(granddaughter.phone, before));
  await phone.keyboard.press('Enter');
  await phone.getByLabel(/căn cước/).fill(granddaughter.citizenNumber);
  await phone.getByLabel('Ngày sinh').fill('20/06/1994');
  await phone.keyboard.press('Enter');
  await phone.getByLabel('Ngày sinh').waitFor({ state: 'detached' });
}

async function codeTo(number: string, after = 0): Promise<string> {
  const codes = () => textsTo(number).slice(after).flatMap((text) => /\b\d{6}\b/.exec(text) ?? []);
  await expect.poll(codes, { timeout: 10_000 }).toHaveLength(1);
  return codes()[0]!;
}

/** What came to a telephone, oldest first. */
function textsTo(number: string): string[] {
  const outbox = join(morning.hospital.server.db.house.settings.data, 'outbox');
  const files = (existsSync(outbox) ? readdirSync(outbox) : []).map((file) => join(outbox, file)).sort((one, other) => statSync(one).mtimeMs - statSync(other).mtimeMs);
  return files.map((file) => JSON.parse(readFileSync(file, 'utf8')) as { to: string; text: string }).flatMap(({ to, text }) => (to === number ? [text] : []));
}
