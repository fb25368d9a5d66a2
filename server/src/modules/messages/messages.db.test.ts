import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { importResources } from '../record/index.ts';
import { openChannels } from './channels/open-channels.ts';
import { deliverDue } from './delivery/deliver-due.ts';
import { takeBackLost } from './delivery/store.ts';
import { declareTemplate, sendMessage, withdrawMessages } from './index.ts';
import { writePreferences } from './preferences/store.ts';
import { defaultPreferences } from './preference.ts';
import { moveMessages } from './move-messages.ts';
import { receiveCall } from './replies/receive-call.ts';
import { sendAgain } from './send-again.ts';
import { changeTemplate } from './templates/change-template.ts';

const reminder = declareTemplate({
  code: 'test.reminder', purpose: 'appointment', answerable: true, about: { vi: 'Nhắc hẹn', en: 'Reminder' },
  placeholders: { name: { vi: 'Mai', en: 'Mai' }, when: { vi: '07:40 thứ Hai 23/11', en: '07:40 Monday 23/11' } },
  vi: { sms: '{name} hẹn khám lúc {when}. Trả lời XN để xác nhận, HUY để hủy.', title: 'Nhắc hẹn' }, en: { sms: '{name} has an appointment at {when}. Reply YES or NO.', title: 'Reminder' },
});
declareTemplate({ code: 'test.news', purpose: 'marketing', about: { vi: 'Tin', en: 'News' }, placeholders: {}, vi: { sms: 'Tin của bệnh viện.' }, en: { sms: 'News.' } });

const when = { at: Date.parse('2026-03-03T07:40:00+07:00'), as: 'day-time' } as const;
let db: TestDatabase;
let provider: Server;
let called: { body: Record<string, string> }[] = [];
let answerWith: (n: number) => { status: number } | 'hang-up' = () => ({ status: 200 });
let smsUrl = '';

beforeAll(async () => {
  provider = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      called.push({ body: JSON.parse(body) as Record<string, string> });
      const answer = answerWith(called.length);
      if (answer === 'hang-up') return void request.socket.destroy();
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify({ id: `p-${called.length}` }));
    });
  });
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  smsUrl = `http://127.0.0.1:${(provider.address() as AddressInfo).port}/send`;
  db = await testDatabase();
  const patients = [['ba-lan', '0912 000 111'], ['anh-duc', '0387654321'], ['be-na', '']] as const;
  await importResources(db.work(), patients.map(([id, phone]) => ({ resourceType: 'Patient', id, name: [{ text: id }], ...(phone === '' ? {} : { telecom: [{ system: 'phone', value: phone }] }) })) as never);
});
afterAll(async () => {
  provider.close();
  await db.close();
});
beforeEach(async () => {
  called = [];
  answerWith = () => ({ status: 200 });
  await db.database.query({ text: 'DELETE FROM messages.message; DELETE FROM messages.preference; DELETE FROM messages.wording; DELETE FROM messages.pace' });
});

const send = (onceKey: string, patientId = 'ba-lan', more: object = {}) => sendMessage(db.work(), { template: reminder.code, to: { patientId }, data: { name: 'Lan', when }, onceKey, about: { kind: 'appointment', id: 'a1' }, ...more });
const means = (env: object = {}) => ({ settings: db.house.settings, channels: openChannels({ ...db.house.settings, smsUrl, ...env }) });
const row = async () => (await db.database.query<Record<string, unknown>>({ text: 'SELECT * FROM messages.message ORDER BY created_at, once_key' })).rows[0]!;

describe('sendMessage', () => {
  it('is one message for one key, however often and by how many at once', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => send('one')));
    expect(ids.filter((id) => id !== undefined)).toHaveLength(1);
    await Promise.all(Array.from({ length: 4 }, () => deliverDue(db.work(), means())));
    expect(called.map(({ body }) => [body['to'], body['text']])).toEqual([['84912000111', 'Lan hen kham luc 07:40 thu Ba 03/03. Tra loi XN de xac nhan, HUY de huy.']]);
    expect(await row()).toMatchObject({ state: 'sent', channel: 'sms', to_masked: '09•• ••• 111', attempts: 1 });
  });

  it('sends nothing when the transaction is rolled back', async () => {
    await db.work().transact(async (work) => {
      await sendMessage(work, { template: reminder.code, to: { patientId: 'ba-lan' }, data: { name: 'Lan', when }, onceKey: 'rolled-back' });
      throw new Error('no');
    }).catch(() => undefined);
    expect(await deliverDue(db.work(), means())).toBe(0);
  });

  it('keeps neither the number nor the words in the clear', async () => {
    await sendMessage(db.work(), { template: reminder.code, to: { phone: '0999888777' }, data: { name: 'Nguyễn Thị Kín', when }, onceKey: 'sealed' });
    const { rows } = await db.database.query<{ all: string }>({ text: 'SELECT json_agg(m)::text AS all FROM messages.message m' });
    expect(rows[0]?.all).not.toMatch(/999888777|Kín/);
  });

  it('withdraws what has not gone out yet', async () => {
    await send('later', 'ba-lan', { notBefore: db.clock() + 3_600_000 });
    expect(await withdrawMessages(db.work(), { about: { kind: 'appointment', id: 'a1' } })).toBe(1);
    expect(await row()).toMatchObject({ state: 'withdrawn', content_sealed: null });
  });
});

