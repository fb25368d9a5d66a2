// The answerer: takes calls over SIP and UDP (a user agent server of RFC 3261), leads each through the menu, ends or transfers it.
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { endCall, forgetCall } from './end-call.ts';
import { callKey, type SipCall } from './sip-call.ts';
import { respond, transactionKey, transmit, type AnswererOptions, type SipLine } from './sip-line.ts';
import { header, isRequest, parameter, parseMessage, type SipMessage, type SipRequest } from './sip-message.ts';
import { allowed, type Source } from './sip-response.ts';
import { takeInvite } from './take-invite.ts';
import { newTicker } from './ticker.ts';

export interface Answerer {
  readonly port: number;
  readonly calls: number;
  stop(): Promise<void>;
}

/** Opens the port and answers until stopped. Rejects when the port is taken. */
export async function answerCalls(options: AnswererOptions): Promise<Answerer> {
  const line = await openLine(options);
  const sweep = setInterval(() => sweepLine(line), 5_000);
  line.socket.on('message', (bytes, from) => hear(line, bytes, from));
  line.socket.on('error', (error) => options.fault('the SIP port', error));
  return {
    port: line.port,
    get calls() {
      return line.calls.size;
    },
    stop: async () => {
      clearInterval(sweep);
      for (const call of line.calls.values()) endCall(line, call);
      for (const { stop } of line.pending.values()) stop();
      line.ticker.stop();
      await new Promise<void>((resolve) => line.socket.close(() => resolve()));
    },
  };
}

async function openLine(options: AnswererOptions): Promise<SipLine> {
  const socket = createSocket(isIPv6(options.host) ? 'udp6' : 'udp4');
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(options.port, options.host, () => resolve());
  });
  socket.removeAllListeners('error');
  return { options, socket, port: socket.address().port, ticker: newTicker(), calls: new Map(), transactions: new Map(), pending: new Map() };
}

function sweepLine(line: SipLine): void {
  const now = performance.now();
  for (const [key, { until }] of line.transactions) if (until < now) line.transactions.delete(key);
  for (const call of line.calls.values()) if (call.stream?.lost === true) endCall(line, call);
}

function hear(line: SipLine, bytes: Buffer, from: Source): void {
  if (!line.options.knows(from.address)) return;
  const message = parseMessage(bytes);
  if (message === undefined) return;
  try {
    if (isRequest(message)) takeRequest(line, message, from);
    else takeResponse(line, message);
  } catch (error) {
    line.options.fault('a SIP message', error);
  }
}

function takeRequest(line: SipLine, request: SipRequest, source: Source): void {
  if (request.method === 'ACK') return acknowledge(line, request);
  const before = line.transactions.get(transactionKey(request));
  if (before !== undefined) return transmit(line, before.response, source);
  switch (request.method) {
    case 'INVITE': return void takeInvite(line, request, source).catch((error: unknown) => line.options.fault('an INVITE', error));
    case 'CANCEL': return cancel(line, request, source);
    case 'INFO': return info(line, request, source);
    case 'NOTIFY': return inCall(line, request, source, () => void respond(line, request, 200, source));
    case 'BYE': return inCall(line, request, source, (call) => {
      respond(line, request, 200, source);
      forgetCall(line, call);
    });
    case 'OPTIONS': return void respond(line, request, 200, source, { tag: randomBytes(4).toString('hex'), more: [['allow', allowed], ['accept', 'application/sdp']] });
    default: return void respond(line, request, 405, source, { more: [['allow', allowed]] });
  }
}

function callOf(line: SipLine, request: SipRequest): SipCall | undefined {
  return line.calls.get(callKey(request, parameter(header(request, 'from') ?? '', 'tag') ?? ''));
}

function acknowledge(line: SipLine, request: SipRequest): void {
  const call = callOf(line, request);
  if (call?.state !== 'answered') return;
  call.state = 'confirmed';
  clearTimeout(call.timer);
}

/** Requests inside a call that is there; 481 otherwise (§12.2.2). */
function inCall(line: SipLine, request: SipRequest, source: Source, then: (call: SipCall) => void): void {
  const call = callOf(line, request);
  if (call === undefined || parameter(header(request, 'to') ?? '', 'tag') !== call.tag) respond(line, request, 481, source);
  else then(call);
}

function cancel(line: SipLine, request: SipRequest, source: Source): void {
  const call = callOf(line, request);
  if (call === undefined) return void respond(line, request, 481, source);
  respond(line, request, 200, source, { tag: call.tag });
  if (call.state !== 'starting') return; // §9.2: answered already, a BYE will follow
  forgetCall(line, call);
  respond(line, call.invite, 487, source, { tag: call.tag });
}

/** Keys as text, for telephones that send no RFC 4733. */
function info(line: SipLine, request: SipRequest, source: Source): void {
  inCall(line, request, source, (call) => {
    respond(line, request, 200, source);
    const key = /^application\/dtmf(-relay)?/i.test(header(request, 'content-type') ?? '') ? /^(?:Signal\s*=\s*)?([0-9*#])/im.exec(request.body)?.[1] : undefined;
    if (key !== undefined) call.led?.press(key);
  });
}

function takeResponse(line: SipLine, message: SipMessage): void {
  const waiting = line.pending.get(parameter(header(message, 'via') ?? '', 'branch') ?? '');
  if (waiting === undefined || (message.status ?? 0) < 200) return;
  waiting.stop();
  waiting.answered(message.status ?? 0);
}
