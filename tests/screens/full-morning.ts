// A morning in full swing in room 205, made through the doors that the screens use: seen, inside, sent for tests, absent, urgent, waiting, expected, free.
import type { AppointmentView, DeskTicket, QueueTurn, RoomQueue } from '@sen/contracts';
import type { TestCaller } from '../support/server.ts';
import { bookFor, freeStarts, openMorning, type Morning } from './front-desk-day.ts';

export const busyRoom = 'sen-hong-205';

export interface FullMorning extends Morning {
  /** Names in the order of their appointments; the last five are expected, the six after them came without one. */
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly desk: TestCaller;
  readonly doctor: TestCaller;
}

const names = ['Bùi Quang Hải', 'Phùng Thị Nga', 'Lương Văn Kiên', 'Trần Thị Tuyết Minh', 'Nguyễn Bảo Long', 'Đoàn Thị Hiền', 'Hoàng Công Tráng', 'Nguyễn Thị Hồng Nhung Phương Thảo', 'Vương Đình Toàn', 'Hà Trung Dũng', 'Mã Thị Xuyến', 'Cao Văn Đạt', 'Lý Thị Gái',
  'Tống Văn Sơn', 'Quách Thị Ngân', 'Kim Văn Út', 'Sầm Thị Hảo', 'Chu Minh Trí', 'Đinh Thị Lụa'];
const booked = 13;
const expected = 5;
const minuteMs = 60_000;

/** Opens it at 07:15 and leads it to 09:40: the doctor of room 205 is behind. */
export async function openFullMorning(): Promise<FullMorning> {
  const morning = await openMorning('07:15');
  const people = names.map((name, at) => ({ id: `sang-nay-${at}`, name }));
  await morning.hospital.store(people.map(({ id, name }, at) => ({
    resourceType: 'Patient' as const, id, active: true, name: [{ text: name }], gender: / Thị /.test(name) ? 'female' : 'male', birthDate: at === 8 ? '1944-05-01' : `${1958 + at * 2}-0${1 + (at % 9)}-12`,
    telecom: [{ system: 'phone', value: `09130001${String(at).padStart(2, '0')}` }],
  })));
  const { clock } = morning.hospital.server.db;
  const [desk, doctor] = [await morning.hospital.server.as('tiepdon'), await morning.hospital.server.as('bacsi')];
  const appointments: AppointmentView[] = [];
  for (const { id } of people.slice(0, booked)) {
    const start = (await freeStarts(morning.operator, morning.day)).find((one) => one.room.id === busyRoom && one.start >= (appointments.at(-1)?.end ?? ''))!;
    appointments.push(await bookFor(morning.operator, id, start));
  }
  await post(doctor, `/api/rooms/${busyRoom}/open`);
  for (const { id } of appointments.slice(0, booked - expected)) {
    await post(desk, '/api/desk/arrivals', { appointmentId: id });
    clock.advance(minuteMs);
  }
  for (const { id } of people.slice(booked)) await post(desk, '/api/desk/arrivals', { patientId: id, room: busyRoom, over: true, reason: 'Mệt, sụt cân 4 kg' });
  const urgent = (await queue(doctor)).waiting.at(-1)!;
  await post(doctor, `/api/visits/${urgent.visitId}/triage`, { class: 'urgent', reasons: ['triage-urgent'], note: 'Mạch 118, HA 150/90' }, 'PUT');
  for (const end of ['finish', 'finish', 'finish', 'send', 'skip', 'begin']) {
    const turn = await callNext(doctor);
    if (end === 'skip') await post(doctor, `/api/turns/${turn.id}/skip`, { expected: 'called' });
    else await post(doctor, `/api/turns/${turn.id}/begin`, { expected: 'called' });
    if (end === 'finish' || end === 'send') clock.advance(26 * minuteMs);
    if (end === 'finish') await post(doctor, `/api/turns/${turn.id}/finish`, { expected: 'inside' });
    if (end === 'send') await post(doctor, `/api/turns/${turn.id}/send`, { expected: 'inside', stations: [{ kind: 'laboratory' }], back: true });
  }
  await morning.moveTo(`${morning.day}T09:40:00+07:00`);
  return { ...morning, people, desk, doctor };
}

export async function queue(who: TestCaller): Promise<RoomQueue> {
  return (await (await who.call(`/api/rooms/${busyRoom}/queue`)).json()) as RoomQueue;
}

export async function callNext(doctor: TestCaller): Promise<QueueTurn> {
  const current = (await queue(doctor)).now[0]?.id ?? null;
  return (await post<{ called: QueueTurn }>(doctor, `/api/rooms/${busyRoom}/next`, { current })).called;
}

export async function post<T = DeskTicket>(who: TestCaller, path: string, body: object = {}, method = 'POST'): Promise<T> {
  const answer = await who.call(path, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json() as Promise<T>;
}
