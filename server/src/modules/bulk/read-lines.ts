import { createReadStream } from 'node:fs';
import { Refusal } from '../../platform/refusal.ts';

export interface RawLine {
  readonly bytes: Buffer;
  /** Where the next line begins. */
  readonly end: number;
}

/** Reads the lines of a file from a place on, without their ends. Refuses (413) a line longer than `maxBytes`. */
export async function* readLines(path: string, start: number, maxBytes: number): AsyncGenerator<RawLine> {
  let begun: Buffer[] = [];
  let length = 0;
  let at = start;
  for await (const chunk of createReadStream(path, { start, highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let stop = chunk.indexOf(10); stop >= 0; stop = chunk.indexOf(10, from)) {
      const bytes = lineOf(begun, chunk.subarray(from, stop));
      at += bytes.length + 1;
      from = stop + 1;
      begun = [];
      length = 0;
      yield { bytes, end: at };
    }
    begun.push(chunk.subarray(from));
    length += chunk.length - from;
    if (length > maxBytes) throw tooLong(maxBytes);
  }
  if (length > 0) yield { bytes: Buffer.concat(begun), end: at + length };
}

function lineOf(begun: readonly Buffer[], last: Buffer): Buffer {
  return begun.length === 0 ? last : Buffer.concat([...begun, last]);
}

function tooLong(maxBytes: number): Refusal {
  return new Refusal('too-large', 'bulk.line-too-long', { vi: `Có dòng dài hơn ${maxBytes} byte (SEN_BODY_LIMIT_BYTES).`, en: `A line is longer than ${maxBytes} bytes (SEN_BODY_LIMIT_BYTES).` });
}
