// An outside switchboard leads callers through the menu over HTTP: it signs, plays what it is told, and sends the keys that were pressed.
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SpokenPrompt } from '@sen/contracts';
import { generateHospital } from '@sen/demo';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureDemoSchedules, listAppointments } from '../../server/src/modules/booking/index.ts';
import { loadRooms } from '../../server/src/modules/encounters/queue/find-room.ts';
import { importResources } from '../../server/src/modules/record/index.ts';
import { testServer, type TestServer } from '../support/server.ts';

interface Said {
  readonly say: readonly SpokenPrompt[];
  readonly next: 'ask' | 'transfer' | 'hang-up';
  readonly ask?: { readonly most: number };
  readonly transferTo?: string;
}

let server: TestServer;
const folder = mkdtempSync(join(tmpdir(), 'sen-ivr-'));
const key = 'khoa-tong-dai-ngoai';
const hanh = 'hanh';

beforeAll(async () => {
  writeFileSync(join(folder, 'key'), `${key}\n`);
  server = await testServer({ env: { SEN_SWITCHBOARD_KEY_FILE: join(folder, 'key'), SEN_SIP_OPERATOR: 'sip:101@tongdai.benhvien' } });
  for (const batch of generateHospital({ seed: 7, now: server.db.clock(), patients: 2 })) await importResources(server.db.work(), batch);
  await loadRooms(server.db.work());
  await ensureDemoSchedules(server.db.work());
  await importResources(server.db.work(), [
    { resourceType: 'Patient', id: hanh, active: true, name: [{ text: 'Trần Thị Hạnh' }], gender: 'female', birthDate: '1968-03-14', telecom: [{ system: 'phone', value: '0912345678' }] },
  ]);
}, 60_000);
afterAll(async () => {
  await server?.close();
  rmSync(folder, { recursive: true });
});

/** What a switchboard sends, signed. */
async function send(step: object, signedWith = key): Promise<Response> {
  const body = JSON.stringify(step);
  const seconds = Math.floor(server.db.clock() / 1000);
  const signature = `t=${seconds},v1=${createHmac('sha256', signedWith).update(`${seconds}.${body}`).digest('hex')}`;
  return fetch(`${server.base}/api/switchboard/ivr`, { method: 'POST', body, headers: { 'content-type': 'application/json', 'x-sen-signature': signature } });
}
const step = async (one: object): Promise<Said> => {
  const answer = await send(one);
  expect(answer.status).toBe(200);
  return (await answer.json()) as Said;
};

/** A whole call: each entry is what the caller presses when asked; gives all that was said. */
async function callThrough(call: string, entries: readonly string[]): Promise<{ said: string[]; last: Said }> {
  let last = await step({ call, event: 'start', from: '0912345678' });
  const said = last.say.map(({ key: prompt }) => prompt);
  for (const [at, digits] of entries.entries()) {
    expect(last.next).toBe('ask');
    last = await step({ call, event: 'digits', turn: at + 1, digits });
    said.push(...last.say.map(({ key: prompt }) => prompt));
  }
  await step({ call, event: 'hang-up' });
  return { said, last };
}
const coming = async () => (await listAppointments(server.db.work(), [hanh])).coming;

