// What is known of one call (a dialog, RFC 3261 §12.1.1) and the requests we send in it.
import { formatMessage, header, uriOf, type SipRequest } from './sip-message.ts';
import type { LedCall } from './lead-call.ts';
import type { RtpStream } from './open-rtp-stream.ts';
import type { Source } from './sip-response.ts';

export interface SipCall {
  readonly invite: SipRequest;
  readonly source: Source;
  readonly tag: string;
  readonly key: string;
  remoteTarget: string;
  remoteNumber: number;
  localNumber: number;
  state: 'starting' | 'answered' | 'confirmed' | 'ended';
  stream?: RtpStream;
  led?: LedCall;
  /** The 200 that answered, sent again until it is acknowledged (§13.3.1.4). */
  answer?: Buffer;
  timer?: NodeJS.Timeout;
  version: number;
}

/** Dialog of a request: Call-ID and the tag of the other side. */
export function callKey(request: SipRequest, fromTag: string): string {
  return `${header(request, 'call-id') ?? ''}\n${fromTag}`;
}

/** Writes a request of ours inside the dialog (§12.2.1.1): to its remote target, along its route. */
export function formatRequest(call: SipCall, method: string, via: string, more: readonly (readonly [string, string])[] = []): Buffer {
  call.localNumber += 1;
  const route = call.invite.headers.get('record-route') ?? [];
  return formatMessage(`${method} ${call.remoteTarget} SIP/2.0`, [
    ['via', via],
    ['max-forwards', '70'],
    ...route.map((line) => ['route', line] as const),
    ['from', `${header(call.invite, 'to') ?? ''};tag=${call.tag}`],
    ['to', header(call.invite, 'from') ?? ''],
    ['call-id', header(call.invite, 'call-id') ?? ''],
    ['cseq', `${call.localNumber} ${method}`],
    ['user-agent', 'Sen'],
    ...more,
  ]);
}

/** The caller's number, from what a trusted network asserts (RFC 3325) or else From; undefined when withheld. */
export function callerOf(invite: SipRequest): string | undefined {
  const uri = uriOf(header(invite, 'p-asserted-identity') ?? header(invite, 'from') ?? '');
  const [, user] = /^(?:sips?|tel):(\+?[0-9 ().-]{2,24})(?:[@;]|$)/i.exec(uri) ?? [];
  return user;
}
