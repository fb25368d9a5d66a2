// The telephone keypad against the real booking: SIPp calls, presses keys, and the seat is booked, told and given back.
import { generateHospital } from '@sen/demo';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureDemoSchedules, listAppointments } from '../../server/src/modules/booking/index.ts';
import { promptKey } from '../../server/src/modules/booking/telephone/prompt-key.ts';
import { loadRooms } from '../../server/src/modules/encounters/queue/find-room.ts';
import { importResources } from '../../server/src/modules/record/index.ts';
import { openKeypad, type Keypad } from '../support/keypad.ts';
import { testServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let keypad: Keypad;
const hanh = 'hanh';
let said: string[] = [];
let faults: unknown[] = [];

beforeAll(async () => {
  server = await testServer();
  for (const batch of generateHospital({ seed: 7, now: server.db.clock(), patients: 2 })) await importResources(server.db.work(), batch);
  await loadRooms(server.db.work());
  await ensureDemoSchedules(server.db.work());
  const patient = { resourceType: 'Patient' as const, id: hanh, active: true, name: [{ text: 'Trần Thị Hạnh' }], gender: 'female', birthDate: '1968-03-14', telecom: [{ system: 'phone', value: '0912345678' }] };
  await importResources(server.db.work(), [patient]);
  keypad = await openKeypad(server.db.house);
}, 60_000);
afterAll(async () => {
  await keypad?.stop();
  await server?.close();
});

async function call(keys: string): Promise<void> {
  ({ said, faults } = await keypad.call(keys));
}
const coming = async () => (await listAppointments(server.db.work(), [hanh])).coming;

describe('by telephone keypad', () => {
  it('books the soonest time, as the channel phone, and the operators see what came of the call', async () => {
    await call('10912345678#1111');
    const [booked, ...more] = await coming();
    expect([more, faults]).toEqual([[], []]);
    expect(booked).toMatchObject({ state: 'booked', channel: 'phone' });
    expect(said).toEqual(expect.arrayContaining([`name/${promptKey('Hạnh')}`, 'you-chose', 'booked', 'message-follows']));
    const { calls } = (await (await (await server.as('tongdai')).call('/api/switchboard/calls')).json()) as { calls: object[] };
    expect(calls).toMatchObject([{ state: 'ended', from: '0912345678', appointment: booked!.id }]);
  }, 90_000);

  it('tells the next appointment to nobody with a wrong birth date, and to who knows it', async () => {
    await call('20912345678#115031968#');
    expect(said).toContain('birth-wrong');
    expect(said).not.toContain('next-appointment');
    await call('20912345678#114031968#');
    expect(said).toEqual(expect.arrayContaining(['next-appointment', 'arrive-at']));
  }, 90_000);

  it('cancels, and the seat is free again', async () => {
    await call('30912345678#114031968#1');
    expect(said).toContain('cancelled');
    expect(await coming()).toEqual([]);
  }, 90_000);
});
