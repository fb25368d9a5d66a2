// A hospital that can be booked, over HTTP: the demo's rooms, doctors and weekly schedules, a dozen patients, and what the tests of the front desk do with them.
import type { AppointmentView, BookingHold, BookingStart } from '@sen/contracts';
import { generateHospital } from '@sen/demo';
import { expect } from 'vitest';
import { ensureDemoSchedules } from '../../server/src/modules/booking/index.ts';
import { lawHolidays } from '../../server/src/modules/booking/schedule/law-holidays.ts';
import { addDays, localDay, weekdayOf } from '../../server/src/modules/booking/seats/local-time.ts';
import { hashOf } from '../../server/src/modules/booking/seats/token.ts';
import { importResources } from '../../server/src/modules/record/index.ts';
import type { TestDatabaseOptions } from './database.ts';
import { testServer, type TestCaller, type TestServer } from './server.ts';

type Json = any; // eslint-disable-line -- wire tests look into any JSON

export interface Answer {
  readonly status: number;
  readonly body: Json;
}

export interface Clinic {
  readonly server: TestServer;
  readonly operator: TestCaller;
  readonly desk: TestCaller;
  /** Nobody has signed in. */
  readonly stranger: TestCaller;
  readonly people: readonly string[];
  /** The next working day. */
  readonly day: string;
  /** The working days from then on: `days[0]` is `day`. */
  readonly days: readonly string[];
  ask(who: TestCaller, method: string, path: string, body?: object): Promise<Answer>;
  /** Free starts of endocrinology. */
  starts(on?: string, who?: TestCaller): Promise<BookingStart[]>;
  hold(who: TestCaller, start: BookingStart, visitorToken?: string): Promise<{ status: number; body: BookingHold & { code?: string } }>;
  book(who: TestCaller, patientId: string, start: BookingStart): Promise<AppointmentView>;
  /** A token as a visitor gets it who shows that telephone. */
  visitor(phone: string): Promise<string>;
  rows<T extends object>(text: string, values?: readonly unknown[]): Promise<T[]>;
}

export const specialty = 'sen-hong-endocrine';

/** Opens it with a clock of the present. */
export async function openClinic(options: TestDatabaseOptions = {}): Promise<Clinic> {
  const server = await testServer(options);
  const people: string[] = [];
  for (const batch of generateHospital({ seed: 7, now: server.db.clock(), patients: 12 })) {
    await importResources(server.db.work(), batch);
    for (const { resourceType, id } of batch) if (resourceType === 'Patient' && id !== undefined) people.push(id);
  }
  await ensureDemoSchedules(server.db.work());
  const [operator, desk] = [await server.as('tongdai'), await server.as('tiepdon')];
  const stranger: TestCaller = { token: '', call: (path, init) => fetch(`${server.base}${path}`, init) };
  const today = localDay(server.db.clock());
  const ahead = Array.from({ length: 40 }, (_, i) => addDays(today, i + 1));
  const days = ahead.filter((one) => weekdayOf(one) <= 5 && !lawHolidays(Number(one.slice(0, 4))).has(one));
  const day = days[0]!;
  const ask: Clinic['ask'] = async (who, method, path, body) => {
    const type = path.startsWith('/fhir') ? 'application/fhir+json' : 'application/json';
    const answer = await who.call(path, { method, ...(body !== undefined && { headers: { 'content-type': type }, body: JSON.stringify(body) }) });
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
  };
  const hold: Clinic['hold'] = (who, { session, start }, visitorToken) => ask(who, 'POST', '/api/booking/holds', { session, start, ...(visitorToken !== undefined && { visitorToken }) });
  let visitors = 0;
  return {
    server, operator, desk, stranger, people, day, days, ask, hold,
    starts: async (on = day, who = operator) => (await ask(who, 'GET', `/api/booking/starts?specialty=${specialty}&date=${on}&only=free`)).body.starts,
    book: async (who, patientId, start) => {
      const held = await hold(who, start);
      expect(held.status, JSON.stringify(held.body)).toBe(200);
      const booked = await ask(who, 'POST', '/api/booking/appointments', { holdToken: held.body.holdToken, patientId, reason: 'Đau đầu' });
      expect(booked.status, JSON.stringify(booked.body)).toBe(200);
      return booked.body;
    },
    visitor: async (phone) => {
      const token = `visitor-${++visitors}`.padEnd(24, 'x');
      await server.db.database.query({
        text: `INSERT INTO booking.visitor (id, phone, address, code_hash, asked_at, until, token_hash, taken) VALUES (gen_random_uuid(), $1, 'test', '', $2, $3, $4, true)`,
        values: [phone, new Date(server.db.clock()), new Date(server.db.clock() + 1_800_000), hashOf(token)],
      });
      return token;
    },
    rows: async <T extends object>(text: string, values: readonly unknown[] = []) => (await server.db.database.query<T>({ text, values: [...values] })).rows,
  };
}
