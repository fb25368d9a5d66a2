import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import type { Queryable } from '../../../platform/database.ts';
import { followDays } from './follow-days.ts';

const [facility, day, nextDay] = ['sen-lotus', '2026-11-24', '2026-11-25'];
const sessionOf = { [day]: randomUUID(), [nextDay]: randomUUID() };
let db: TestDatabase;

beforeAll(async () => {
  db = await testDatabase();
  await db.database.query({ text: `INSERT INTO booking.specialty (id, facility, name) VALUES ('eyes', $1, 'Mắt')`, values: [facility] });
  for (const [date, id] of Object.entries(sessionOf)) {
    const text = `INSERT INTO booking.session (id, facility, day, room_id, room_name, specialty_id, during, step_minutes, lanes)
      VALUES ($1, $2, $3::date, 'room-1', 'Phòng 1', 'eyes', tstzrange($3::date + time '07:00', $3::date + time '11:00'), 15, 1)`;
    await db.database.query({ text, values: [id, facility, date] });
  }
});
afterAll(() => db.close());

async function book(queryable: Queryable, id: string, minute: number): Promise<void> {
  const text = `INSERT INTO booking.appointment (id, facility, patient_id, person_name, person_sex, state, session_id, during, day, visit_type, channel, code, qr, booked_by, booked_at)
    VALUES ($1, $2, 'p-' || $1, 'Người ' || $1, 'female', 'booked', $3, tstzrange($4::date + make_interval(mins => 420 + $5), $4::date + make_interval(mins => 430 + $5)), $4, 'first', 'app', $1, 'qr-' || $1, 'x', now())`;
  await queryable.query({ text, values: [id, facility, sessionOf[day], day, minute] });
}

const keysOf = async (follow: ReturnType<typeof followDays>, date = day) => [...(await follow(db.work(), facility, date)).entries.keys()].toSorted();

describe('the people of a day in memory', () => {
  it('shows at once what was committed before the question, also by a transaction that began before others and ended after them', async () => {
    const follow = followDays();
    await book(db.database, 'lan', 0);
    expect(await keysOf(follow)).toEqual(['lan']);
    await db.work().transact(async (slow) => {
      await book(slow.db, 'mai', 10);
      await book(db.database, 'cuc', 20);
      expect(await keysOf(follow)).toEqual(['cuc', 'lan']);
    });
    expect(await keysOf(follow)).toEqual(['cuc', 'lan', 'mai']);
  });

  it('lets who is moved to another day leave the list, and those whose session gets another room follow it', async () => {
    const follow = followDays();
    await book(db.database, 'dao', 30);
    expect(await keysOf(follow)).toContain('dao');
    expect(await keysOf(follow, nextDay)).toEqual([]);
    await db.database.query({ text: 'UPDATE booking.appointment SET day = $1, session_id = $2 WHERE id = $3', values: [nextDay, sessionOf[nextDay], 'dao'] });
    expect(await keysOf(follow)).not.toContain('dao');
    expect(await keysOf(follow, nextDay)).toEqual(['dao']);
    await db.database.query({ text: `UPDATE booking.session SET room_id = 'room-2', room_name = 'Phòng 2' WHERE id = $1`, values: [sessionOf[nextDay]] });
    expect((await follow(db.work(), facility, nextDay)).entries.get('dao')).toMatchObject({ roomId: 'room-2', appointment: { roomName: 'Phòng 2' } });
  });

  it('reads nothing again when nothing changed, and once for all who ask together', async () => {
    const follow = followDays();
    await keysOf(follow);
    const asked: string[] = [];
    const work = db.work();
    const listening = { ...work, db: { query: (query: { name?: string }) => (asked.push(query.name ?? ''), work.db.query(query as never)) } as Queryable };
    await follow(listening, facility, day);
    expect(asked).toEqual(['booking.appointments-changed', 'encounters.visits-changed']);
    await Promise.all(Array.from({ length: 20 }, () => follow(listening, facility, day)));
    expect(asked).toHaveLength(6); // the one under way, and one for the nineteen who asked after it had begun
  });
});
