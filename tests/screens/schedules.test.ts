// A doctor falls ill at eight with forty booked: the head sees what becomes of each before it is done, everybody is told once, and desk and operator see the same.
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateHospital } from '@sen/demo';
import type { AppointmentView, BookingHold, BookingStart, DeskRow, LeaveOutcome, SessionView, StoredTemplate } from '@sen/contracts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, weekdayOf } from '../../server/src/modules/booking/seats/local-time.ts';
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
    const cell = page.getByRole('row', { name: new RegExp(doctor.name.split(' ').at(-1)!) }).getByRole('button', { name: /07:30 ?–11:30, ?24\/24 đã đặt/ });
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
    const codes = new Map(booked.map(({ id, code }) => [id, code]));
    const moved = outcome.moved.map(({ appointmentId }) => codes.get(appointmentId)!);
    await expect.poll(() => texts().filter((text) => text.includes('doi sang')).length, { timeout: 30_000, interval: 500 }).toBe(moved.length);
    for (const code of moved) expect(texts().filter((text) => text.includes('doi sang') && text.replaceAll(' ', '').includes(code.replaceAll(' ', '')))).toHaveLength(1);
    await expect.poll(() => texts().filter((text) => text.includes('kham thay')).length, { timeout: 30_000, interval: 500 }).toBe(outcome.takenOver.length);
    expect(texts().filter((text) => text.includes('duoc chuyen sang'))).toHaveLength(1);
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
    const [waiting] = outcome.here;
    await desk.getByRole('button', { name: /Đã đến/ }).press('Enter');
    await shoot('desk', desk);
    await desk.getByRole('option', { name: new RegExp(waiting!.patientName) }).getByText(waiting!.room!).first().waitFor();
    const desks = await morning.hospital.server.as('tiepdon');
    const { rows: expected } = await send<{ rows: DeskRow[] }>(desks, 'GET', '/api/desk/day?group=expected');
    const places = new Map(expected.map(({ appointmentId, start, room, doctor: { name } = { name: '' } }) => [appointmentId, [start, room.name, name]]));
    const sameDay = outcome.moved.filter(({ start }) => start.startsWith(morning.day));
    for (const one of sameDay) expect(places.get(one.appointmentId)).toEqual([one.start, one.room, one.doctor]);
    for (const one of outcome.takenOver) expect(places.get(one.appointmentId)).toEqual([one.was, one.room, replacement.name]);
    expect(expected.length).toBe(sameDay.length + outcome.takenOver.length + outcome.toCall.length);
  }, 60_000);
});

describe('a weekly template', () => {
  const form = () => page.getByRole('form', { name: 'Lịch cố định' });

  it('is changed by keyboard: what it does to who is booked is seen first', async () => {
    await page.getByRole('button', { name: 'Lịch cố định' }).press('Enter');
    await page.getByLabel('Khoa', { exact: true }).first().selectOption(demoSpecialty);
    const weekday = ['Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu'][weekdayOf(morning.day) - 1]!;
    const next = addDays(morning.day, 7);
    const { starts } = await send<{ starts: BookingStart[] }>(morning.operator, 'GET', `/api/booking/starts?specialty=${demoSpecialty}&doctor=${doctor.id}&visitType=follow-up&date=${next}&only=free`);
    const { holdToken } = await send<BookingHold>(morning.operator, 'POST', '/api/booking/holds', { session: starts[23]!.session, start: starts[23]!.start, visitType: 'follow-up' });
    await send(morning.operator, 'POST', '/api/booking/appointments', { holdToken, patientId: booked[5]!.patientId });
    await page.getByRole('button', { name: `Sửa ${doctor.name}, ${weekday} 07:30` }).press('Enter');
    await form().getByLabel('Đến', { exact: true }).fill('10:30');
    await form().getByLabel('Phút một chỗ').fill('15');
    await form().getByRole('button', { name: 'Thêm kênh' }).press('Enter');
    await form().getByRole('group', { name: 'Ứng dụng' }).getByLabel('Giữ riêng').fill('3');
    await page.keyboard.press('Enter');
    await form().getByText('12 chỗ mỗi buổi.').waitFor();
    await form().getByText('1 buổi giữ như cũ vì người đã hẹn không vừa lịch mới:').waitFor();
    await expectAccessible(page);
    await shoot('template');
    await form().getByRole('button', { name: 'Lưu lịch' }).press('Enter');
    await form().getByText('Đã lưu.').waitFor();
    const sessions = async (date: string) => (await send<{ sessions: SessionView[] }>(head, 'GET', `/api/schedules/sessions?from=${date}&days=1&doctor=${doctor.id}`)).sessions[0]!;
    expect(await sessions(next)).toMatchObject({ seats: 24, booked: 1 });
    expect(await sessions(addDays(next, 7))).toMatchObject({ seats: 12, stepMinutes: 15, pools: [{ pool: 'app', kept: 3, keptNow: 3 }] });
  }, 60_000);

  it('that cannot be is refused with the reason', async () => {
    await page.getByRole('button', { name: 'Thêm lịch cố định' }).press('Enter');
    await form().getByLabel('Bác sĩ').selectOption(doctor.id);
    await form().getByRole('combobox', { name: 'Thứ', exact: true }).selectOption(String(weekdayOf(morning.day)));
    await form().getByLabel('Đến', { exact: true }).press('Enter');
    await form().getByText('Không được').waitFor();
    await form().getByText(/Bác sĩ đã khám ở .* cùng thứ/).first().waitFor();
    await shoot('template-refused');
    expect(await form().getByRole('button', { name: 'Lưu lịch' }).count()).toBe(0);
  }, 60_000);
});

