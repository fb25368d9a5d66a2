// The line as it stands: its socket, its calls, and the responses kept for requests that come again.
import type { Socket } from 'node:dgram';
import type { CallLeader } from './lead-call.ts';
import type { SipCall } from './sip-call.ts';
import { cseqOf, header, parameter, type SipRequest } from './sip-message.ts';
import { allowed, formatResponse, type ResponseParts, type Source } from './sip-response.ts';
import type { Ticker } from './ticker.ts';

/** RFC 3261 §17.1.1.1: first wait for an answer, longest wait between two, and when it is given up. */
export const t1 = 500;
export const t2 = 4_000;
export const transactionMs = 64 * t1;

export interface AnswererOptions {
  readonly host: string;
  readonly port: number;
  /** Address told to the other side; `host` when empty. */
  readonly publicAddress: string;
  readonly rtpPorts: { readonly from: number; readonly to: number };
  readonly callsMax: number;
  /** Who may call; others are not even answered. */
  readonly knows: (address: string) => boolean;
  readonly leader: CallLeader;
  readonly fault: (what: string, error: unknown) => void;
}

export interface SipLine {
  readonly options: AnswererOptions;
  readonly socket: Socket;
  readonly port: number;
  readonly ticker: Ticker;
  readonly calls: Map<string, SipCall>;
  readonly transactions: Map<string, { readonly response: Buffer; readonly until: number }>;
  /** Requests of ours without a final answer, by branch. */
  readonly pending: Map<string, { readonly stop: () => void; readonly answered: (status: number) => void }>;
}

/** Responses kept for requests that come again: a flood of new ones pushes out the oldest and takes no more memory. */
const transactionsMost = 2_000;

export function transmit({ socket }: SipLine, bytes: Buffer, { address, port }: Source): void {
  socket.send(bytes, port, address, () => undefined); // an unreachable caller is found out by the timers
}

/** Responds, and keeps the response for the same request coming again (§17.2). */
export function respond(line: SipLine, request: SipRequest, status: number, source: Source, parts: ResponseParts = {}): Buffer {
  const response = formatResponse(request, status, source, parts);
  line.transactions.set(transactionKey(request), { response, until: performance.now() + transactionMs });
  for (const key of line.transactions.keys()) {
    if (line.transactions.size <= transactionsMost) break;
    line.transactions.delete(key);
  }
  transmit(line, response, source);
  return response;
}

/** §17.2.3: branch, sent-by and method. */
export function transactionKey(request: SipRequest): string {
  const via = header(request, 'via') ?? '';
  return [parameter(via, 'branch'), via.split(';')[0], request.method, cseqOf(request)?.number, header(request, 'call-id')].join('\n');
}

export function ownAddress({ options }: SipLine): string {
  return options.publicAddress === '' ? options.host : options.publicAddress;
}

export function contact(line: SipLine): readonly (readonly [string, string])[] {
  return [['contact', `<sip:sen@${ownAddress(line)}:${line.port}>`], ['allow', allowed]];
}
