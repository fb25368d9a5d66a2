// The telephone on the wire: RFC 3261, 3264, 3550 and 4733, by a caller of our own and by SIPp.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { answerCalls, type Answerer } from '../../server/src/edges/sip/answer-calls.ts';
import { inLaw } from '../../server/src/edges/sip/law.ts';
import { parseOffer } from '../../server/src/edges/sip/sdp.ts';
import { parseMessage } from '../../server/src/edges/sip/sip-message.ts';
import { readPromptSounds } from '../../server/src/edges/sip/prompt-sounds.ts';
import { answerMenu, prompts, type MenuState, type PhoneDesk } from '../../server/src/modules/booking/index.ts';
import { sippPath } from '../support/find-sipp.ts';
import { telephone } from '../support/telephone.ts';

const folder = new URL('../../server/prompts/vi/', import.meta.url).pathname;
const sound = readPromptSounds(prompts.keys(), [folder]);
let answerer: Answerer;
afterEach(() => answerer.stop());

async function open(callsMax = 10) {
  const done: string[] = [];
  const faults: unknown[] = [];
  const states = new Map<string, MenuState>();
  const seat = { session: 's', start: '2026-11-25T01:30:00Z', room: 'Phòng 205' };
  const desk: PhoneDesk = {
    findPeople: async (digits) => (digits === '0912345678' ? [{ id: 'hanh', givenName: 'Hạnh' }] : []),
    bornOn: async () => false, listSpecialties: async () => [{ id: 'nt', name: 'Nội tiết' }], findStarts: async () => [seat], hold: async () => 'cho', release: async () => undefined,
    book: async (_, patient) => (done.push(`book ${patient}`), { ...seat, id: 'hen', arriveAt: seat.start }), nextAppointment: async () => undefined, cancel: async () => true,
  };
  const step = async ({ call, event, digits = '' }: { call: string; event: string; digits?: string }) => {
    done.push(`${event} ${digits}`.trim());
    if (event === 'hang-up') return { say: [], next: 'hang-up' as const };
    const turn = await answerMenu(desk, event === 'start' ? undefined : states.get(call), digits);
    states.set(call, turn.state);
    const ask = { most: turn.next === 'ask' ? turn.most : 0, endOn: '#' as const, waitMs: 8000, betweenMs: 3000 };
    return { say: turn.say, next: turn.next, ...(turn.next === 'ask' ? { ask } : {}) };
  };
  answerer = await answerCalls({ host: '127.0.0.1', port: 0, publicAddress: '', rtpPorts: { from: 0, to: 0 }, callsMax, knows: () => true, leader: { step, sound }, fault: (what, error) => faults.push([what, error]) });
  return { done, faults };
}

describe('A call', () => {
  it('is answered, hears the greeting in the law it asked for, books by keys, and ends with BYE', async () => {
    const { done, faults } = await open();
    const caller = await telephone(answerer.port);
    caller.invite('c1');
    const ok = await caller.receives(/^SIP\/2\.0 200 OK\r\n[^]*INVITE/);
    const [tag, rtpPort] = [/\nTo:.*;tag=(\w+)/.exec(ok)![1]!, Number(/m=audio (\d+) RTP\/AVP 8 101/.exec(ok)![1])];
    caller.inCall('ACK', 'c1', tag, 1);
    await expect.poll(() => caller.heard.length, { timeout: 5000 }).toBeGreaterThan(20);
    const greeting = inLaw('PCMA', sound(['welcome', 'main']));
    const first = caller.heard.findIndex(({ payload }) => payload.equals(greeting.subarray(0, 160)));
    expect(Buffer.concat(caller.heard.slice(first, first + 10).map(({ payload }) => payload))).toEqual(greeting.subarray(0, 1600));
    expect(caller.heard.slice(1, 20).map(({ sequence, timestamp }, at) => [sequence - caller.heard[at]!.sequence, timestamp - caller.heard[at]!.timestamp])).toEqual(Array.from({ length: 19 }, () => [1, 160]));
    for (const [place, entry] of ['1', '0912345678#', '1', '1', '1', '1'].entries()) {
      for (const key of entry) caller.press(key, rtpPort);
      await expect.poll(() => done.filter((line) => line.startsWith('digits')).length, { timeout: 5000 }).toBe(place + 1);
      const before = caller.heard.length;
      await expect.poll(() => caller.heard.length, { timeout: 5000 }).toBeGreaterThan(before + 2);
    }
    caller.inCall('BYE', 'c1', tag, 2);
    await caller.receives(/^SIP\/2\.0 200 OK\r\n[^]*CSeq: 2 BYE/);
    expect(done).toEqual(['start', 'digits 1', 'digits 0912345678', 'digits 1', 'digits 1', 'digits 1', 'digits 1', 'book hanh', 'hang-up']);
    expect([answerer.calls, faults]).toEqual([0, []]);
    caller.close();
  });

  it('is refused where there is nothing to speak (488), no room (486), no such call (481), and garbage is left unanswered', async () => {
    const { faults } = await open(0);
    const caller = await telephone(answerer.port);
    for (let run = 0; run < 5000; run += 1) expect([parseMessage(randomBytes(run % 400)), parseOffer(randomBytes(run % 400).toString('latin1'))]).toEqual([undefined, undefined]);
    for (let run = 0; run < 40; run += 1) caller.send(randomBytes(1 + run * 9).toString('latin1'));
    const whole = 'INVITE sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP x;branch=z\r\nFrom: <sip:a>;tag=1\r\nTo: <sip:b>\r\nCall-ID: f\r\nCSeq: 1 INVITE\r\n\r\nm=audio';
    for (let cut = 0; cut < whole.length; cut += 3) caller.send(whole.slice(0, cut) + whole.slice(cut + 2));
    caller.invite('full');
    await caller.receives(/^SIP\/2\.0 486 /);
    caller.inCall('BYE', 'nobody', 'x', 9);
    await caller.receives(/^SIP\/2\.0 481 /);
    expect(faults).toEqual([]);
    caller.close();
  });

  it('is made by SIPp, which books with recorded keys', async () => {
    const { done } = await open();
    const sipp = sippPath();
    const work = mkdtempSync(join(tmpdir(), 'sen-sipp-'));
    const digits = [...'0912345678'].map((key) => `<nop><action><exec play_pcap_audio="[dtmf]/dtmf_2833_${key}.pcap"/></action></nop><pause milliseconds="500"/>`).join('\n');
    const scenario = readFileSync(new URL('./sipp-books.xml', import.meta.url), 'utf8').replace('DIGITS', digits).replaceAll('[dtmf]', '/usr/share/sip-tester');
    writeFileSync(join(work, 'scenario.xml'), scenario);
    const run = await promisify(execFile)(sipp, [`127.0.0.1:${answerer.port}`, '-sf', join(work, 'scenario.xml'), '-m', '1', '-i', '127.0.0.1', '-mi', '127.0.0.1', '-nostdin', '-timeout', '60'], { cwd: work }).catch((error: { code: number; stdout: string; stderr: string }) => error);
    rmSync(work, { recursive: true });
    expect('code' in run ? `${run.code} ${run.stderr.slice(0, 600)}` : 'done').toBe('done');
    expect(done).toContain('book hanh');
  }, 90_000);
});
