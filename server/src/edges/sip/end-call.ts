// Requests of ours inside a call, and its end.
import { randomBytes } from 'node:crypto';
import { formatRequest, type SipCall } from './sip-call.ts';
import { ownAddress, t1, t2, transactionMs, transmit, type SipLine } from './sip-line.ts';

type Headers = readonly (readonly [string, string])[];

/** Ends a call on our side only: the other has said so, or never heard of it. */
export function forgetCall(line: SipLine, call: SipCall): void {
  if (call.state === 'ended') return;
  call.state = 'ended';
  clearTimeout(call.timer);
  call.led?.hungUp();
  call.stream?.close();
  line.calls.delete(call.key);
}

/** Hangs up (§15.1.1). */
export function endCall(line: SipLine, call: SipCall): void {
  if (call.state === 'ended') return;
  forgetCall(line, call);
  sendRequest(line, call, 'BYE', [], () => undefined);
}

/** RFC 3515: the other side is asked to call the operator; with its refusal, or soon after its consent, our part is over. */
export function transferCall(line: SipLine, call: SipCall, target: string): void {
  call.timer = setTimeout(() => endCall(line, call), transactionMs);
  sendRequest(line, call, 'REFER', [['refer-to', `<${target}>`], ['contact', `<sip:sen@${ownAddress(line)}:${line.port}>`]], (status) => {
    clearTimeout(call.timer);
    if (status >= 300) endCall(line, call);
    else call.timer = setTimeout(() => endCall(line, call), 10_000);
  });
}

/** Sends until there is a final answer (§17.1.2.2, timers E and F). */
function sendRequest(line: SipLine, call: SipCall, method: string, more: Headers, answered: (status: number) => void): void {
  const branch = `z9hG4bK${randomBytes(8).toString('hex')}`;
  const request = formatRequest(call, method, `SIP/2.0/UDP ${ownAddress(line)}:${line.port};branch=${branch};rport`, more);
  const started = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const stop = () => {
    clearTimeout(timer);
    line.pending.delete(branch);
  };
  const send = (wait: number) => {
    if (performance.now() - started > transactionMs) {
      stop();
      answered(408);
      return;
    }
    transmit(line, request, call.source);
    timer = setTimeout(() => send(Math.min(wait * 2, t2)), wait);
  };
  line.pending.set(branch, { stop, answered });
  send(t1);
}
