// Somebody who calls the hospital and presses keys: SIPp (a real SIP telephone) against our answerer with the menu of booking.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { answerCalls } from '../../server/src/edges/sip/answer-calls.ts';
import { readPromptSounds } from '../../server/src/edges/sip/prompt-sounds.ts';
import { openCallMenu, prompts } from '../../server/src/modules/booking/index.ts';
import type { House } from '../../server/src/platform/module.ts';
import { sippPath } from './find-sipp.ts';

export interface Keypad {
  /** One call: answers the menu with these keys, then hangs up. Gives what was said, and what failed. */
  call(keys: string): Promise<{ said: string[]; faults: unknown[] }>;
  stop(): Promise<void>;
}

export async function openKeypad(house: House): Promise<Keypad> {
  const menu = openCallMenu(house, '');
  const sound = readPromptSounds(prompts.keys(), [new URL('../../server/prompts/vi/', import.meta.url).pathname]);
  let said: string[] = [];
  let faults: unknown[] = [];
  const answerer = await answerCalls({
    host: '127.0.0.1', port: 0, publicAddress: '', rtpPorts: { from: 0, to: 0 }, callsMax: 5, knows: () => true, fault: (what, error) => faults.push([what, error]),
    leader: { step: async (step) => { const answer = await menu(step); said.push(...answer.say); return answer; }, sound },
  });
  return {
    call: async (keys) => {
      [said, faults] = [[], []];
      await dial(answerer.port, keys);
      return { said, faults };
    },
    stop: () => answerer.stop(),
  };
}

async function dial(port: number, keys: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sen-sipp-'));
  const presses = [...keys].map((key) => `<nop><action><exec play_pcap_audio="/usr/share/sip-tester/dtmf_2833_${key === '#' ? 'pound' : key}.pcap"/></action></nop><pause milliseconds="${/[#1-3]/.test(key) ? 1000 : 500}"/>`).join('\n');
  const scenario = readFileSync(new URL('../front-desk/sipp-books.xml', import.meta.url), 'utf8').replace(/ {2}<nop>[^]*<pause milliseconds="900"\/>\n/, () => `${presses}\n`);
  writeFileSync(join(folder, 'scenario.xml'), scenario);
  const options = [`127.0.0.1:${port}`, '-sf', join(folder, 'scenario.xml'), '-m', '1', '-i', '127.0.0.1', '-mi', '127.0.0.1', '-nostdin', '-timeout', '60'];
  await promisify(execFile)(sippPath(), options, { cwd: folder }).finally(() => rmSync(folder, { recursive: true }));
}
