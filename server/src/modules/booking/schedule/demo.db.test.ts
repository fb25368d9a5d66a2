import { generateHospital } from '@sen/demo';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { importResources } from '../../record/index.ts';
import { ensureDemoAppointments } from './add-demo-appointments.ts';
import { ensureDemoSchedules } from './add-demo-schedules.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
  for (const batch of generateHospital({ seed: 5, now: db.clock(), patients: 20 })) await importResources(db.work(), batch);
}, 60_000);
afterAll(() => db.close());

describe('the demo hospital', () => {
  it('has sessions for weeks and people booked, made once', async () => {
    expect(await ensureDemoSchedules(db.work())).toBeGreaterThan(500);
    const booked = await ensureDemoAppointments(db.work());
    expect(booked).toBeGreaterThan(15);
    expect([await ensureDemoSchedules(db.work()), await ensureDemoAppointments(db.work())]).toEqual([0, 0]);
    const { rows } = await db.database.query<{ today: number; unlisted: number }>({
      text: `SELECT count(*) FILTER (WHERE day = '2026-03-02')::int AS today, count(*) FILTER (WHERE NOT EXISTS (SELECT 1 FROM booking.claim c WHERE c.appointment_id = a.id))::int AS unlisted FROM booking.appointment a`,
    });
    expect(rows[0]!.today).toBeGreaterThan(5);
    expect(rows[0]!.unlisted).toBe(0);
  }, 60_000);
});
