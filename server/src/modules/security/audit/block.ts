// A block of the audit: the lines that were moved together, one link of the chain.
import { zstdCompressSync, zstdDecompressSync, constants } from 'node:zlib';
import { linkHash } from './chain.ts';
import { entryOf } from './entry.ts';

export interface ChainEnd {
  readonly seq: number;
  readonly hash: Buffer;
}

export interface Block {
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly fromAt: number;
  readonly toAt: number;
  readonly refused: number;
  readonly failed: number;
  readonly actors: readonly string[];
  /** As PostgreSQL writes an array. */
  readonly patients: string | null;
  readonly requests: readonly string[] | null;
  readonly foreignIds: readonly string[] | null;
  readonly hash: Buffer;
}

/** What the lines after an end of the chain give their block. */
export function blockOf({ seq, hash }: ChainEnd, lines: readonly string[]): Block {
  const actors = new Set<string>();
  const patients = new Set<string>();
  const requests = new Set<string>();
  const foreignIds = new Set<string>();
  const counted = { fromAt: Infinity, toAt: -Infinity, refused: 0, failed: 0 };
  for (const line of lines) {
    const { at, outcome, actor, patients: about, touches, request, foreignId } = entryOf(line);
    counted.fromAt = Math.min(counted.fromAt, at);
    counted.toAt = Math.max(counted.toAt, at);
    if (outcome === 4) counted.refused++;
    if (outcome > 4) counted.failed++;
    actors.add(actor);
    if (about !== undefined) for (const patient of about) patients.add(patient);
    if (request !== undefined && touches?.some((touch) => !touch.startsWith('R')) === true) requests.add(request);
    if (foreignId !== undefined) foreignIds.add(foreignId);
  }
  return {
    firstSeq: seq + 1, lastSeq: seq + lines.length, ...counted, actors: [...actors].sort(), patients: patients.size === 0 ? null : `{${[...patients].sort().join(',')}}`,
    requests: listOf(requests), foreignIds: listOf(foreignIds), hash: linkHash(hash, seq + 1, lines.join('\n')),
  };
}

function listOf(texts: ReadonlySet<string>): string[] | null {
  return texts.size === 0 ? null : [...texts].sort();
}

const quick = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** The lines as they are stored. */
export function bodyOf(lines: readonly string[]): Buffer {
  return zstdCompressSync(lines.join('\n'), quick);
}

export function linesOf(body: Buffer, links: 'block' | 'entries'): string[] {
  return (links === 'entries' ? body : zstdDecompressSync(body)).toString('utf8').split('\n');
}