describe('a switchboard that leads the menu over HTTP', () => {
  it('books the soonest time by keypad, and the operators see what came of the call', async () => {
    const { said, last } = await callThrough('ast-1', ['1', '0912345678#', '1', '1', '1', '1']);
    expect(said).toEqual(expect.arrayContaining(['welcome', 'main', 'enter-number', 'the-patient-is', 'choose-specialty', 'choose-time', 'you-chose', 'booked', 'message-follows']));
    expect(last.say[0]).toMatchObject({ key: 'booked', text: 'Đã đặt khám.', url: '/api/switchboard/prompts/booked.wav' });
    const [booked, ...more] = await coming();
    expect([booked?.channel, booked?.state, more]).toEqual(['phone', 'booked', []]);
    const { calls } = (await (await (await server.as('tongdai')).call('/api/switchboard/calls')).json()) as { calls: object[] };
    expect(calls).toMatchObject([{ state: 'ended', from: '0912345678', appointment: booked!.id }]);
  });

  it('does a step once that is sent twice, and none that follows nothing', async () => {
    const call = 'ast-2';
    await step({ call, event: 'start' });
    const first = await step({ call, event: 'digits', turn: 1, digits: '3' });
    expect(await step({ call, event: 'digits', turn: 1, digits: '3' })).toEqual(first);
    await step({ call, event: 'digits', turn: 2, digits: '0912345678#' });
    await step({ call, event: 'digits', turn: 3, digits: '1' });
    await step({ call, event: 'digits', turn: 4, digits: '14031968' });
    const [one, other] = await Promise.all([send({ call, event: 'digits', turn: 5, digits: '1' }), send({ call, event: 'digits', turn: 5, digits: '1' })]);
    expect([one.status, other.status].filter((status) => status === 200).length).toBeGreaterThanOrEqual(1);
    const again = await step({ call, event: 'digits', turn: 5, digits: '1' });
    expect(again.say[0]!.key).toBe('cancelled');
    expect(await coming()).toEqual([]);
    const ahead = await send({ call, event: 'digits', turn: 9, digits: '1' });
    expect([ahead.status, ((await ahead.json()) as { code: string }).code]).toEqual([409, 'booking.call-out-of-step']);
    const unknown = await send({ call: 'nobody', event: 'digits', digits: '1' });
    expect([unknown.status, ((await unknown.json()) as { code: string }).code]).toEqual([404, 'booking.no-such-call']);
  });

  it('gives the call to the operators when asked, and believes no birth date after six wrong ones, over calls', async () => {
    const asked = await callThrough('ast-3', ['0']);
    expect(asked.last).toMatchObject({ next: 'transfer', transferTo: 'sip:101@tongdai.benhvien', say: [{ key: 'to-operator' }] });
    await callThrough('ast-4', ['2', '0912345678#', '1', '01011968', '02011968', '03011968']);
    await callThrough('ast-5', ['2', '0912345678#', '1', '04011968', '05011968', '06011968']);
    const right = await callThrough('ast-6', ['2', '0912345678#', '1', '14031968']);
    expect(right.said).toContain('birth-wrong');
    server.db.clock.advance(24 * 3_600_000 + 1);
    const nextDay = await callThrough('ast-7', ['2', '0912345678#', '1', '14031968']);
    expect(nextDay.said).toContain('no-appointment');
  });

  it('plays what it says: each prompt is a sound file of 8 kHz; what is no prompt is not there', async () => {
    const { say } = await step({ call: 'ast-8', event: 'start' });
    for (const { url } of say) {
      const sound = await fetch(`${server.base}${url}`);
      expect([sound.status, sound.headers.get('content-type')]).toEqual([200, 'audio/wav']);
      const bytes = Buffer.from(await sound.arrayBuffer());
      expect([bytes.toString('latin1', 0, 4), bytes.toString('latin1', 8, 16), bytes.readUInt16LE(20), bytes.readUInt32LE(24), bytes.readUInt32LE(40)]).toEqual(['RIFF', 'WAVEfmt ', 1, 8000, bytes.length - 44]);
      const raw = await fetch(`${server.base}${url.replace('.wav', '.ulaw')}`);
      expect((await raw.arrayBuffer()).byteLength * 2).toBe(bytes.length - 44);
    }
    for (const path of ['no-such.wav', 'name/..%2f..%2fmanifest.wav', '..%2fmanifest.json']) expect((await fetch(`${server.base}/api/switchboard/prompts/${path}`)).status).toBe(404);
  });

  it('leads nobody for who does not sign with the key', async () => {
    expect((await send({ call: 'x', event: 'start' }, 'khac')).status).toBe(401);
    expect((await server.call('/api/switchboard/ivr', { method: 'POST', body: '{"call":"x","event":"start"}', headers: { 'content-type': 'application/json' } })).status).toBe(401);
  });
});
