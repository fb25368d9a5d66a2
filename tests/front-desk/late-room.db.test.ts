// A doctor runs late: those booked who are not here yet get the new time by message, once for each quarter of an hour, whatever runs twice.
import type { AppointmentView, BookingStart } from '@sen/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openClinic, type Clinic } from '../support/clinic.ts';
import { hearQueued, runJob } from '../support/queued.ts';

const minute = 60_000;
let clinic: Clinic;
beforeAll(async () => {
  clinic = await openClinic();
}, 60_000);
afterAll(() => clinic?.server.close());

async function book(patient: number, start: BookingStart): Promise<AppointmentView> {
  const held = await clinic.hold(clinic.operator, start);
  const { status, body } = await clinic.ask(clinic.operator, 'POST', '/api/booking/appointments', { holdToken: held.body.holdToken, patientId: clinic.people[patient], contactPhone: `091200020${patient}` });
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
}

/** When messages about an appointment were made, in minutes after an instant. What they say is sealed. */
async function told({ id }: AppointmentView, since: number): Promise<number[]> {
  const rows = await clinic.rows<{ at: Date }>(`SELECT created_at AS at FROM messages.message WHERE about_id = $1 AND template = 'booking.late' ORDER BY created_at`, [id]);
  return rows.map(({ at }) => Math.round((at.getTime() - since) / minute));
}

it('is told when 15 minutes behind and again 15 later, to those who are not here, never twice', async () => {
  const all = await clinic.starts();
  const room = [...Map.groupBy(all, (one) => one.room.id).values()].find((starts) => starts.length >= 8)!;
  const [first, second, third] = [await book(0, room[0]!), await book(1, room[5]!), await book(2, room[7]!)];
  const { clock } = clinic.server.db;
  const slot = Date.parse(room[0]!.start);
  clock.advance(slot - 20 * minute - clock());
  const desk = await clinic.server.as('tiepdon');
  expect((await clinic.ask(desk, 'POST', '/api/desk/arrivals', { appointmentId: first.id })).status).toBe(200);
  await hearQueued(clinic.server, 'booking');
  const seen: unknown[] = [];
  for (const behind of [10, 15, 16, 29, 31]) {
    clock.advance(slot + behind * minute - clock());
    await runJob(clinic.server, 'encounters', 'report-late-rooms');
    await runJob(clinic.server, 'encounters', 'report-late-rooms');
    const heard = (await hearQueued(clinic.server, 'booking', true)).filter((name) => name === 'encounters.room-late').length;
    seen.push([behind, heard, await told(first, slot), await told(second, slot), await told(third, slot)]);
  }
  expect(seen).toEqual([
    [10, 0, [], [], []],
    [15, 1, [], [15], [15]],
    [16, 0, [], [15], [15]],
    [29, 0, [], [15], [15]],
    [31, 1, [], [15, 31], [15, 31]],
  ]);
}, 60_000);
