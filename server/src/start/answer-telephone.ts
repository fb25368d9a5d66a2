// The built-in answerer of calls, where a port for it is set.
import { answerCalls, type Answerer } from '../edges/sip/answer-calls.ts';
import { readPromptSounds } from '../edges/sip/prompt-sounds.ts';
import { openCallMenu, prompts } from '../modules/booking/index.ts';
import { faultFields, type Log } from '../platform/log.ts';
import type { House } from '../platform/module.ts';

const ours = new URL('../../prompts/vi/', import.meta.url).pathname;

/** Opens the SIP port and answers calls by the voice menu; undefined where none is set. */
export async function answerTelephone(house: House, log: Log): Promise<Answerer | undefined> {
  const { sipPort: port, sipHost: host, sipPublicAddress: publicAddress, sipPeers, sipCallsMax: callsMax, rtpFrom: from, rtpTo: to, sipOperator, promptsFolder } = house.settings;
  if (port === 0) return undefined;
  const peers = new Set(sipPeers.split(',').map((one) => one.trim()));
  const sound = readPromptSounds(prompts.keys(), promptsFolder === '' ? [ours] : [promptsFolder, ours]);
  return answerCalls({
    host, port, publicAddress, callsMax, rtpPorts: { from, to }, knows: (address) => peers.has(address),
    leader: { step: openCallMenu(house, sipOperator), sound }, fault: (what, error) => log.error('the telephone failed', { module: what, ...faultFields(error) }),
  });
}
