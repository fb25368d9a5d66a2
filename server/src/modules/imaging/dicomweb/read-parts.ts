// Splits a multipart body (RFC 2046, 5.1) as it comes: a part passes through, whatever its length.

export interface BodyPart {
  /** Names in small letters. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: AsyncIterable<Uint8Array>;
}

/** The body is no multipart, or ends before it says so. */
export class MultipartBroken extends Error {}

const mostHeaderBytes = 8 * 1024;
const lineEnd = '\r\n';

/** Gives one part after the other; what is left unread of a part is passed over. Throws MultipartBroken, also from within a part that is not closed. */
export async function* readParts(source: AsyncIterable<Uint8Array>, boundary: string): AsyncGenerator<BodyPart> {
  const stream = windowOver(source);
  const delimiter = Buffer.from(`${lineEnd}--${boundary}`);
  for await (const _ of upTo(stream, delimiter)); // the preamble
  while (!(await isLast(stream))) {
    const headers = readHeaders(await textUpTo(stream, `${lineEnd}${lineEnd}`));
    const body = upTo(stream, delimiter);
    yield { headers, body };
    for await (const _ of body);
  }
}

interface Window {
  rest: Buffer;
  /** False at the end. */
  more(): Promise<boolean>;
}

function windowOver(source: AsyncIterable<Uint8Array>): Window {
  const chunks = source[Symbol.asyncIterator]();
  const stream: Window = {
    // The first delimiter may stand at the very beginning, without a line before it.
    rest: Buffer.from(lineEnd),
    more: async () => {
      const { done, value } = await chunks.next();
      if (done === true) return false;
      const next = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
      stream.rest = stream.rest.length === 0 ? next : Buffer.concat([stream.rest, next]);
      return true;
    },
  };
  return stream;
}

/** What stands before the delimiter. Behind, the window begins after it. */
async function* upTo(stream: Window, delimiter: Buffer): AsyncGenerator<Uint8Array, void, undefined> {
  for (;;) {
    const at = stream.rest.indexOf(delimiter);
    if (at !== -1) {
      const last = stream.rest.subarray(0, at);
      stream.rest = stream.rest.subarray(at + delimiter.length);
      if (last.length > 0) yield last;
      return;
    }
    // The delimiter may begin at the end of this chunk.
    const sure = stream.rest.length - delimiter.length + 1;
    const part = stream.rest.subarray(0, Math.max(sure, 0));
    stream.rest = stream.rest.subarray(part.length);
    if (part.length > 0) yield part;
    if (!(await stream.more())) throw new MultipartBroken();
  }
}

async function isLast(stream: Window): Promise<boolean> {
  while (stream.rest.length < 2) if (!(await stream.more())) throw new MultipartBroken();
  return stream.rest.subarray(0, 2).toString('latin1') === '--';
}

async function textUpTo(stream: Window, end: string): Promise<string> {
  for (;;) {
    const at = stream.rest.indexOf(end);
    if (at > mostHeaderBytes || (at === -1 && stream.rest.length > mostHeaderBytes)) throw new MultipartBroken();
    if (at !== -1) {
      const text = stream.rest.toString('latin1', 0, at);
      stream.rest = stream.rest.subarray(at + end.length);
      return text;
    }
    if (!(await stream.more())) throw new MultipartBroken();
  }
}

function readHeaders(text: string): ReadonlyMap<string, string> {
  return new Map(text.split(lineEnd).flatMap((line): [string, string][] => {
    const colon = line.indexOf(':');
    return colon === -1 ? [] : [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]];
  }));
}
