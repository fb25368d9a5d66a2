// A doctor falls ill at eight with forty booked: the head sees what becomes of each before it is done, everybody is told once, and desk and operator see the same.
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateHospital } from '@sen/demo';
import type { AppointmentView, BookingHold, BookingStart, LeaveOutcome, StoredTemplate } from '@sen/contracts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importResources } from '../../server/src/modules/record/index.ts';
import { expectAccessible } from '../support/browser.ts';
import type { TestCaller } from '../support/server.ts';
import { demoSpecialty, openMorning, type Morning } from './front-desk-day.ts';

const shots = process.env['SEN_TEST_SHOTS'];
let morning: Morning;
let page: Page;
let head: TestCaller;
let doctor: { id: string; name: string };
let replacement: { id: string; name: string };
const booked: AppointmentView[] = [];

async function shoot(name: string, of = page): Promise<void> {
  if (shots === undefined) return;
  mkdirSync(shots, { recursive: true });
  await of.screenshot({ path: `${shots}/schedules-${name}.png` });
}

async function send<T>(who: TestCaller, method: string, path: string, body?: object): Promise<T> {
  const answer = await who.call(path, { method, ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }) });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json() as Promise<T>;
}

const rows = async <T extends object>(text: string, values: readonly unknown[] = []) => (await morning.hospital.server.db.database.query<T>({ text, values: [...values] })).rows;

/** Ten minutes a seat from now on, nothing kept: 24 in the morning, 18 in the afternoon. */
async function openManySeats(): Promise<void> {
  const { templates, doctors } = await send<{ templates: StoredTemplate[]; doctors: typeof doctor[] }>(head, 'GET', `/api/schedules?specialty=${demoSpecialty}`);
  doctor = { id: templates[0]!.doctor!, name: templates[0]!.doctorName! };
  const all = (await send<{ templates: StoredTemplate[] }>(head, 'GET', '/api/schedules')).templates;
  replacement = doctors.find(({ id }) => !all.some((one) => one.doctor === id))!;
  for (const { id, doctorName: _d, roomName: _r, specialtyName: _s, ...template } of templates.filter((one) => one.doctor === doctor.id)) {
    await send(head, 'PUT', `/api/schedules/${id}`, { ...template, validFrom: morning.day, stepMinutes: 10, seats: [] });
  }
}

async function bookForty(people: readonly string[]): Promise<void> {
  const where = `specialty=${demoSpecialty}&doctor=${doctor.id}&visitType=follow-up&date=${morning.day}&only=free`;
  const { starts } = await send<{ starts: BookingStart[] }>(morning.operator, 'GET', `/api/booking/starts?${where}`);
  const chosen = [...starts.slice(0, 24), ...starts.slice(-16)];
  for (const [i, { session, start }] of chosen.entries()) {
    const { holdToken } = await send<BookingHold>(morning.operator, 'POST', '/api/booking/holds', { session, start, visitType: 'follow-up' });
    booked.push(await send<AppointmentView>(morning.operator, 'POST', '/api/booking/appointments', { holdToken, patientId: people[i] }));
  }
}

beforeAll(async () => {
  morning = await openMorning('07:00');
  const { db } = morning.hospital.server;
  head = await morning.hospital.server.as('truongkhoa');
  const people: string[] = [];
  for (const batch of generateHospital({ seed: 11, now: db.clock(), patients: 45 })) {
    const patients = batch.filter(({ resourceType }) => resourceType === 'Patient');
    await importResources(db.work(), patients);
    people.push(...patients.flatMap(({ id, ...one }) => (id === undefined || one['deceasedDateTime'] !== undefined ? [] : [id])));
  }
  await openManySeats();
  await bookForty(people);
  // The fourth has come early and waits; the replacement is free in the afternoon only.
  await send(await morning.hospital.server.as('tiepdon'), 'POST', '/api/desk/arrivals', { code: booked[3]!.qr });
  await send(head, 'POST', '/api/leave', { doctor: replacement.id, from: `${morning.day}T07:00:00+07:00`, until: `${morning.day}T12:00:00+07:00`, booked: 'call', reason: 'Hội chẩn' });
  await morning.moveTo(`${morning.day}T08:00:00+07:00`);
  await morning.begin();
  page = await morning.openAs('truongkhoa', '/schedules');
}, 240_000);
afterAll(() => morning?.close());

describe('the week', () => {
  it('shows how full each session is and what it keeps for a door, by keyboard', async () => {
    await page.getByLabel('Khoa', { exact: true }).selectOption(demoSpecialty);
    const cell = page.getByRole('row', { name: new RegExp(doctor.name.split(' ').at(-1)!) }).getByRole('button', { name: /07:30–11:30: đã đặt 24 trên 24 chỗ/ });
    await cell.waitFor();
    await cell.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const panel = page.getByRole('complementary', { name: 'Buổi khám' });
    await panel.getByText(/13:30–16:30/).waitFor();
    await panel.getByRole('row', { name: /Tổng đài/ }).getByRole('cell', { name: '16', exact: true }).waitFor();
    await expectAccessible(page);
    await shoot('week');
  });
});

