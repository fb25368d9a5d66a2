// Attacks on the open doors of the front desk: codes by SMS, codes of bookings, screens in the waiting room, live streams, calls of providers.
import { createHmac } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendVisitorCode } from '../../server/src/modules/booking/visitors/send-visitor-code.ts';
import { receiveCall } from '../../server/src/modules/messages/replies/receive-call.ts';
import { openClinic, type Clinic } from '../support/clinic.ts';

let clinic: Clinic;
beforeAll(async () => {
  clinic = await openClinic();
}, 120_000);
afterAll(() => clinic?.server.close());

describe('codes to a telephone', () => {
  it('go to no more than thirty numbers an hour from one subscriber, also at once, also from the whole of an IPv6 network', async () => {
    const { server } = clinic;
    const send = (i: number, address: string) => sendVisitorCode(server.db.work(), `09${String(30_000_000 + i)}`, address).then(() => 1, () => 0);
    const sum = async (sent: Promise<number>[]) => (await Promise.all(sent)).reduce((all, one) => all + one, 0);
    expect(await sum(Array.from({ length: 45 }, (_, i) => send(i, '203.0.113.9')))).toBe(30);
    expect(await sum(Array.from({ length: 45 }, (_, i) => send(100 + i, `2001:db8:7:7:${i.toString(16)}::1`)))).toBe(30);
  }, 60_000);
});

describe('the code of a booking', () => {
  it('is not guessed by the telephone, nor the telephone by the code', async () => {
    const { server, ask, stranger, starts, hold, visitor, rows } = clinic;
    const token = await visitor('84915000111');
    const held = await hold(stranger, (await starts())[0]!, token);
    const booked = await ask(stranger, 'POST', '/api/booking/appointments', { holdToken: held.body.holdToken, visitorToken: token, person: { name: 'Trần Thị Bưởi', birthDate: '1961', phone: '0915000111' } });
    const [{ code }] = (await rows<{ code: string }>('SELECT code FROM booking.appointment WHERE id = $1', [booked.body.id])) as [{ code: string }];
    const read = (one: string, phone: string) => ask(stranger, 'POST', '/api/public/booking/appointments/read', { code: one, phone });
    expect((await read(code, '0915000111')).status).toBe(200);
    const other = ['000000006', '100000004', '200000002', '300000009', '400000007', '500000005', '600000003', '700000001', '800000008', '900000006', '010000001', '020000009'];
    for (const one of other) await read(one, '0915000111');
    const valid = await Promise.all(Array.from({ length: 400 }, (_, i) => String(10_000_000 + i)).flatMap((digits) => Array.from({ length: 10 }, (_, last) => `${digits}${last}`)).slice(0, 200).map((one) => read(one, '0915000111')));
    expect(valid.some(({ body }) => body.code === 'booking.too-many-tries')).toBe(true);
    expect((await read(code, '0915000111')).body.code).toBe('booking.too-many-tries');
    server.db.clock.advance(3_600_000);
    expect((await read(code, '0915000111')).status).toBe(200);
    for (let i = 0; i < 12; i++) await read(code, `09160000${String(i).padStart(2, '0')}`);
    expect((await read(code, '0915000111')).body.code).toBe('booking.too-many-tries');
  }, 60_000);
});

describe('live streams', () => {
  const follow = async (paths: readonly string[], token?: string) => {
    const stop = new AbortController();
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const answers = await Promise.all(paths.map((path) => fetch(`${clinic.server.base}${path}`, { headers, signal: stop.signal })));
    const opened = answers.filter(({ status }) => status === 200).length;
    stop.abort();
    return opened;
  };

  it('of one session are eight, however many are asked for at once', async () => {
    expect(await follow(Array.from({ length: 30 }, () => '/api/live?topic=room/sen-hong-301'), clinic.desk.token)).toBe(8);
  });

  it('of one screen are forty: its link takes nothing from the others', async () => {
    const { ask, server } = clinic;
    const { body } = await ask(await server.as('nurse'), 'POST', '/api/boards', { name: 'Tầng 3', roomIds: ['sen-hong-301'] });
    expect(await follow(Array.from({ length: 60 }, () => `/api/board/${body.key}/live`))).toBe(40);
    expect(await follow(['/api/board/no-such-board-key-at-all0/live'])).toBe(0);
  });
});

describe('a screen in the waiting room', () => {
  it('shows no whole name, birth date, reason or id of a patient', async () => {
    const { ask, server, people, stranger } = clinic;
    const { receiveVisit } = await import('../../server/src/modules/encounters/index.ts');
    await receiveVisit(server.db.work(), { patientId: people[0]!, roomId: 'sen-hong-301', reason: 'Đau ngực' });
    const { body: made } = await ask(await server.as('nurse'), 'POST', '/api/boards', { name: 'Tầng 3', roomIds: ['sen-hong-301'] });
    const shown = await ask(stranger, 'GET', `/api/board/${made.key}`);
    const { body: patient } = await ask(server, 'GET', `/fhir/R4/Patient/${people[0]}`);
    const text = JSON.stringify(shown.body);
    expect(shown.body.rooms[0].waiting).toBe(1);
    for (const secret of [patient.name[0].text as string, patient.birthDate as string, people[0]!, 'Đau ngực']) expect(text).not.toContain(secret);
  });
});

describe('a call that claims to be of the provider of messages', () => {
  it('is not believed while the file of its key is empty', async () => {
    const { server } = clinic;
    const folder = join(tmpdir(), `sen-empty-key-${process.pid}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'key'), '\n');
    const [seconds, body] = [Math.floor(server.db.clock() / 1000), JSON.stringify({ kind: 'reply', from: '0912345678', text: '2' })];
    const signature = `t=${seconds},v1=${createHmac('sha256', '').update(`${seconds}.${body}`).digest('hex')}`;
    await expect(receiveCall(server.db.work(), { adapter: 'sms', body, signature }, '')).rejects.toMatchObject({ code: 'messages.bad-signature' });
  });
});
