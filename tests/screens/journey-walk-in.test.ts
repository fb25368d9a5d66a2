// Somebody comes without appointment and without papers: registered at the desk, a seat that was left, called, seen; found again by the ticket. One server.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible } from '../support/browser.ts';
import { openMorning, scan, type Morning } from './front-desk-day.ts';

const shots = process.env['SEN_TEST_SHOTS'];
const name = 'Vàng Thị Súa';
let morning: Morning;
let desk: Page;
let room: Page;
let board: Page;
let ticket: string;
let patientId: string;

beforeAll(async () => {
  morning = await openMorning('08:20');
  await morning.begin();
  room = await morning.openAs('bacsi', '/rooms/sen-hong-205');
  await room.getByRole('button', { name: 'Mở phòng' }).click();
  await room.getByRole('button', { name: 'Tạm dừng' }).waitFor();
  desk = await morning.openAs('tiepdon', '/desk');
}, 120_000);
afterAll(() => morning?.close());

const look = async (page: Page, shot: string) => void (shots !== undefined && (await page.screenshot({ path: `${shots}/walk-in-${shot}.png` })));

describe('a woman without papers', () => {
  it('is registered by what she says', async () => {
    await desk.locator('body').press('n');
    const form = desk.getByRole('form', { name: 'Người bệnh mới' });
    await form.waitFor();
    await desk.keyboard.type(name);
    await form.getByLabel('Ngày sinh').fill('1990');
    await form.getByLabel('Giới').selectOption('female');
    await look(desk, '1-form');
    await desk.keyboard.press('Control+Enter');
    await form.waitFor({ state: 'detached' });
    await desk.getByRole('heading', { level: 2, name }).waitFor();
    await desk.getByText('Không có hẹn hôm nay').waitFor();
  }, 60_000);

  it('gets a seat that is left, and a number', async () => {
    await desk.locator('body').press('Enter');
    const rooms = desk.getByRole('form', { name: 'Phòng còn nhận hôm nay' });
    await rooms.getByRole('button', { name: /còn \d+ chỗ/ }).first().waitFor();
    await desk.keyboard.type('205');
    await expect.poll(() => rooms.getByRole('button', { name: /còn \d+ chỗ/ }).count()).toBe(2); // morning and afternoon
    await rooms.getByLabel(/Lý do/).fill('Mệt, sụt cân');
    await look(desk, '2-rooms');
    await desk.keyboard.press('Enter');
    ticket = /B\d{4}/.exec(await desk.getByRole('heading', { name: /Đã tiếp nhận, số/ }).innerText())![0];
    await desk.getByText('là người kế tiếp, sắp được gọi').waitFor();
    await expectAccessible(desk);
    await look(desk, '3-received');
    const { entry } = (await morning.record(`Patient?name=${encodeURIComponent('Vàng')}`)) as { entry: { resource: { id: string; birthDate: string } }[] };
    expect(entry).toMatchObject([{ resource: { birthDate: '1990' } }]);
    patientId = entry[0]!.resource.id;
  }, 60_000);

  it('stands in the list of the room as one without appointment, and on the screen', async () => {
    await room.getByRole('article', { name: 'Kế tiếp' }).getByText(ticket).waitFor();
    await room.getByRole('article', { name: 'Kế tiếp' }).getByText(/chưa hẹn/).waitFor();
    await look(room, '4-room');
    const made = await (await morning.hospital.server.as('tiepdon')).call('/api/boards', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: 'Tầng 2', roomIds: ['sen-hong-205'] }) });
    board = await morning.openPage(`/board/${((await made.json()) as { key: string }).key}`, 1920, 1080);
    await board.getByText(ticket, { exact: true }).waitFor();
  }, 60_000);

  it('is called, called again, and seen', async () => {
    await room.keyboard.press('c');
    await board.getByText('Mời vào').waitFor();
    await room.getByRole('button', { name: 'Gọi lại', disabled: false }).waitFor();
    await morning.moveTo(morning.hospital.server.db.clock() + 30_000);
    await room.keyboard.press('r');
    await room.getByText('đã gọi 2 lần').waitFor();
    await look(board, '5-board');
    await room.getByRole('button', { name: 'Đã vào', disabled: false }).waitFor();
    await room.keyboard.press('b');
    await room.getByRole('article', { name: 'Đang khám' }).getByText(ticket).waitFor();
    await morning.moveTo(morning.hospital.server.db.clock() + 4 * 60_000);
    await board.getByText('Chưa gọi ai').waitFor();
    await room.getByRole('button', { name: 'Xong', disabled: false }).waitFor();
    await room.keyboard.press('f');
    await room.getByText('Chưa có ai trong phòng').waitFor();
    const { entry } = (await morning.record(`Encounter?patient=${patientId}`)) as { entry: { resource: { status: string; appointment?: object[] } }[] };
    expect(entry.map(({ resource }) => [resource.status, resource.appointment])).toEqual([['finished', undefined]]);
  }, 60_000);

  it('is done at the desk, and found again by the ticket', async () => {
    await desk.locator('body').press('Escape');
    await desk.getByRole('button', { name: /^Đã xong 1$/ }).click();
    await desk.getByRole('listbox', { name: 'Người đến hôm nay' }).getByRole('option', { name: new RegExp(name) }).waitFor();
    const { entry } = (await morning.record(`Encounter?patient=${patientId}`)) as { entry: { resource: { id: string } }[] };
    await scan(desk, `SEN:V:${entry[0]!.resource.id}`);
    await desk.getByText('Khớp phiếu số hôm nay').waitFor();
    await look(desk, '6-found');
  }, 60_000);
});
