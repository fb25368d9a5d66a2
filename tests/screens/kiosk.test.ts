// The machine at the door as people use it: a card on the reader, a number on the keys, a way on the screen; on the real server.
import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from '../support/browser.ts';
import { bookFor, demoPeople, freeStarts, openMorning, type Morning } from './front-desk-day.ts';

const shots = process.env['SEN_TEST_SHOTS'];
let morning: Morning;
let kiosk: Page;
let people: Awaited<ReturnType<typeof demoPeople>>;

beforeAll(async () => {
  morning = await openMorning('08:00');
  people = await demoPeople(morning.hospital);
  kiosk = await morning.openPage('/kiosk', 1080, 1920);
}, 120_000);
afterAll(() => morning.close());

async function shoot(name: string): Promise<void> {
  if (shots === undefined) return;
  mkdirSync(shots, { recursive: true });
  await kiosk.screenshot({ path: `${shots}/${name}.png` });
  await kiosk.setViewportSize({ width: 768, height: 1024 });
  await kiosk.screenshot({ path: `${shots}/${name}-small.png` });
  await kiosk.setViewportSize({ width: 1080, height: 1920 });
}

/** As a reader types: all at once, then Enter. */
async function scan(text: string): Promise<void> {
  await kiosk.evaluate((typed) => {
    for (const key of [...typed, 'Enter']) window.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  }, text);
}
const button = (name: string | RegExp) => kiosk.getByRole('button', { name });
const heading = (name: string | RegExp) => kiosk.getByRole('heading', { name });
async function type(digits: string): Promise<void> {
  for (const digit of digits) await button(new RegExp(`^${digit}$`)).click();
}

/** What is pressed must be reachable: inside the screen, and 64 px high and wide at least. */
async function expectTouchable(): Promise<void> {
  const faults = await kiosk.evaluate(() => [...document.querySelectorAll('button')].flatMap((one) => {
    const { width, height, left, right, top, bottom } = one.getBoundingClientRect();
    const fits = left >= 0 && top >= 0 && right <= innerWidth + 1 && bottom <= innerHeight + 1 && width >= 64 && height >= 64;
    return fits ? [] : [`${one.textContent} ${Math.round(width)} × ${Math.round(height)} at ${Math.round(left)}, ${Math.round(top)}`];
  }));
  expect(faults).toEqual([]);
}
async function expectGood(name: string): Promise<void> {
  await expectAccessible(kiosk);
  await expectTouchable();
  await kiosk.setViewportSize({ width: 768, height: 1024 });
  await expectTouchable();
  await kiosk.setViewportSize({ width: 1080, height: 1920 });
  await shoot(name);
}

