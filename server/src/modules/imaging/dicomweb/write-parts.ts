// Multipart bodies (RFC 2046, 5.1) written as they are sent.
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';

export interface OutPart {
  readonly headers: Readonly<Record<string, string>>;
  readonly open: () => AsyncIterable<Uint8Array>;
}

/** A body with its Content-Type. The next part is opened when the one before has been sent. */
export function writeParts(parts: readonly OutPart[], type: string): { readonly contentType: string; readonly body: Readable } {
  const boundary = `sen-${randomBytes(16).toString('hex')}`;
  const bytes = async function* () {
    for (const { headers, open } of parts) {
      yield Buffer.from(`--${boundary}\r\n${Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`);
      yield* open();
      yield Buffer.from('\r\n');
    }
    yield Buffer.from(`--${boundary}--\r\n`);
  };
  return { contentType: `multipart/related; type="${type}"; boundary=${boundary}`, body: Readable.from(bytes(), { objectMode: false }) };
}
