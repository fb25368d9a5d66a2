// A visitor of the public page, over the wire: a code by telephone, tries that are counted, a booking, and the booking found again. The code is read where the telephone would get it.
import type { AppointmentView } from '@sen/contracts';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitUntil } from '../../server/src/platform/processes.ts';
import { openClinic, type Answer, type Clinic } from '../support/clinic.ts';

let clinic: Clinic;
beforeAll(async () => {
  clinic = await openClinic();
}, 60_000);
afterAll(() => clinic?.server.close());

const post = (path: string, body: object): Promise<Answer> => clinic.ask(clinic.stranger, 'POST', `/api/public/booking/${path}`, body);
const refusedAs = ({ status, body }: Answer) => [status, body.code];

interface Letter { readonly to: string; readonly code?: string }
function codesOf(phone: string): string[] {
  const files = join(clinic.server.db.house.settings.data, 'outbox');
  const names = existsSync(files) ? readdirSync(files).filter((name) => name.endsWith('.json')).sort() : [];
  return names.map((name) => JSON.parse(readFileSync(join(files, name), 'utf8')) as Letter).flatMap(({ to, code }) => (to === phone && code !== undefined ? [code] : []));
}
async function newCode(phone: string): Promise<string> {
  const before = codesOf(phone).length;
  expect((await post('codes', { phone })).status).toBe(200);
  expect(await waitUntil(() => codesOf(phone).length === before + 1, 10_000)).toBe(true);
  return codesOf(phone).at(-1)!;
}
const otherThan = (code: string, by = 1) => String((Number(code) + by) % 1_000_000).padStart(6, '0');

describe('a code by telephone', () => {
  it('comes to a mobile number, once a minute and five times an hour', async () => {
    const phone = '0912000201';
    expect(refusedAs(await post('codes', { phone: '024 3825 3531' }))).toEqual([400, 'booking.no-mobile-number']);
    expect(await newCode(phone)).toMatch(/^\d{6}$/);
    expect(refusedAs(await post('codes', { phone: '+84 912 000 201' }))).toEqual([429, 'booking.wait-for-code']);
    for (let i = 0; i < 4; i++) {
      clinic.server.db.clock.advance(61_000);
      await newCode(phone);
    }
    clinic.server.db.clock.advance(61_000);
    expect(refusedAs(await post('codes', { phone }))).toEqual([429, 'booking.wait-for-code']);
    clinic.server.db.clock.advance(3_600_000);
    await newCode(phone);
  });

  it('is sent once for a number that several ask for at once', async () => {
    const asked = await Promise.all(Array.from({ length: 6 }, () => post('codes', { phone: '0912000202' })));
    expect(asked.map(({ status }) => status).sort()).toEqual([200, 429, 429, 429, 429, 429]);
  });

  it('is tried five times at most, works once, and ends after five minutes', async () => {
    const phone = '0912000203';
    const verify = (code: string) => post('verify', { phone, code });
    const first = await newCode(phone);
    for (let i = 1; i <= 5; i++) expect(refusedAs(await verify(otherThan(first, i)))).toEqual([403, 'booking.wrong-code']);
    expect(refusedAs(await verify(first))).toEqual([403, 'booking.wrong-code']);
    clinic.server.db.clock.advance(61_000);
    const second = await newCode(phone);
    expect((await verify(second)).status).toBe(200);
    expect(refusedAs(await verify(second))).toEqual([403, 'booking.wrong-code']);
    clinic.server.db.clock.advance(61_000);
    const third = await newCode(phone);
    expect(refusedAs(await post('verify', { phone: '0912000204', code: third }))).toEqual([403, 'booking.wrong-code']);
    clinic.server.db.clock.advance(5 * 60_000 + 1000);
    expect(refusedAs(await verify(third))).toEqual([403, 'booking.wrong-code']);
  });

  it('books, and the booking is seen, moved and cancelled with its own code by whoever has the number', async () => {
    const phone = '0912000205';
    const { visitorToken } = (await post('verify', { phone, code: await newCode(phone) })).body as { visitorToken: string };
    const [first, second] = await clinic.starts();
    expect((await clinic.hold(clinic.stranger, first!)).status).toBe(401);
    const held = await clinic.hold(clinic.stranger, first!, visitorToken);
    expect(held.status).toBe(200);
    const wish = { holdToken: held.body.holdToken, visitorToken, person: { name: 'Trần Thị Bưởi', birthDate: '1961-02-03', phone } };
    const booked = (await clinic.ask(clinic.stranger, 'POST', '/api/booking/appointments', wish)).body as AppointmentView;
    expect(booked).toMatchObject({ state: 'booked', channel: 'web', patientName: 'Bưởi', start: first!.start });
    const again = (await clinic.ask(clinic.stranger, 'POST', '/api/booking/appointments', wish)).body as AppointmentView;
    expect(again.code).toBe(booked.code);
    const { code } = booked;
    expect((await post('appointments/read', { code, phone })).body).toMatchObject({ state: 'booked', start: first!.start, patientName: 'Bưởi' });
    expect(JSON.stringify((await post('appointments/read', { code, phone })).body)).not.toMatch(/Trần|1961|patientId/);
    expect(refusedAs(await post('appointments/read', { code, phone: '0912000206' }))).toEqual([404, 'booking.no-such-appointment']);
    const other = await clinic.hold(clinic.stranger, second!, visitorToken);
    expect((await post('appointments/move', { code, phone, holdToken: other.body.holdToken })).body).toMatchObject({ start: second!.start });
    expect((await post('appointments/cancel', { code, phone })).body).toMatchObject({ state: 'cancelled' });
    clinic.server.db.clock.advance(31 * 60_000);
    expect((await clinic.hold(clinic.stranger, first!, visitorToken)).status).toBe(401);
  });
});
