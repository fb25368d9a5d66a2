// The telephone keypad against the real booking: SIPp calls, presses keys, and the seat is booked, told and given back.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { generateHospital } from '@sen/demo';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerCalls, type Answerer } from '../../server/src/edges/sip/answer-calls.ts';
import { readPromptSounds } from '../../server/src/edges/sip/prompt-sounds.ts';
import { ensureDemoSchedules, listAppointments, openCallMenu, prompts } from '../../server/src/modules/booking/index.ts';
import { promptKey } from '../../server/src/modules/booking/telephone/prompt-key.ts';
import { loadRooms } from '../../server/src/modules/encounters/queue/find-room.ts';
import { importResources } from '../../server/src/modules/record/index.ts';
import { sippPath } from '../support/find-sipp.ts';
import { testServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let answerer: Answerer;
const hanh = 'hanh';
let said: string[] = [];
const faults: unknown[] = [];

beforeAll(async () => {
  server = await testServer();
  for (const batch of generateHospital({ seed: 7, now: server.db.clock(), patients: 2 })) await importResources(server.db.work(), batch);
  await loadRooms(server.db.work());
  await ensureDemoSchedules(server.db.work());
  const patient = { resourceType: 'Patient' as const, id: hanh, active: true, name: [{ text: 'Trần Thị Hạnh' }], gender: 'female', birthDate: '1968-03-14', telecom: [{ system: 'phone', value: '0912345678' }] };
  await importResources(server.db.work(), [patient]);
  const menu = openCallMenu(server.db.house, '');
  const sound = readPromptSounds(prompts.keys(), [new URL('../../server/prompts/vi/', import.meta.url).pathname]);
  answerer = await answerCalls({
    host: '127.0.0.1', port: 0, publicAddress: '', rtpPorts: { from: 0, to: 0 }, callsMax: 5, knows: () => true, fault: (what, error) => faults.push([what, error]),
    leader: { step: async (step) => { const answer = await menu(step); said.push(...answer.say); return answer; }, sound },
  });
}, 60_000);
afterAll(async () => {
  await answerer?.stop();
  await server?.close();
});

/** One call: SIPp answers the menu with these keys, then hangs up. */
async function call(keys: string): Promise<void> {
  said = [];
  const work = mkdtempSync(join(tmpdir(), 'sen-sipp-'));
  const presses = [...keys].map((key) => `<nop><action><exec play_pcap_audio="/usr/share/sip-tester/dtmf_2833_${key === '#' ? 'pound' : key}.pcap"/></action></nop><pause milliseconds="${/[#1-3]/.test(key) ? 1000 : 500}"/>`).join('\n');
  const scenario = readFileSync(new URL('./sipp-books.xml', import.meta.url), 'utf8').replace(/ {2}<nop>[^]*<pause milliseconds="900"\/>\n/, () => `${presses}\n`);
  writeFileSync(join(work, 'scenario.xml'), scenario);
  const options = [`127.0.0.1:${answerer.port}`, '-sf', join(work, 'scenario.xml'), '-m', '1', '-i', '127.0.0.1', '-mi', '127.0.0.1', '-nostdin', '-timeout', '60'];
  await promisify(execFile)(sippPath(), options, { cwd: work }).finally(() => rmSync(work, { recursive: true }));
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