describe('a merge of two records', () => {
  it('moves messages, and its undoing moves exactly those back', async () => {
    await send('of-duc', 'anh-duc');
    await send('of-lan');
    const patients = async () => (await db.database.query<{ once_key: string; patient: string }>({ text: 'SELECT once_key, patient FROM messages.message ORDER BY once_key' })).rows.map(({ patient }) => patient);
    expect(await moveMessages(db.work(), { from: 'anh-duc', to: 'ba-lan', mergeId: 'm1', undo: false })).toBe(1);
    expect(await patients()).toEqual(['ba-lan', 'ba-lan']);
    expect(await moveMessages(db.work(), { from: 'ba-lan', to: 'anh-duc', mergeId: 'm1', undo: true })).toBe(1);
    expect(await patients()).toEqual(['anh-duc', 'ba-lan']);
  });
});

describe('delivery', () => {
  it('tries again what the provider has certainly not taken, and not what it may have', async () => {
    answerWith = (n) => ({ status: n === 1 ? 503 : 200 });
    await send('again');
    await deliverDue(db.work(), means());
    expect(await row()).toMatchObject({ state: 'queued', why: 'http-503' });
    db.clock.advance(31_000);
    await deliverDue(db.work(), means());
    expect(await row()).toMatchObject({ state: 'sent', attempts: 2 });

    await db.database.query({ text: 'DELETE FROM messages.message' });
    answerWith = () => 'hang-up';
    await send('cut');
    await deliverDue(db.work(), means());
    expect(await row()).toMatchObject({ state: 'unsure', why: 'cut-off' });
    expect(await deliverDue(db.work(), means())).toBe(0);
  });

  it('repeats one that was cut off with the same id where the provider takes two as one', async () => {
    answerWith = (n) => (n === 1 ? 'hang-up' : { status: 200 });
    await send('idempotent');
    await deliverDue(db.work(), means({ smsIdempotent: true }));
    db.clock.advance(11_000);
    await deliverDue(db.work(), means({ smsIdempotent: true }));
    expect(called).toHaveLength(2);
    expect(called[0]?.body['id']).toBe(called[1]?.body['id']);
    expect(await row()).toMatchObject({ state: 'sent' });
  });

  it('leaves to a person what a killed process was sending, and queues again what it had not begun', async () => {
    const [begun, idle] = [await send('begun'), await send('idle', 'anh-duc')];
    const { rows } = await db.database.query({ text: "UPDATE messages.message SET state = 'sending', attempts = 1, lease_until = to_timestamp($1::float8 / 1000) RETURNING id", values: [db.clock() + 1000] });
    expect(rows).toHaveLength(2);
    await db.database.query({ text: "INSERT INTO messages.attempt (message, number, channel, adapter, began_at) VALUES ($1, 1, 'sms', 'sms', now())", values: [begun] });
    expect(await takeBackLost(db.database, ['outbox'], db.clock())).toBe(0);
    db.clock.advance(2000);
    expect(await takeBackLost(db.database, ['outbox'], db.clock())).toBe(2);
    const states = await db.database.query<{ id: string; state: string }>({ text: 'SELECT id, state FROM messages.message' });
    expect(new Map(states.rows.map(({ id, state }) => [id, state]))).toEqual(new Map([[begun, 'unsure'], [idle, 'queued']]));
    await sendAgain(db.work(), begun!);
    await expect(sendAgain(db.work(), begun!)).rejects.toMatchObject({ code: 'messages.not-to-resend' });
  });

  it('waits for the morning, heeds a no, and asks for a yes before it advertises', async () => {
    await writePreferences(db.database, 'ba-lan', { ...defaultPreferences, quietFrom: '00:00', quietTo: '23:59' }, 'x', db.clock());
    await writePreferences(db.database, 'anh-duc', { ...defaultPreferences, refused: ['appointment'] }, 'x', db.clock());
    await send('a', 'ba-lan', { expires: db.clock() + 2 * 86_400_000 });
    await send('b', 'anh-duc');
    await sendMessage(db.work(), { template: 'test.news', to: { patientId: 'ba-lan' }, data: {}, onceKey: 'c' });
    await deliverDue(db.work(), means());
    const { rows } = await db.database.query({ text: 'SELECT once_key, state, why FROM messages.message ORDER BY once_key' });
    expect(rows).toEqual([{ once_key: 'a', state: 'queued', why: 'quiet-hours' }, { once_key: 'b', state: 'suppressed', why: 'opted-out' }, { once_key: 'c', state: 'suppressed', why: 'no-consent' }]);
    expect(called).toEqual([]);
  });

  it('says that a patient has no address', async () => {
    await send('none', 'be-na', {});
    await deliverDue(db.work(), { ...means(), channels: new Map([...means().channels].filter(([name]) => name === 'sms')) });
    expect(await row()).toMatchObject({ state: 'failed', why: 'no-address' });
  });

  it('writes a file that only the owner reads where there is no provider', async () => {
    const id = await send('file');
    await deliverDue(db.work(), means({ smsUrl: '' }));
    const folder = join(db.house.settings.data, 'outbox');
    const name = readdirSync(folder).find((file) => file.endsWith(`-${id}.json`))!;
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(join(folder, name), 'utf8'))).toMatchObject({ to: '0912000111', channel: 'sms', text: expect.stringContaining('Lan hen kham') });
  });

  it('uses the words of the hospital from their day on, and refuses words with a hole', async () => {
    await expect(changeTemplate(db.work(), { code: reminder.code, vi: { sms: 'Chào {ten}' }, en: { sms: '{name} {when}' } })).rejects.toMatchObject({ code: 'messages.bad-wording' });
    await changeTemplate(db.work(), { code: reminder.code, vi: { sms: 'Mời {name} đến {when}.' }, en: { sms: '{name} {when}' } });
    await send('own');
    await deliverDue(db.work(), means({ smsAccents: true }));
    expect(called[0]?.body['text']).toBe('Mời Lan đến 07:40 thứ Ba 03/03.');
  });
});

