// A daughter asks, from home, to act for somebody; at the desk both show their papers, and the desk decides.
import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from '../support/browser.ts';
import type { TestCaller } from '../support/server.ts';
import { demoPeople, openMorning, scan, type Morning } from './front-desk-day.ts';

const shots = process.env['SEN_TEST_SHOTS'];
let morning: Morning;
let page: Page;
let daughter: TestCaller;
let person: Awaited<ReturnType<typeof demoPeople>>[number];

beforeAll(async () => {
  morning = await openMorning();
  daughter = await morning.hospital.server.as('nguoibenh');
  const own = (await family()).people.map(({ patientId }) => patientId);
  person = (await demoPeople(morning.hospital)).find(({ id }) => !own.includes(id))!;
  page = await morning.openAs('tiepdon', '/desk');
}, 120_000);
afterAll(() => morning?.close());

async function family(): Promise<{ people: { patientId: string; name: string; relation: string }[] }> {
  const answer = await daughter.call('/api/my/family');
  const text = await answer.text();
  expect(answer.status, text).toBe(200);
  return JSON.parse(text) as { people: { patientId: string; name: string; relation: string }[] };
}

async function ask(relation: string): Promise<void> {
  const body = JSON.stringify({ number: person.citizenNumber, birthDate: person.birthDate, relation });
  expect((await daughter.call('/api/my/family', { method: 'POST', headers: { 'content-type': 'application/json' }, body })).status).toBe(200);
}

async function scanCard(): Promise<void> {
  const [year, month, date] = person.birthDate.split('-');
  await scan(page, `${person.citizenNumber}||${person.name}|${date}${month}${year}|${person.gender === 'male' ? 'Nam' : 'Nữ'}||25052021`);
  await page.getByRole('heading', { level: 2, name: person.name }).waitFor();
}

async function shoot(name: string): Promise<void> {
  if (shots === undefined) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: `${shots}/${name}.png` });
}

const asked = () => page.getByRole('region', { name: 'Người nhà xin thay mặt' });

describe('A relative who asks to act for a patient', () => {
  it('stands beside the patient with what is on her papers, and is refused where they are missing', async () => {
    await ask('other');
    await scanCard();
    await asked().getByText(/Người bệnh là người nhà của người xin/).waitFor();
    const self = (await family()).people.find(({ relation }) => relation === 'self')!;
    await asked().getByText(new RegExp(`^${self.name} xin đặt khám`)).waitFor();
    await asked().getByText(/sinh\s\d\d\/\d\d\/\d{4}/).waitFor();
    await asked().scrollIntoViewIfNeeded();
    await shoot('family-desk');
    await expectAccessible(page);
    await page.getByRole('button', { name: /Switch to English/ }).click();
    await page.getByRole('region', { name: 'A relative asks to act' }).getByRole('button', { name: 'Papers seen, agree' }).waitFor();
    await shoot('family-desk-en');
    await page.getByRole('button', { name: /tiếng Việt/i }).click();
    await asked().getByRole('button', { name: 'Từ chối' }).click();
    await asked().getByText(`Đã từ chối ${self.name}.`).waitFor();
    expect((await family()).people.map(({ patientId }) => patientId)).not.toContain(person.id);
  });

  it('acts from then on when the desk has seen the papers', async () => {
    await ask('mother');
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { level: 2, name: person.name }).waitFor({ state: 'detached' });
    await scanCard();
    await asked().getByRole('button', { name: 'Đã xem giấy tờ, đồng ý' }).click();
    await asked().getByText(/được thay mặt từ bây giờ/).waitFor();
    await asked().scrollIntoViewIfNeeded();
    await shoot('family-desk-done');
    daughter = await morning.hospital.server.as('nguoibenh');
    expect((await family()).people.find(({ patientId }) => patientId === person.id)).toMatchObject({ relation: 'mother' });
    expect(await asked().getByRole('button').count()).toBe(0);
  });
});