describe('The machine at the door', () => {
  it('is opened once by staff with an account of its own, and with no other', async () => {
    await heading('Mở máy tự nhận số').waitFor();
    await expectGood('sign-in');
    await kiosk.getByLabel('Tên đăng nhập của máy').fill('tiepdon');
    await kiosk.getByLabel('Mật khẩu').fill('sen-demo');
    await button('Mở máy').click();
    await kiosk.getByRole('alert').getByText('không phải của máy tự nhận số').waitFor();
    await kiosk.reload(); // and the reception is signed out again
    await kiosk.getByLabel('Tên đăng nhập của máy').fill('maykiosk');
    await kiosk.getByLabel('Mật khẩu').fill('sen-demo');
    await button('Mở máy').click();
    await heading(/Mời quét thẻ/).waitFor();
    await kiosk.getByText('08:00').waitFor();
    await expectGood('start');
  });

  it('receives by the code of a booking: greets by the given name and shows number, room and way; scanned again, the same number', async () => {
    const [person] = people;
    const booked = await bookFor(morning.operator, person!.id, (await freeStarts(morning.operator, morning.day))[0]!);
    await scan(booked.code);
    await heading(`Chào ${person!.name.split(' ').at(-1)}`).waitFor();
    expect(await kiosk.getByText(person!.name).count()).toBe(0);
    const ticket = kiosk.getByRole('region', { name: 'Số của bạn' });
    await ticket.getByText(booked.room.name).waitFor();
    const number = await ticket.locator('strong').innerText();
    expect(number).toMatch(/^[A-Z]\d+$/);
    await expectGood('arrived');
    await scan(booked.code);
    await kiosk.getByText('Bạn đã nhận số này rồi').waitFor();
    expect(await ticket.locator('strong').innerText()).toBe(number);
    await button('Xong').click();
    await heading(/Mời quét thẻ/).waitFor();
  });

  it('receives by a citizen card in English, and says that one is early', async () => {
    const person = people[1]!;
    const late = (await freeStarts(morning.operator, morning.day)).find(({ start }) => Date.parse(start) > morning.hospital.server.db.clock() + 2 * 3_600_000)!;
    await bookFor(morning.operator, person.id, late);
    await button('English').click();
    await heading(/Scan your card/).waitFor();
    await shoot('start-english');
    const [year, month, day] = person.birthDate.split('-');
    await scan(`${person.citizenNumber}||${person.name}|${day}${month}${year}|${person.gender === 'female' ? 'Nữ' : 'Nam'}|Hà Nội|02052021`);
    await heading(`Hello ${person.name.split(' ').at(-1)}`).waitFor();
    await kiosk.getByText('You are early.').waitFor();
    await expectGood('early-english');
    await button('Done').click();
    await heading(/Mời quét thẻ/).waitFor(); // the next one is greeted in Vietnamese
  });

  it('receives who has no card by a telephone number and the birth date, and tells a guesser nothing', async () => {
    const person = people[2]!;
    await bookFor(morning.operator, person.id, (await freeStarts(morning.operator, morning.day))[0]!);
    const [year, month, day] = person.birthDate.split('-');
    await button(/Không mang thẻ/).click();
    await heading('Số của bạn là gì?').waitFor();
    expect(await button('Tiếp').isDisabled()).toBe(true);
    await type(person.phone.replace(/^\+84/, '0').replace(/\D/g, ''));
    await expectGood('typing');
    await button('Tiếp').click();
    await heading('Bạn sinh ngày nào?').waitFor();
    await type(`${day === '02' ? '03' : '02'}02${year}`);
    await button('Tiếp').click();
    await heading('Số và ngày sinh chưa khớp').waitFor();
    await expectGood('not-matched');
    await button('Thử lại').click();
    await kiosk.keyboard.type(person.phone.replace(/^\+84/, '0').replace(/\D/g, ''), { delay: 60 });
    await kiosk.keyboard.press('Enter');
    await heading('Bạn sinh ngày nào?').waitFor();
    await type(`${day}${month}${year}`);
    await button('Tiếp').click();
    await heading(`Chào ${person.name.split(' ').at(-1)}`).waitFor();
    await button('Xong').click();
  });

  it('gives a number for the reception to everybody else, and calls somebody who is asked for', async () => {
    await scan('001085000018||Lê Văn Lạ|01011985|Nam|Phường Bạch Mai, Hà Nội|02052021');
    await heading('Mời đến quầy tiếp đón').waitFor();
    await kiosk.getByText('Chưa tìm thấy hồ sơ').waitFor();
    await expectGood('unknown');
    const later = (await freeStarts(morning.operator, nextDay(morning.day)))[0];
    if (later !== undefined) {
      const booked = await bookFor(morning.operator, people[3]!.id, later);
      await scan(booked.code);
      await kiosk.getByText('không phải hôm nay').waitFor();
      await expectGood('another-day');
    }
    await scan('xin chao 123');
    await heading('Chưa đọc được').waitFor();
    await expectGood('unreadable');
    await button('Nhờ người giúp').click();
    await heading('Nhân viên đang đến').waitFor();
    await button('Xong').click();
    await button(/Lấy số quầy tiếp đón/).click();
    await kiosk.getByRole('region', { name: 'Số ở quầy' }).getByText(/^K\d{3}$/).waitFor();
    await button('Xong').click();
  });

  it('is heard at the desk: who asks for help first, also while somebody stands there; each number is called once', async () => {
    const desk = await morning.openAs('tiepdon', '/desk');
    const numbers = desk.getByRole('region', { name: 'Số lấy ở máy tự nhận số' });
    await numbers.getByRole('button').first().waitFor();
    const before = await numbers.getByRole('button').allInnerTexts();
    expect(before[0]).toContain('Cần người đến giúp');
    expect(before[0]).toContain('Máy nhận số Cửa 1');
    await expectAccessible(desk);
    if (shots !== undefined) await desk.screenshot({ path: `${shots}/desk-numbers.png` });
    await desk.keyboard.press('s');
    const first = /K\d{3}/.exec(before[0]!)![0];
    await numbers.getByRole('status').getByText(`Đến giúp tại Máy nhận số Cửa 1, số ${first}`).waitFor();
    await expect.poll(async () => (await numbers.getByRole('button').allInnerTexts()).some((text) => text.includes(first))).toBe(false);
    await desk.keyboard.press('s');
    await numbers.getByRole('status').getByText(/^Đang mời số K\d{3}$/).waitFor();
    await desk.keyboard.press('n'); // somebody stands at the desk
    await numbers.waitFor({ state: 'detached' });
    await button('Nhờ người giúp').click();
    await numbers.getByText('Cần người đến giúp').waitFor(); // told live
    if (shots !== undefined) await desk.screenshot({ path: `${shots}/desk-help.png` });
    await numbers.getByRole('button', { name: /Đến giúp/ }).click();
    await numbers.waitFor({ state: 'detached' });
    await desk.getByRole('textbox', { name: 'Họ và tên' }).waitFor(); // what was being done is still there
    await button('Xong').click();
    await desk.close();
  });

  it('prints the number and the way on a slip of 80 mm, without a name', async () => {
    await button(/Lấy số quầy tiếp đón/).click();
    await kiosk.getByRole('region', { name: 'Số ở quầy' }).waitFor();
    await kiosk.evaluate(() => Object.assign(window, { print: () => Object.assign(window, { printed: true }) }));
    await button('In phiếu').click();
    expect(await kiosk.evaluate(() => 'printed' in window)).toBe(true);
    await kiosk.emulateMedia({ media: 'print', reducedMotion: 'reduce' });
    expect(await kiosk.evaluate(() => [...document.body.children].filter((node) => node.getBoundingClientRect().height > 0).map(({ className }) => className))).toEqual(['slip']);
    await kiosk.emulateMedia({ media: 'screen', reducedMotion: 'reduce' });
    await button('Xong').click();
  });

  it('has larger text and low buttons for who needs them, and forgets that for the next one', async () => {
    await button('Chữ to hơn').click();
    await expectGood('large');
    await button('Nút ở thấp').click();
    await expectGood('low');
    expect(await kiosk.evaluate(() => [...document.querySelectorAll('button')].filter((one) => one.getBoundingClientRect().top < innerHeight - 600).map(({ textContent }) => textContent))).toEqual([]);
    await button(/Không mang thẻ/).click();
    await expectGood('low-typing');
    await kiosk.clock.install();
    await button('Quay lại').click();
    await kiosk.clock.runFor(21_000);
    await kiosk.getByText(/Tự đóng sau \d+ giây/).waitFor();
    await kiosk.clock.runFor(10_000);
    await button('Chữ to hơn').waitFor();
    await kiosk.clock.resume();
  });

  it('says so when the server is away, and comes back by itself', async () => {
    await kiosk.context().setOffline(true);
    await scan('001085000018||Lê Văn Lạ|01011985|Nam|Phường Bạch Mai, Hà Nội|02052021');
    await heading('Máy mất kết nối').waitFor();
    await expectGood('offline');
    await kiosk.context().setOffline(false);
    await heading(/Mời quét thẻ/).waitFor({ timeout: 20_000 });
  });
});

function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
