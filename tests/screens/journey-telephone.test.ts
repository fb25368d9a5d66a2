// Booked by telephone: by the keys of a SIP telephone, and through an operator whose screen rings. Then received at the desk. One server.
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from '../support/browser.ts';
import { openKeypad, type Keypad } from '../support/keypad.ts';
import { demoSpecialty, openMorning, type Morning } from './front-desk-day.ts';

const shots = process.env['SEN_TEST_SHOTS'];
const folder = mkdtempSync(join(tmpdir(), 'sen-switchboard-'));
const key = 'khoa-tong-dai';
const hanh = { id: 'tran-thi-hanh', name: 'Trần Thị Hạnh', phone: '0912345678', citizenNumber: '001168000123', birthDate: '1968-03-14' };
const thu = { id: 'bui-van-thu', name: 'Bùi Văn Thu', phone: '0987000321', citizenNumber: '001059000456', birthDate: '1959-09-02' };
let morning: Morning;
let keypad: Keypad;
let desk: Page;

beforeAll(async () => {
  writeFileSync(join(folder, 'key'), `${key}\n`);
  morning = await openMorning('07:05', { SEN_SWITCHBOARD_KEY_FILE: join(folder, 'key') });
  await morning.hospital.store([hanh, thu].map(({ id, name, phone, citizenNumber, birthDate }) => ({
    resourceType: 'Patient' as const, id, active: true, name: [{ text: name }], gender: id === hanh.id ? 'female' : 'male', birthDate,
    identifier: [{ system: 'http://fhir.hl7.org.vn/core/sid/cccd', value: citizenNumber }], telecom: [{ system: 'phone', value: phone }],
  })));
  keypad = await openKeypad(morning.hospital.server.db.house);
  await morning.begin();
}, 120_000);
afterAll(async () => {
  await keypad?.stop();
  await morning?.close();
  rmSync(folder, { recursive: true });
});

const look = async (page: Page, name: string) => void (shots !== undefined && (await page.screenshot({ path: `${shots}/telephone-${name}.png` })));

/** The one appointment of a patient, as it stands in the record. */
async function appointmentOf(patientId: string) {
  const { entry = [] } = (await morning.record(`Appointment?patient=${patientId}`)) as { entry?: { resource: { id: string; status: string; start: string } }[] };
  expect(entry).toHaveLength(1);
  return entry[0]!.resource;
}

describe('by the keys of the telephone', () => {
  it('is booked at the soonest time', async () => {
    const { said, faults } = await keypad.call(`1${hanh.phone}#1111`);
    expect([faults, said]).toEqual([[], expect.arrayContaining(['you-chose', 'booked', 'message-follows'])]);
    expect((await appointmentOf(hanh.id)).status).toBe('booked');
  }, 90_000);

  it('is found at the desk by the telephone number, and received', async () => {
    const { start } = await appointmentOf(hanh.id);
    await morning.moveTo(Date.parse(start) - 12 * 60_000);
    desk = await morning.openAs('tiepdon', '/desk');
    await find(hanh.phone);
    await desk.getByRole('heading', { level: 2, name: hanh.name }).waitFor();
    await desk.getByRole('button', { name: /Tiếp nhận, in số/ }).waitFor();
    await look(desk, '1-by-number');
    await desk.keyboard.press('Enter');
    await desk.getByRole('heading', { name: /Đã tiếp nhận, số A\d+/ }).waitFor();
    await expectAccessible(desk);
    expect((await appointmentOf(hanh.id)).status).toBe('arrived');
  }, 60_000);

  it('is found by the citizen number too, already received', async () => {
    await desk.keyboard.press('Escape');
    await find(hanh.citizenNumber);
    await desk.getByRole('heading', { level: 2, name: hanh.name }).waitFor();
    await desk.getByRole('button', { name: /In lại số/ }).waitFor();
  }, 60_000);
});

describe('through an operator', () => {
  let operator: Page;

  it('the call rings on the screen, and taking it opens the record of the caller', async () => {
    operator = await morning.openAs('tongdai', '/switchboard');
    await operator.getByRole('status').filter({ hasText: 'Trực tiếp' }).waitFor();
    await report('ringing');
    await operator.getByRole('region', { name: 'Cuộc gọi' }).getByText(/Đang đổ chuông/).waitFor();
    await operator.getByRole('region', { name: 'Cuộc gọi' }).getByText(thu.name).waitFor();
    await look(operator, '2-rings');
    await operator.getByRole('heading', { name: 'Tổng đài' }).click();
    await operator.keyboard.press('a');
    await operator.getByRole('region', { name: 'Lịch hẹn', exact: true }).getByText('Không có lịch hẹn sắp tới').waitFor();
    await report('answered');
    await operator.getByText(/Đang nói/).waitFor();
    await look(operator, '3-taken');
    await expectAccessible(operator);
  }, 60_000);

  it('books by keyboard: B, Enter, Enter', async () => {
    await operator.getByLabel('Chuyên khoa').selectOption(demoSpecialty);
    await operator.getByRole('toolbar', { name: /Giờ khám ngày/ }).getByRole('button').first().waitFor();
    await operator.getByLabel('Chuyên khoa').blur();
    await operator.keyboard.press('b');
    await operator.keyboard.press('Enter');
    await operator.getByRole('button', { name: /^Đặt lịch/ }).waitFor();
    await operator.keyboard.press('Enter');
    await operator.getByText(/Đã đặt .*, mã /).waitFor();
    await look(operator, '4-booked');
    expect((await appointmentOf(thu.id)).status).toBe('booked');
    await report('ended');
    await operator.getByText(/Đã dừng/).waitFor();
  }, 60_000);

  it('is received at the desk by the code that was read out', async () => {
    const code = /mã ([\d ]{9,11})/.exec(await operator.getByText(/Đã đặt .*, mã /).innerText())![1]!;
    const { start } = await appointmentOf(thu.id);
    await morning.moveTo(Date.parse(start) - 10 * 60_000);
    desk = await morning.openAs('tiepdon', '/desk');
    await find(code);
    await desk.getByText('Khớp mã hẹn').waitFor();
    await desk.getByRole('button', { name: /Tiếp nhận, in số/ }).waitFor();
    await desk.keyboard.press('Enter');
    await desk.getByRole('heading', { name: /Đã tiếp nhận, số/ }).waitFor();
    expect((await appointmentOf(thu.id)).status).toBe('arrived');
  }, 60_000);

  /** The switchboard of the hospital tells what happens to the call. */
  async function report(state: 'ringing' | 'answered' | 'ended'): Promise<void> {
    const { server } = morning.hospital;
    const seconds = Math.floor(server.db.clock() / 1000);
    const body = JSON.stringify({ call: 'cuoc-goi-cua-ong-thu', state, from: thu.phone, extension: '11' });
    const signature = `t=${seconds},v1=${createHmac('sha256', key).update(`${seconds}.${body}`).digest('hex')}`;
    const answer = await fetch(`${server.base}/api/switchboard/calls`, { method: 'POST', body, headers: { 'content-type': 'application/json', 'x-sen-signature': signature } });
    expect(answer.status).toBe(200);
  }
});

async function find(text: string): Promise<void> {
  await desk.keyboard.press('F2');
  await desk.keyboard.type(text, { delay: 50 });
  await desk.keyboard.press('Enter');
}
