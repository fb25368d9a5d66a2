// The patient app on a phone, against the whole server: a daughter books for her mother, carries the code through a dead spot, is called, and signs out.
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { MyVisit } from '@sen/contracts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { relatedPersonOf } from '../../server/src/modules/identity/fhir-relative.ts';
import { expectAccessible } from '../support/browser.ts';
import type { TestCaller } from '../support/server.ts';
import { bookFor, demoSpecialty, freeStarts, openMorning, type Morning } from './front-desk-day.ts';
import { busyRoom, callNext, post } from './full-morning.ts';

let morning: Morning;
let desk: TestCaller;
let doctor: TestCaller;
const broken: string[] = [];
const ha = { id: 'tran-thu-ha', name: 'Trần Thu Hà', birthDate: '1992-05-04', citizenNumber: '001192000333' };
const mai = { id: 'tran-thi-mai', name: 'Trần Thị Mai', birthDate: '1959-02-11', citizenNumber: '001159000222' };
const before = { id: 'nguoi-truoc', name: 'Bùi Quang Hải', birthDate: '1970-01-01', citizenNumber: '001070000111' };

beforeAll(async () => {
  morning = await openMorning('07:00');
  await morning.hospital.store([ha, mai, before].map(({ id, name, birthDate, citizenNumber }) => ({
    resourceType: 'Patient' as const, id, active: true, name: [{ text: name }], gender: 'female', birthDate, identifier: [{ system: 'http://fhir.hl7.org.vn/core/sid/cccd', value: citizenNumber }], telecom: [{ system: 'phone', value: '0912000333' }],
  })));
  await morning.hospital.store([{ ...relatedPersonOf({ name: ha.name, relation: 'child', citizenNumber: ha.citizenNumber }, mai.id, undefined, true), id: 'ha-cua-mai' }]);
  await morning.hospital.server.db.database.query({ text: `UPDATE security.account SET patients = $1 WHERE username = 'nguoibenh'`, values: [[ha.id, mai.id]] });
  [desk, doctor] = [await morning.hospital.server.as('tiepdon'), await morning.hospital.server.as('bacsi')];
}, 120_000);
afterAll(() => morning?.close());

async function openApp(options: { language?: 'en'; dark?: boolean } = {}): Promise<Page> {
  const { server } = morning.hospital;
  const { token } = await server.as('nguoibenh');
  const page = await morning.openPage('/app', 390, 844, (context) => context.addCookies([{ name: 'sen_session', value: token, url: server.base }, ...(options.language === 'en' ? [{ name: 'sen_language', value: 'en', url: server.base }] : [])]));
  if (options.dark === true) await page.emulateMedia({ colorScheme: 'dark' });
  page.on('pageerror', (error) => broken.push(error.message));
  page.on('console', (line) => line.type() === 'error' && /Content Security Policy|TrustedScript/.test(line.text()) && broken.push(line.text()));
  return page;
}

const look = async (page: Page, name: string, fullPage = false) => {
  if (process.env['SEN_SHOTS'] !== undefined) await page.screenshot({ path: `${process.env['SEN_SHOTS']}/app-${name}.png`, fullPage });
};
const mother = (page: Page) => page.getByRole('group', { name: 'Đang xem cho ai' }).getByRole('button', { name: /^Mẹ Mai|^Mai/ });
const freeTimes = (page: Page) => page.getByRole('button', { name: /^\d\d:\d\d$/ }).and(page.locator(':enabled'));
const statesOf = async (patientId: string) => {
  const { entry = [] } = (await morning.record(`Appointment?patient=${patientId}`)) as { entry?: { resource: { status: string } }[] };
  return entry.map(({ resource }) => resource.status).sort();
};
/** A seat of today that is at least so many minutes away, as the operator books it. */
async function bookToday(patientId: string, minutes: number) {
  const from = morning.hospital.server.db.clock() + minutes * 60_000;
  const start = (await freeStarts(morning.operator, morning.day)).find((one) => one.room.id === busyRoom && Date.parse(one.start) >= from)!;
  return bookFor(morning.operator, patientId, start);
}