describe('a doctor who falls ill at eight with forty booked', () => {
  let outcome: LeaveOutcome;

  it('shows what becomes of each before anything is done', async () => {
    await page.getByRole('button', { name: 'Nghỉ, thay người' }).press('Enter');
    const form = page.getByRole('form', { name: 'Bác sĩ nghỉ' });
    await form.getByLabel('Bác sĩ').selectOption(doctor.id);
    await form.getByRole('button', { name: /07:30–16:30 40 chỗ đã đặt/ }).press('Enter');
    await form.getByLabel('Từ').fill(`${morning.day}T08:00`);
    await form.getByLabel('Người thay').selectOption(replacement.id);
    await form.getByLabel('Lý do').fill('Ốm đột xuất');
    await page.keyboard.press('Enter');
    await form.getByRole('heading', { name: '16 người giữ nguyên giờ, người thay khám' }).waitFor();
    await form.getByRole('heading', { name: 'Dời 20 người' }).waitFor();
    await form.getByRole('heading', { name: 'Phải gọi 3 người' }).waitFor();
    await form.getByRole('heading', { name: '1 người đang chờ tại phòng' }).waitFor();
    await expectAccessible(page);
    await shoot('preview');
    await page.getByRole('heading', { name: 'Dời 20 người' }).scrollIntoViewIfNeeded();
    await shoot('preview-moved');
    expect(await rows(`SELECT 1 FROM booking.leave WHERE doctor_id = $1`, [doctor.id])).toEqual([]);
    expect(await rows(`SELECT 1 FROM messages.message WHERE template IN ('booking.moved', 'booking.doctor-changed')`)).toEqual([]);
  }, 60_000);

  it('records it with one more Enter: all forty are accounted for', async () => {
    const answered = page.waitForResponse((answer) => answer.url().endsWith('/api/leave') && answer.request().method() === 'POST');
    await page.getByRole('button', { name: 'Ghi nghỉ' }).press('Enter');
    outcome = (await (await answered).json()) as LeaveOutcome;
    await page.getByText('Đã ghi nghỉ.').waitFor();
    await shoot('recorded');
    const told = [...outcome.takenOver, ...outcome.moved, ...outcome.toCall].map(({ appointmentId }) => appointmentId);
    expect(told.sort()).toEqual(booked.filter((_, i) => i !== 3).map(({ id }) => id).sort());
    expect(outcome.here).toHaveLength(1);
    const doctors = await rows<{ n: number }>(`SELECT count(*)::int AS n FROM booking.appointment a JOIN booking.session s ON s.id = a.session_id WHERE a.id = ANY ($1) AND a.state = 'booked' AND s.state = 'open' AND s.doctor_id = $2 AND lower(a.during) > $3`, [told, doctor.id, new Date(morning.hospital.server.db.clock())]);
    expect(doctors).toEqual([{ n: 0 }]);
  }, 60_000);

  it('puts each message into the outbox once', async () => {
    const codes = new Map(booked.map(({ id, code }) => [id, `${code.slice(0, 4)} ${code.slice(4, 8)} ${code.slice(8)}`]));
    const moved = outcome.moved.map(({ appointmentId }) => codes.get(appointmentId)!);
    await expect.poll(() => texts().filter((text) => text.includes('đổi sang')).length, { timeout: 30_000, interval: 500 }).toBe(moved.length);
    for (const code of moved) expect(texts().filter((text) => text.includes('đổi sang') && text.includes(code))).toHaveLength(1);
    await expect.poll(() => texts().filter((text) => text.includes('khám thay')).length, { timeout: 30_000, interval: 500 }).toBe(outcome.takenOver.length);
    expect(texts().filter((text) => text.includes('được chuyển sang'))).toHaveLength(1);
  }, 60_000);

  it('lists for the operator who must be called, and nobody else', async () => {
    const operator = await morning.openAs('tongdai', '/switchboard');
    const list = operator.getByRole('region', { name: 'Cần gọi lại' });
    await list.getByText('bác sĩ nghỉ').first().waitFor();
    const called = [...outcome.toCall, ...outcome.moved.filter(({ call }) => call)];
    expect(await list.getByRole('listitem').count()).toBe(called.length);
    for (const { patientName } of called) expect(await list.getByRole('button', { name: patientName, exact: true }).count()).toBeGreaterThan(0);
    await expectAccessible(operator);
    await shoot('operator', operator);
  }, 60_000);

  it('shows the desk the new rooms and times of the day', async () => {
    const desk = await morning.openAs('tiepdon', '/desk');
    await desk.getByRole('heading', { name: 'Người đến hôm nay' }).waitFor();
    const day = await send<{ rows: { appointmentId?: string; patientId: string; doctor?: { id: string }; room: { name: string } }[] }>(await morning.hospital.server.as('tiepdon'), 'GET', `/api/desk/day?date=${morning.day}`);
    const [waiting] = outcome.here;
    await desk.getByRole('option', { name: new RegExp(waiting!.patientName) }).getByText(waiting!.room!).first().waitFor();
    expect(day.rows.length).toBeGreaterThan(16);
    await shoot('desk', desk);
  }, 60_000);
});

function texts(): string[] {
  const outbox = join(morning.hospital.server.db.house.settings.data, 'outbox');
  return (existsSync(outbox) ? readdirSync(outbox) : []).map((file) => (JSON.parse(readFileSync(join(outbox, file), 'utf8')) as { text: string }).text);
}