describe('replies', () => {
  const key = 'k'.repeat(32);
  const call = (content: object, at = db.clock()) => {
    const body = JSON.stringify(content);
    const seconds = Math.floor(at / 1000);
    return receiveCall(db.work(), { adapter: 'sms', body, signature: `t=${seconds},v1=${createHmac('sha256', key).update(`${seconds}.${body}`).digest('hex')}` }, key);
  };

  it('finds the message by the number, once, and tells what it was about', async () => {
    await send('asked');
    await deliverDue(db.work(), means());
    await call({ kind: 'reply', from: '+84 912 000 111', text: 'Hủy ạ' });
    expect(await row()).toMatchObject({ answer: 'other' });
    await call({ kind: 'reply', from: '0912000111', text: ' HỦY ' });
    expect(await row()).toMatchObject({ answer: 'cancel' });
    expect(db.told).toContain('messages.replied');
    await expect(call({ kind: 'reply', from: '0912000111', text: ' HỦY ' })).rejects.toMatchObject({ code: 'messages.heard-before' });
    await expect(call({ kind: 'reply', from: '0912000111', text: 'XN' }, db.clock() - 600_000)).rejects.toMatchObject({ code: 'messages.bad-signature' });
  });

  it('cancels nothing when two appointments are open, and says so', async () => {
    await send('first');
    await send('second', 'ba-lan', { about: { kind: 'appointment', id: 'a2' } });
    await deliverDue(db.work(), means());
    const before = db.told.length;
    await call({ kind: 'reply', from: '0912000111', text: 'HUY' });
    expect(db.told).toHaveLength(before);
    await deliverDue(db.work(), means());
    expect(called.at(-1)?.body['text']).toMatch(/nhieu lich hen/);
  });

  it('moves a message forward by receipts, never back', async () => {
    await send('receipt');
    await deliverDue(db.work(), means());
    await call({ kind: 'receipt', id: 'p-1', state: 'read' });
    await call({ kind: 'receipt', id: 'p-1', state: 'delivered' });
    expect(await row()).toMatchObject({ state: 'read' });
  });
});