describe('booking in five taps: who, specialty, doctor, time, book', () => {
  it('books for the mother, keeps the seat meanwhile, and shows the code', async () => {
    const page = await openApp();
    let taps = 0;
    const tap = async (name: string | RegExp) => {
      await page.getByRole('button', { name }).first().click();
      taps++;
    };
    await page.getByRole('link', { name: 'Đặt khám' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Đặt khám cho ai?' }).waitFor();
    await page.getByRole('button', { name: /Nội tiết/ }).waitFor();
    await look(page, 'book-1', true);
    await expectAccessible(page);
    await tap(/Mẹ Mai/);
    await tap(/Nội tiết/);
    await page.getByRole('button', { name: /Lê Minh Quang/ }).waitFor();
    await look(page, 'book-2', true);
    await expectAccessible(page);
    await tap(/Lê Minh Quang/);
    await freeTimes(page).first().waitFor();
    await look(page, 'book-3', true);
    await expectAccessible(page);
    await tap((await freeTimes(page).last().innerText()).trim());
    await page.getByRole('heading', { level: 1, name: 'Xem lại rồi đặt' }).waitFor();
    await page.getByText(/Đang giữ chỗ này, còn/).waitFor();
    await look(page, 'book-4', true);
    await expectAccessible(page);
    await tap('Đặt khám');
    await page.getByRole('heading', { level: 1, name: 'Đã đặt khám' }).waitFor();
    await page.getByRole('img', { name: 'Mã QR để vào khám' }).waitFor();
    await look(page, 'booked', true);
    await expectAccessible(page);
    expect([taps, await statesOf(mai.id)]).toEqual([5, ['booked']]);
  }, 60_000);

  it('goes back to the times when the seat is no longer kept', async () => {
    const page = await openApp();
    await page.getByRole('link', { name: 'Đặt khám' }).first().click();
    await page.getByRole('button', { name: /Nội tiết/ }).click();
    await page.getByRole('button', { name: /Bác sĩ nào cũng được/ }).click();
    await freeTimes(page).first().click();
    await page.getByText(/Đang giữ chỗ này, còn/).waitFor();
    await morning.moveTo(morning.hospital.server.db.clock() + 6 * 60_000);
    await page.getByRole('alert').getByText('Chỗ này đã hết giữ, mời chọn lại').waitFor();
    await page.getByRole('button', { name: 'Chọn giờ khác' }).click();
    await freeTimes(page).first().waitFor();
    expect(await statesOf(ha.id)).toEqual([]);
  }, 60_000);

  it('waits for a place when no time fits', async () => {
    const page = await openApp();
    await mother(page).click();
    await page.getByRole('link', { name: 'Đặt khám' }).first().click();
    await page.getByRole('button', { name: /Nội tiết/ }).click();
    await page.getByRole('button', { name: /Bác sĩ nào cũng được/ }).click();
    await page.getByRole('link', { name: /Báo tôi khi có chỗ/ }).click();
    await look(page, 'wait', true);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Báo tôi khi có chỗ' }).click();
    await page.getByRole('heading', { name: 'Đang đợi chỗ' }).waitFor();
    const { entries } = (await page.evaluate(async () => (await fetch('/api/booking/waiting-list')).json())) as { entries: object[] };
    expect(entries).toMatchObject([{ patientId: mai.id, specialty: { id: demoSpecialty }, part: 'any', state: 'waiting' }]);
  }, 60_000);
});

describe('the code at the door', () => {
  it('is there when the session has ended by itself', async () => {
    const page = await openApp();
    await page.getByRole('link', { name: 'Đặt khám' }).first().waitFor();
    const { coming } = (await page.evaluate(async () => (await fetch('/api/my/appointments')).json())) as { coming: { code: string; state: string }[] };
    const booked = coming.filter(({ state }) => state === 'booked');
    expect(booked.length).toBeGreaterThan(0);
    await page.context().clearCookies();
    await page.reload();
    await page.getByRole('heading', { name: 'Số điện thoại của bạn?' }).waitFor();
    const kept = page.getByRole('region', { name: 'Lịch hẹn đã lưu trên máy này' });
    await kept.getByText(booked[0]!.code).waitFor();
    expect(await kept.getByRole('img').count()).toBe(booked.length);
    await look(page, 'kept-codes', true);
    await expectAccessible(page);
  }, 60_000);
});

describe('an appointment', () => {
  it('is confirmed, moved and cancelled', async () => {
    const page = await openApp();
    await mother(page).click();
    await page.getByRole('link', { name: 'Xem, đổi hoặc huỷ' }).click();
    await page.getByRole('button', { name: 'Chắc chắn đến' }).click();
    await page.getByText('Đã báo là sẽ đến').waitFor();
    await page.getByRole('button', { name: 'Đổi giờ khác' }).click();
    await freeTimes(page).first().click();
    await page.getByRole('button', { name: 'Đổi sang giờ này' }).click();
    await page.getByRole('button', { name: 'Huỷ lịch này' }).click();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Huỷ lịch', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Đã huỷ' }).waitFor();
    expect(await statesOf(mai.id)).toEqual(['cancelled']);
  }, 60_000);
});

