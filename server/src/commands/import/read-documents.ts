// A file as JSON texts: one for a JSON file, one a line for NDJSON; compressed or not. The content decides, not only the name.
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { PassThrough, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

export interface Document {
  readonly text: string;
  /** Line in an NDJSON file, from 1; absent when the document is the whole file. */
  readonly line?: number;
}

/** A file that cannot be read to its end; what came before it stands. */
export class UnreadableFile extends Error {}

/** Reads a file document by document; an NDJSON file is never held whole. Throws UnreadableFile. */
export async function* readDocuments(path: string, maxDocumentMb: number): AsyncGenerator<Document> {
  const limit = Math.min(maxDocumentMb * 2 ** 20, maxStringLength);
  const texts = decode(await openPlain(path));
  const opening = await readOpening(texts, limit);
  const all = continued(opening, texts);
  if (!isLines(path, opening)) return yield* wholeFile(all, limit);
  for await (const { text, number } of splitLines(all, limit)) if (text.trim() !== '') yield { text, line: number };
}

// V8 cannot make a longer string.
const maxStringLength = 2 ** 29 - 25;

async function openPlain(path: string): Promise<Readable> {
  const file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0).finally(() => file.close());
  const bytes = createReadStream(path, { highWaterMark: 256 * 1024 });
  if (bytesRead < 2 || buffer[0] !== 0x1f || buffer[1] !== 0x8b) return bytes;
  const plain = new PassThrough({ highWaterMark: 1024 * 1024 });
  // A broken archive must reach the reader as an error, not as an early end.
  pipeline(bytes, createGunzip({ chunkSize: 256 * 1024 }), plain).catch((error: Error) => plain.destroy(error));
  return plain;
}

async function* decode(bytes: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const part of bytes) yield decoder.decode(part as Buffer, { stream: true });
    yield decoder.decode();
  } catch (error) {
    throw new UnreadableFile(error instanceof TypeError ? 'the file is not UTF-8' : (error as Error).message);
  }
}

/** Reads until two lines are there, or the file ends. */
async function readOpening(texts: AsyncIterator<string>, limit: number): Promise<string> {
  const parts: string[] = [];
  let length = 0;
  let lineEnds = 0;
  while (lineEnds < 2) {
    const next = await texts.next();
    if (next.done) break;
    const part = next.value;
    parts.push(part);
    length += part.length;
    for (let at = part.indexOf('\n'); at >= 0 && lineEnds < 2; at = part.indexOf('\n', at + 1)) lineEnds++;
    if (length > limit) throw tooLarge(limit);
  }
  return parts.join('');
}

async function* continued(opening: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield opening;
  yield* rest;
}

interface Line {
  readonly text: string;
  readonly number: number;
}

async function* splitLines(texts: AsyncIterable<string>, limit: number): AsyncGenerator<Line> {
  let parts: string[] = [];
  let length = 0;
  let number = 1;
  for await (const text of texts) {
    let from = 0;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
      parts.push(text.slice(from, at));
      yield { text: parts.length === 1 ? (parts[0] as string) : parts.join(''), number: number++ };
      parts = [];
      length = 0;
      from = at + 1;
    }
    if (from === text.length) continue;
    parts.push(from === 0 ? text : text.slice(from));
    length += text.length - from;
    if (length > limit) throw tooLarge(limit);
  }
  if (parts.length > 0) yield { text: parts.join(''), number };
}

/** NDJSON: by its name, or one of its first two lines is a whole object. Two, so that one broken line does not hide the others. */
function isLines(path: string, opening: string): boolean {
  if (/\.(ndjson|jsonl)(\.gz)?$/i.test(path)) return true;
  if (!opening.includes('\n')) return false; // one line is one document, however it is read
  const firstLines = opening.trimStart().split(/\n\s*/, 2);
  return firstLines[0]?.startsWith('{') === true && firstLines.some(isWholeObject);
}

function isWholeObject(line: string): boolean {
  const text = line.trim();
  if (!text.startsWith('{') || !text.endsWith('}')) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

async function* wholeFile(texts: AsyncIterable<string>, limit: number): AsyncGenerator<Document> {
  const parts: string[] = [];
  let length = 0;
  for await (const text of texts) {
    parts.push(text);
    length += text.length;
    if (length > limit) throw tooLarge(limit);
  }
  const text = parts.join('');
  if (text.trim() !== '') yield { text };
}

function tooLarge(limit: number): UnreadableFile {
  return new UnreadableFile(`one JSON document is larger than ${Math.round(limit / 2 ** 20)} MiB; use NDJSON, or raise --max-document-mb (at most 511)`);
}
