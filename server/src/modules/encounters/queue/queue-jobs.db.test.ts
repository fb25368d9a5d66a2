// What the queue does by itself: tells of late rooms, and learns how long a turn takes.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hospitalResources } from '../../../../../packages/demo/src/hospital.ts';
import { testDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { updateResource } from '../../record/index.ts';
import { encounters } from '../module.ts';
import { findLength } from './find-length.ts';
import { receiveVisit } from './receive-visit.ts';
import { roomsOf } from './room-store.ts';

const minute = 60_000;
let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
  for (const resource of hospitalResources()) await updateResource(db.work(), { type: resource.resourceType, id: resource.id!, resource });
  await run('load-rooms');
});
afterAll(async () => db.close());

const run = (job: string) => encounters.jobs![job]!.run(db.work(), db.house);

async function arrive(id: string, more: Partial<Parameters<typeof receiveVisit>[1]>): Promise<string> {
  await updateResource(db.work(), { type: 'Patient', id, resource: { resourceType: 'Patient', id, name: [{ text: `Trần Văn ${id}` }], birthDate: '1980-05-01' } });
  return (await receiveVisit(db.work(), { patientId: id, roomId: 'sen-hong-205', ...more })).visitId;
}

describe('rooms of the demo hospital', () => {
  it('say what they are for and where they are', async () => {
    const rooms = await roomsOf(db.work().db, 'sen-hong', '2026-03-02');
    const of = (id: string) => rooms.find((room) => room.id === `sen-hong-${id}`);
    expect(['205', 'sl1', 'tn1', 'lm1', 'xn1', 'd1'].map((id) => [of(id)?.kind, of(id)?.way])).toEqual([
      ['exam', 'Tầng 2, nhà A'], ['triage', 'Tầng 1, nhà A, cạnh cửa vào'], ['payment', 'Tầng 1, nhà A, sảnh chính'],
      ['laboratory', 'Tầng 1, nhà B'], ['laboratory', 'Tầng 1, nhà B'], ['pharmacy', 'Tầng 1, nhà A, cạnh cổng ra'],
    ]);
  });
});

describe('a late room', () => {
  const told = () => db.told.filter((name) => name === 'encounters.room-late').length;

  it('is told when it is 15 min behind, and again for each further 15, never twice for the same', async () => {
    await arrive('late', { slotAt: db.clock() + 5 * minute });
    const counts: number[] = [];
    for (const step of [10, 10, 1, 10, 4]) {
      db.clock.advance(step * minute); // 5, 15, 16, 26, 30 min behind
      await run('report-late-rooms');
      counts.push(told());
    }
    expect(counts).toEqual([0, 1, 1, 1, 2]);
  });
});

describe('lengths', () => {
  it('are learned from 20 turns on, of the doctor and of all', async () => {
    const doctor = { id: 'le-minh-quang', name: 'BS. Lê Minh Quang' };
    const serve = async (minutes: number) => {
      const visitId = await arrive(`learned-${minutes}`, { doctor });
      await db.database.query({ text: `UPDATE encounters.turn SET state = 'done', served_ms = $2 WHERE visit_id = $1`, values: [visitId, minutes * minute] });
    };
    for (let minutes = 1; minutes <= 19; minutes++) await serve(minutes);
    await run('learn-lengths');
    expect((await findLength(db.work(), doctor.id, undefined)).from).toBe('default');
    await serve(20);
    await run('learn-lengths');
    expect(await findLength(db.work(), doctor.id, undefined)).toMatchObject({ from: 'doctor', turns: 20, p50: 10.5 });
    expect(await findLength(db.work(), 'somebody-else', undefined)).toMatchObject({ from: 'all', turns: 20 });
  });
});
