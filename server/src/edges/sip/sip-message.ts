// SIP messages as text (RFC 3261 §7): read with bounds, because anybody may send to an open port; written back byte for byte where the standard says copy.

export interface SipMessage {
  /** Of a request. */
  readonly method?: string;
  readonly uri?: string;
  /** Of a response. */
  readonly status?: number;
  /** Lines by long name in small letters, each as it came, in order. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: string;
}

export type SipRequest = SipMessage & { readonly method: string; readonly uri: string };

const mostBytes = 16_384;
const mostHeaders = 128;
const longNames: Readonly<Record<string, string>> = {
  v: 'via', f: 'from', t: 'to', i: 'call-id', m: 'contact', l: 'content-length', c: 'content-type', k: 'supported', s: 'subject', e: 'content-encoding', r: 'refer-to',
};
const written: Readonly<Record<string, string>> = { 'call-id': 'Call-ID', cseq: 'CSeq' };

/** Reads one datagram; undefined for what is no SIP message or lacks what every message must have (§8.1.1). */
export function parseMessage(datagram: Buffer): SipMessage | undefined {
  if (datagram.length > mostBytes) return undefined;
  const text = datagram.toString('utf8');
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [first = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = readHeaders(lines);
  if (headers === undefined || ['via', 'from', 'to', 'call-id', 'cseq'].some((name) => headers.get(name) === undefined)) return undefined;
  const body = bodyOf(text.slice(end + 4), headers);
  const line = startLine(first);
  if (line === undefined || body === undefined) return undefined;
  return { ...line, headers, body };
}

export function isRequest(message: SipMessage): message is SipRequest {
  return message.method !== undefined;
}

function startLine(line: string): { method: string; uri: string } | { status: number } | undefined {
  const [, status] = /^SIP\/2\.0 ([1-6]\d\d)(?: |$)/i.exec(line) ?? [];
  if (status !== undefined) return { status: Number(status) };
  const [, method, uri] = /^([A-Za-z.!%*_+`'~-]{1,32}) (\S{1,1024}) SIP\/2\.0$/i.exec(line) ?? [];
  return method === undefined || uri === undefined ? undefined : { method, uri };
}

function readHeaders(lines: readonly string[]): Map<string, string[]> | undefined {
  const headers = new Map<string, string[]>();
  const unfolded: string[] = [];
  for (const line of lines) {
    if (/^[ \t]/.test(line) && unfolded.length > 0) unfolded.push(`${unfolded.pop()!} ${line.trim()}`); // §7.3.1: folded lines
    else unfolded.push(line);
  }
  if (unfolded.length > mostHeaders) return undefined;
  for (const line of unfolded) {
    const [, name, value] = /^([A-Za-z0-9.!%*_+`'~-]{1,64})[ \t]*:[ \t]*(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) return undefined;
    const key = longNames[name.toLowerCase()] ?? name.toLowerCase();
    headers.set(key, [...(headers.get(key) ?? []), value.trim()]);
  }
  return headers;
}

/** §18.3: over UDP a body is what Content-Length says, or the rest; less than said is refused. */
function bodyOf(rest: string, headers: ReadonlyMap<string, readonly string[]>): string | undefined {
  const told = headers.get('content-length')?.[0];
  if (told === undefined) return rest;
  if (!/^\d{1,6}$/.test(told)) return undefined;
  const bytes = Buffer.from(rest, 'utf8');
  return bytes.length < Number(told) ? undefined : bytes.subarray(0, Number(told)).toString('utf8');
}

/** The first line of a header. */
export function header(message: SipMessage, name: string): string | undefined {
  return message.headers.get(name)?.[0];
}

/** A parameter of a header value, after its last address (`;tag=x`). */
export function parameter(value: string, name: string): string | undefined {
  const tail = value.slice(value.lastIndexOf('>') + 1);
  for (const part of tail.split(';').slice(1)) {
    const [key = '', ...rest] = part.split('=');
    if (key.trim().toLowerCase() === name) return rest.join('=').trim();
  }
  return undefined;
}

/** The URI inside `"Name" <sip:x>;tag=y` or `sip:x;tag=y`. */
export function uriOf(value: string): string {
  const [, inside] = /<([^<>]*)>/.exec(value) ?? [];
  return inside ?? (value.split(';')[0] ?? '').trim();
}

export interface CSeq {
  readonly number: number;
  readonly method: string;
}

export function cseqOf(message: SipMessage): CSeq | undefined {
  const [, number, method] = /^(\d{1,10})\s+(\S+)$/.exec(header(message, 'cseq') ?? '') ?? [];
  return number === undefined || method === undefined ? undefined : { number: Number(number), method };
}

/** Writes a message; Content-Length is always told. */
export function formatMessage(first: string, headers: readonly (readonly [name: string, value: string])[], body = ''): Buffer {
  const lines = headers.map(([name, value]) => `${written[name] ?? name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase())}: ${value}`);
  return Buffer.from([first, ...lines, `Content-Length: ${Buffer.byteLength(body)}`, '', body].join('\r\n'), 'utf8');
}
