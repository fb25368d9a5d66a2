// A small HTTP/1.1 client on a bare socket: the load generator shares the cores with what it measures, so it must cost little.
import net from 'node:net';
import tls from 'node:tls';

export interface Reply {
  readonly status: number;
  readonly headers: string;
  readonly body: Buffer;
}

export interface Connection {
  /** Sends one request and waits for its whole reply; one at a time. Reconnects when the server closed the connection in between. */
  send(request: Buffer): Promise<Reply>;
  close(): void;
}

/** Builds the bytes of a request. */
export function requestBytes(base: URL, token: string | undefined, method: string, path: string, body?: string): Buffer {
  const lines = [
    `${method} ${base.pathname.replace(/\/$/, '')}/${path} HTTP/1.1`,
    `Host: ${base.host}`,
    'Accept: application/fhir+json',
    ...(token === undefined ? [] : [`Authorization: Bearer ${token}`]),
    ...(body === undefined ? [] : ['Content-Type: application/fhir+json', `Content-Length: ${Buffer.byteLength(body)}`]),
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body ?? ''}`);
}

/** Opens a keep-alive connection to a server; connects at the first request. */
export function openConnection(base: URL, timeoutMs = 60_000): Connection {
  const line: Line = { socket: undefined, waiting: undefined };
  return {
    send: (request) =>
      new Promise<Reply>((resolve, reject) => {
        line.waiting = { resolve, reject };
        line.socket ??= connect(line, base, timeoutMs);
        line.socket.write(request);
      }),
    close: () => hangUp(line),
  };
}

interface Line {
  socket: net.Socket | undefined;
  waiting: Waiting | undefined;
}

function connect(line: Line, base: URL, timeoutMs: number): net.Socket {
  const opened = connectTo(base);
  const reader = replyReader((outcome) => settle(line, outcome));
  opened.setNoDelay(true);
  opened.setTimeout(timeoutMs, () => opened === line.socket && settle(line, new Error('timeout')));
  opened.on('data', reader.data);
  opened.on('error', (error) => opened === line.socket && settle(line, error));
  opened.on('close', () => {
    if (opened !== line.socket) return;
    line.socket = undefined;
    if (line.waiting) reader.end();
  });
  return opened;
}

function settle(line: Line, outcome: Reply | Error): void {
  const { waiting } = line;
  line.waiting = undefined;
  const failed = outcome instanceof Error;
  if (failed || /\r\nconnection: *close/i.test(outcome.headers)) hangUp(line);
  if (failed) waiting?.reject(outcome);
  else waiting?.resolve(outcome);
}

function hangUp(line: Line): void {
  const { socket } = line;
  line.socket = undefined;
  socket?.destroy();
}

interface Waiting {
  resolve(reply: Reply): void;
  reject(error: Error): void;
}

function connectTo(base: URL): net.Socket {
  const secure = base.protocol === 'https:';
  const port = base.port === '' ? (secure ? 443 : 80) : Number(base.port);
  const host = base.hostname.replace(/^\[|\]$/g, '');
  return secure ? tls.connect({ host, port, servername: host }) : net.connect({ host, port });
}

/** Puts replies together from what arrives. Replies follow requests one by one, so all bytes belong to the current reply. */
function replyReader(settle: (outcome: Reply | Error) => void) {
  let parts: Buffer[] = [];
  let received = 0;
  let head: Head | undefined;
  const reset = () => {
    parts = [];
    received = 0;
    head = undefined;
  };
  const finish = (reply: Reply) => {
    reset();
    settle(reply);
  };
  const data = (part: Buffer) => {
    parts.push(part);
    received += part.length;
    if (head !== undefined && (received < head.end || (head.framing === 'chunked' && !endsReply(part)))) return;
    const all = parts.length === 1 ? part : Buffer.concat(parts);
    parts = [all];
    head ??= readHead(all);
    if (head === undefined) return;
    const body = bodyOf(head, all);
    if (body !== undefined) finish({ status: head.status, headers: head.headers, body });
  };
  const end = () => {
    const all = Buffer.concat(parts);
    const known = head;
    reset();
    if (known === undefined || known.framing !== 'until-close') return settle(new Error('connection closed before the reply was complete'));
    settle({ status: known.status, headers: known.headers, body: all.subarray(known.start) });
  };
  return { data, end };
}

// A last piece shorter than the end mark says nothing by itself: then the whole is looked at.
function endsReply(part: Buffer): boolean {
  return part.length < 5 || part.toString('latin1', part.length - 5) === '0\r\n\r\n';
}

interface Head {
  readonly status: number;
  readonly headers: string;
  readonly framing: 'length' | 'chunked' | 'until-close';
  readonly start: number;
  /** Bytes to have before it is worth looking again. */
  readonly end: number;
}

function readHead(all: Buffer): Head | undefined {
  const at = all.indexOf('\r\n\r\n');
  if (at < 0) return undefined;
  const headers = all.toString('latin1', 0, at);
  const status = Number(headers.slice(9, 12));
  const start = at + 4;
  const length = /\r\ncontent-length: *(\d+)/i.exec(headers);
  if (length) return { status, headers, framing: 'length', start, end: start + Number(length[1]) };
  if (/\r\ntransfer-encoding: *chunked/i.test(headers)) return { status, headers, framing: 'chunked', start, end: start + 5 };
  const bodiless = status === 204 || status === 304;
  return { status, headers, framing: bodiless ? 'length' : 'until-close', start, end: bodiless ? start : Number.POSITIVE_INFINITY };
}

function bodyOf(head: Head, all: Buffer): Buffer | undefined {
  if (head.framing === 'length') return all.length >= head.end ? all.subarray(head.start, head.end) : undefined;
  // The last chunk ends the reply: without it there is no use in walking the chunks yet.
  if (head.framing !== 'chunked' || all.toString('latin1', all.length - 5) !== '0\r\n\r\n') return undefined;
  return joinChunks(all, head.start);
}

function joinChunks(all: Buffer, start: number): Buffer | undefined {
  const chunks: Buffer[] = [];
  for (let at = start; ; ) {
    const line = all.indexOf('\r\n', at);
    if (line < 0) return undefined;
    const size = Number.parseInt(all.toString('latin1', at, line), 16);
    if (size === 0) return Buffer.concat(chunks);
    const next = line + 2 + size + 2;
    if (next > all.length) return undefined;
    chunks.push(all.subarray(line + 2, line + 2 + size));
    at = next;
  }
}