describe('days off and kinds of visit', () => {
  it('closes a day for a storm, with what becomes of who is booked', async () => {
    await page.getByRole('button', { name: 'Ngày nghỉ' }).press('Enter');
    const form = page.getByRole('form', { name: 'Đặt ngày nghỉ' });
    await form.getByLabel('Ngày', { exact: true }).fill(addDays(morning.day, 7));
    await form.getByLabel('Tên').fill('Bão số 12');
    await page.keyboard.press('Enter');
    await form.getByRole('heading', { name: 'Dời 1 người' }).waitFor();
    await expectAccessible(page);
    await shoot('holidays');
    await form.getByRole('button', { name: 'Đặt ngày nghỉ' }).press('Enter');
    await page.getByRole('row', { name: /Bão số 12/ }).getByText('Nghỉ', { exact: true }).waitFor();
  }, 60_000);

  it('sets how long a kind of visit takes, from a day on', async () => {
    await page.getByRole('button', { name: 'Loại khám' }).press('Enter');
    await page.getByRole('button', { name: 'Sửa follow-up' }).press('Enter');
    const form = page.getByRole('form', { name: 'Loại khám' });
    await form.getByLabel('Phút').fill('12');
    await page.keyboard.press('Enter');
    await page.getByText('Đã lưu loại khám.').waitFor();
    await page.getByRole('row', { name: /Tái khám follow-up/ }).getByRole('cell', { name: /12\s+phút/ }).waitFor();
    await expectAccessible(page);
    await shoot('kinds');
  }, 60_000);

  it('says the same in English', async () => {
    await page.getByRole('button', { name: /Switch to English/ }).press('Enter');
    await page.getByRole('button', { name: 'Week', exact: true }).press('Enter');
    await page.getByRole('row', { name: /Quang/ }).getByRole('button').first().waitFor();
    await page.getByRole('row', { name: /Quang/ }).getByRole('button').first().press('Enter');
    await expectAccessible(page);
    await shoot('week-en');
    await page.getByRole('button', { name: 'Leave and replacement' }).press('Enter');
    await page.getByRole('form', { name: 'A doctor is away' }).waitFor();
    const ending = page.getByRole('button', { name: new RegExp(`End the leave ${replacement.name}`) });
    await ending.press('Enter');
    await page.getByRole('button', { name: new RegExp(`Really end it ${replacement.name}`) }).press('Enter');
    await page.getByText(/0 sessions are open again/).waitFor();
    await ending.waitFor({ state: 'detached' });
    await expectAccessible(page);
    await shoot('leave-en');
  }, 60_000);
});

/** What went out; a text message has no marks over its letters. */
function texts(): string[] {
  const outbox = join(morning.hospital.server.db.house.settings.data, 'outbox');
  return (existsSync(outbox) ? readdirSync(outbox) : []).map((file) => (JSON.parse(readFileSync(join(outbox, file), 'utf8')) as { text: string }).text);
}
