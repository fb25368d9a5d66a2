// INVITE: a new call is answered and led through the menu; inside a call it changes where the sound goes (RFC 3261 §13, §14).
import { randomBytes } from 'node:crypto';
import { endCall, forgetCall, transferCall } from './end-call.ts';
import { leadCall } from './lead-call.ts';
import { openRtpStream, type RtpStream } from './open-rtp-stream.ts';
import { formatAnswer, parseOffer, type Offer } from './sdp.ts';
import { callKey, callerOf, type SipCall } from './sip-call.ts';
import { contact, ownAddress, respond, t1, t2, transactionMs, transmit, type SipLine } from './sip-line.ts';
import { cseqOf, header, parameter, uriOf, type SipRequest } from './sip-message.ts';
import type { Source } from './sip-response.ts';

export async function takeInvite(line: SipLine, request: SipRequest, source: Source): Promise<void> {
  const key = callKey(request, parameter(header(request, 'from') ?? '', 'tag') ?? '');
  const known = line.calls.get(key);
  if (parameter(header(request, 'to') ?? '', 'tag') !== undefined) {
    if (known === undefined) respond(line, request, 481, source);
    else changeCall(line, known, request, source);
    return;
  }
  if (known !== undefined) return; // the same INVITE along another way, or again before our answer
  const offer = acceptableOffer(line, request, source);
  if (offer === undefined) return;
  const call: SipCall = {
    invite: request, source, key, tag: randomBytes(8).toString('hex'), remoteTarget: uriOf(header(request, 'contact') ?? header(request, 'from') ?? ''),
    remoteNumber: cseqOf(request)?.number ?? 0, localNumber: 0, state: 'starting', version: 1,
  };
  line.calls.set(key, call);
  respond(line, request, 100, source);
  const stream = await openStream(line, call, offer);
  if (stream !== undefined) answerCall(line, call, offer, stream);
}

function acceptableOffer(line: SipLine, request: SipRequest, source: Source): Offer | undefined {
  const { calls, options } = line;
  const required = header(request, 'require');
  const offer = parseOffer(request.body);
  if (required !== undefined) respond(line, request, 420, source, { more: [['unsupported', required]] });
  else if (calls.size >= options.callsMax) respond(line, request, 486, source, { more: [['retry-after', '30']] });
  else if (request.body !== '' && !/^application\/sdp/i.test(header(request, 'content-type') ?? '')) respond(line, request, 415, source, { more: [['accept', 'application/sdp']] });
  else if (offer === undefined) respond(line, request, 488, source);
  else return offer;
  return undefined;
}

async function openStream(line: SipLine, call: SipCall, offer: Offer): Promise<RtpStream | undefined> {
  const { host, rtpPorts: ports, fault } = line.options;
  try {
    const stream = await openRtpStream(offer, { host, ports, ticker: line.ticker, onKey: (key) => call.led?.press(key) });
    if (line.calls.get(call.key) === call) return stream;
    stream.close(); // cancelled meanwhile
  } catch (error) {
    fault('no port for a call', error);
    forgetCall(line, call);
    respond(line, call.invite, 503, call.source, { tag: call.tag });
  }
  return undefined;
}

function answerCall(line: SipLine, call: SipCall, offer: Offer, stream: RtpStream): void {
  const { leader, fault } = line.options;
  call.stream = stream;
  call.answer = respond(line, call.invite, 200, call.source, { tag: call.tag, ...session(line, call, offer, stream) });
  call.state = 'answered';
  repeatAnswer(line, call, t1, performance.now());
  call.led = leadCall(leader, header(call.invite, 'call-id') ?? '', callerOf(call.invite), stream, {
    end: (target) => (target === undefined ? endCall(line, call) : transferCall(line, call, target)),
    fault: (error) => {
      fault('the menu of a call', error);
      endCall(line, call);
    },
  });
}

/** §13.3.1.4: the 200 is sent again until it is acknowledged; never acknowledged, the call ends. */
function repeatAnswer(line: SipLine, call: SipCall, wait: number, since: number): void {
  call.timer = setTimeout(() => {
    if (call.state !== 'answered' || call.answer === undefined) return;
    if (performance.now() - since > transactionMs) {
      endCall(line, call);
      return;
    }
    transmit(line, call.answer, call.source);
    repeatAnswer(line, call, Math.min(wait * 2, t2), since);
  }, wait);
}

/** A re-INVITE (§14.2): hold, or another place for the sound. */
function changeCall(line: SipLine, call: SipCall, request: SipRequest, source: Source): void {
  const number = cseqOf(request)?.number ?? 0;
  const offer = parseOffer(request.body === '' ? call.invite.body : request.body);
  if (number < call.remoteNumber) respond(line, request, 500, source);
  else if (call.stream === undefined) respond(line, request, 491, source);
  else if (offer === undefined) respond(line, request, 488, source);
  else {
    call.remoteNumber = number;
    call.remoteTarget = uriOf(header(request, 'contact') ?? call.remoteTarget);
    call.version += 1;
    call.stream.turnTo(offer);
    respond(line, request, 200, source, session(line, call, offer, call.stream));
  }
}

function session(line: SipLine, call: SipCall, offer: Offer, { port }: RtpStream) {
  return { more: [...contact(line), ['content-type', 'application/sdp']] as const, body: formatAnswer(offer, ownAddress(line), port, call.version) };
}