describe('the visit', () => {
  it('shows the place in line as a range, the steps and the way, and hides the minutes without a network', async () => {
    await post(doctor, `/api/rooms/${busyRoom}/open`);
    const [first, hers] = [await bookToday(before.id, 15), await bookToday(mai.id, 20)];
    await morning.moveTo(first.arriveAt);
    for (const { id } of [first, hers]) await post(desk, '/api/desk/arrivals', { appointmentId: id });
    const page = await openApp();
    await mother(page).click();
    await page.getByRole('heading', { level: 1, name: 'Phòng 205' }).waitFor();
    await page.getByText(/^(?:Còn khoảng|Sắp đến lượt)/).waitFor();
    await page.getByText('Phía trước còn 1\u00a0người').waitFor();
    await look(page, 'home', true);
    await expectAccessible(page);
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    await page.context().setOffline(true);
    await page.getByRole('status').getByText(/Không có mạng\. Thông tin lúc/).waitFor();
    await page.getByText(/^Hẹn \d\d:\d\d$/).waitFor();
    expect(await page.getByText(/Còn khoảng/).count()).toBe(0);
    await page.getByRole('img', { name: 'Mã QR để vào khám' }).waitFor();
    await look(page, 'home-offline');
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Đặt khám' }).click();
    await page.getByRole('heading', { name: 'Cần có mạng để đặt khám' }).waitFor();
    await page.context().setOffline(false);
  }, 60_000);

  it('opens without a network, from the sealed store of the phone', async () => {
    const page = await openApp();
    await mother(page).click();
    await page.getByRole('img', { name: 'Mã QR để vào khám' }).waitFor();
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    await page.context().setOffline(true);
    await page.reload();
    await page.getByRole('status').getByText(/Không có mạng/).waitFor();
    expect(await keptTexts(page)).not.toMatch(/Trần|SEN:B/);
    await page.context().setOffline(false);
  }, 60_000);

  it('says that the room is late, then loudly that it is her turn, also when one looks at somebody else', async () => {
    const page = await openApp();
    await mother(page).click();
    const { visits: [visit] } = (await page.evaluate(async () => (await fetch('/api/my/visits')).json())) as { visits: MyVisit[] };
    await morning.moveTo(Date.parse(visit!.slotAt!) + 20 * 60_000);
    await page.reload();
    await page.getByText(/Phòng đang muộn khoảng \d+/).waitFor();
    await look(page, 'home-late');
    await callNext(doctor);
    const hers = await callNext(doctor);
    expect(hers.patientId).toBe(mai.id);
    await page.getByRole('alert').getByText('Đến lượt rồi, mời vào').waitFor();
    await page.getByText('Bác sĩ đang đợi mẹ\u00a0Mai').waitFor();
    await look(page, 'home-called');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Tôi', exact: true }).click();
    await page.getByRole('alert').getByText('Mẹ\u00a0Mai được gọi vào Phòng 205').waitFor();
  }, 60_000);
});

describe('oneself', () => {
  it('has a family, choices, another language, and leaves nothing behind on signing out', async () => {
    const page = await openApp();
    await page.getByRole('link', { name: 'Gia đình' }).click();
    await page.getByLabel('Số căn cước hoặc số hồ sơ').waitFor();
    await look(page, 'family', true);
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Tôi', exact: true }).click();
    await page.getByLabel('Lịch khám').waitFor();
    await look(page, 'me', true);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Record and privacy' }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Your telephone number?' }).waitFor();
    await expectAccessible(page);
    expect(await keptTexts(page)).toBe('[]');
  }, 60_000);
});

describe('in English, and in the dark', () => {
  it('mixes no languages and keeps its contrast', async () => {
    const page = await openApp({ language: 'en', dark: true });
    await page.getByRole('button', { name: 'Mai' }).click();
    await page.getByRole('alert').getByText(/turn/).waitFor();
    await look(page, 'home-en-dark', true);
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Book', exact: true }).first().click();
    await page.getByRole('heading', { name: 'What for?' }).waitFor();
    await look(page, 'book-1-en-dark', true);
    await expectAccessible(page);
  }, 60_000);
});

describe('the first load', () => {
  it('is at most 200 KB compressed, fonts and all', () => {
    const dist = fileURLToPath(new URL('../../web/dist/', import.meta.url));
    const files = (JSON.parse(readFileSync(`${dist}app-files.json`, 'utf8')) as string[]).map((file) => file.slice(1));
    const there = new Set(readdirSync(`${dist}assets`));
    const bytes = files.map((file) => readFileSync(dist + (there.has(`${file.slice('assets/'.length)}.br`) ? `${file}.br` : file)).length).reduce((sum, size) => sum + size, 0);
    expect(bytes).toBeLessThanOrEqual(200 * 1024);
    expect(files.filter((file) => file.endsWith('.woff2'))).toHaveLength(4);
  });

  it('broke nowhere on the way', () => {
    expect(broken).toEqual([]);
  });
});

/** Everything in the app's store, as text. */
function keptTexts(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
    if (!names.includes('sen-app')) return '[]';
    const database = await new Promise<IDBDatabase>((resolve) => { const request = indexedDB.open('sen-app'); request.onsuccess = () => resolve(request.result); });
    const values = await new Promise<unknown[]>((resolve) => { const request = database.transaction('kept').objectStore('kept').getAll(); request.onsuccess = () => resolve(request.result); });
    database.close();
    const texts = values.map((value) => (value instanceof CryptoKey ? `key ${String(value.extractable)}` : new TextDecoder().decode((value as { text: ArrayBuffer }).text)));
    return JSON.stringify(texts);
  });
}
