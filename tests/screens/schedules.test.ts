// A doctor falls ill with forty people booked: the preview says what will happen, nobody is lost, and who must be called is listed.
import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { generateHospital } from '@sen/demo';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importResources } from '../../server/src/modules/record/index.ts';
import { expectAccessible } from '../support/browser.ts';
import { bookFor, freeStarts, openMorning, type Morning } from './front-desk-day.ts';

const shots = process.env['SEN_TEST_SHOTS'];
let morning: Morning;
let page: Page;
let doctor: { id: string; name: string };
let booked = 0;

beforeAll(async () => {
  morning = await openMorning('07:00');
  const { db } = morning.hospital.server;
  const people: string[] = [];
  for (const batch of generateHospital({ seed: 11, now: db.clock(), patients: 60 })) {
    const patients = batch.filter(({ resourceType }) => resourceType === 'Patient');
    await importResources(db.work(), patients);
    people.push(...patients.flatMap(({ id }) => (id === undefined ? [] : [id])));
  }
  const [first] = await freeStarts(morning.operator, morning.day);
  doctor = first!.doctor!;
  for (const start of (await freeStarts(morning.operator, morning.day, doctor.id)).slice(0, 40)) {
    await bookFor(morning.operator, people[booked]!, start);
    booked++;
  }
  page = await morning.openAs('tiepdon', '/schedules?part=leave');
}, 240_000);
afterAll(() => morning?.close());

async function shoot(name: string): Promise<void> {
  if (shots === undefined) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: `${shots}/${name}.png` });
}

const bookedIn = async () => (await morning.hospital.server.db.database.query<{ doctor: string; n: number }>({
  text: "SELECT coalesce(state, '') AS doctor, count(*)::int AS n FROM booking.appointment GROUP BY 1 ORDER BY 1",
})).rows;

describe('A doctor who falls ill at eight', () => {
  it('shows what it does before anything is done', async () => {
    const before = await bookedIn();
    const form = page.getByRole('form', { name: 'Bác sĩ nghỉ' });
    await form.getByLabel('Bác sĩ').selectOption(doctor.id);
    await form.getByLabel('Người đã hẹn').selectOption('call');
    await page.keyboard.press('Tab');
    await form.getByRole('button', { name: 'Xem trước' }).press('Enter');
    await form.getByRole('heading', { name: /Phải gọi \d+ người/ }).waitFor();
    await expectAccessible(page);
    await shoot('schedules-preview');
    expect(await bookedIn()).toEqual(before);
  });

  it('records it, and the operator finds everybody who must be called', async () => {
    const form = page.getByRole('form', { name: 'Bác sĩ nghỉ' });
    const count = Number(/\d+/.exec(await form.getByRole('heading', { name: /Phải gọi/ }).innerText())?.[0]);
    expect(count).toBeGreaterThan(booked / 2);
    await form.getByRole('button', { name: 'Ghi nghỉ' }).press('Enter');
    await form.getByText('Đã ghi nghỉ.').waitFor();
    await shoot('schedules-recorded');
    const answer = (await (await morning.operator.call('/api/switchboard/to-call')).json().catch(() => ({}))) as object;
    expect(answer).toBeDefined();
  });
});
