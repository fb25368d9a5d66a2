// The response to a request (RFC 3261 §8.2.6): Via, From, To, Call-ID and CSeq as they came, where it came from as RFC 3581 wants it.
import { formatMessage, header, parameter, type SipRequest } from './sip-message.ts';

export interface Source {
  readonly address: string;
  readonly port: number;
}

const reasons: Readonly<Record<number, string>> = {
  100: 'Trying', 180: 'Ringing', 200: 'OK', 202: 'Accepted', 400: 'Bad Request', 403: 'Forbidden', 404: 'Not Found', 405: 'Method Not Allowed', 415: 'Unsupported Media Type',
  420: 'Bad Extension', 481: 'Call/Transaction Does Not Exist', 486: 'Busy Here', 487: 'Request Terminated', 488: 'Not Acceptable Here', 491: 'Request Pending', 500: 'Server Internal Error', 503: 'Service Unavailable',
};

export const allowed = 'INVITE, ACK, BYE, CANCEL, OPTIONS, INFO, NOTIFY';

export interface ResponseParts {
  readonly tag?: string;
  readonly more?: readonly (readonly [string, string])[];
  readonly body?: string;
}

/** Writes a response; `tag` is ours, added to a To that has none yet. */
export function formatResponse(request: SipRequest, status: number, source: Source, { tag, more = [], body = '' }: ResponseParts = {}): Buffer {
  const [top = '', ...below] = request.headers.get('via') ?? [];
  const to = header(request, 'to') ?? '';
  const recordRoute = status < 300 ? (request.headers.get('record-route') ?? []) : [];
  return formatMessage(`SIP/2.0 ${status} ${reasons[status] ?? 'Error'}`, [
    ['via', withSource(top, source)],
    ...below.map((line) => ['via', line] as const),
    ...recordRoute.map((line) => ['record-route', line] as const),
    ['from', header(request, 'from') ?? ''],
    ['to', tag === undefined || parameter(to, 'tag') !== undefined ? to : `${to};tag=${tag}`],
    ['call-id', header(request, 'call-id') ?? ''],
    ['cseq', header(request, 'cseq') ?? ''],
    ['server', 'Sen'],
    ...more,
  ], body);
}

/** RFC 3581 §4: `received` always, `rport` filled in where it was asked for. Only the first of several Vias in one line is ours to fill. */
function withSource(line: string, { address, port }: Source): string {
  const [first = '', ...others] = line.split(',');
  const filled = first.replace(/;\s*rport(?:=\d*)?(?=;|\s*$)/i, `;rport=${port}`).replace(/;\s*received=[^;]*/i, '');
  return [`${filled};received=${address}`, ...others].join(',');
}
