// The header of an instance while the instance is being stored: whatever its size, the bytes before the pixels are all that is held.
import { transferSyntax } from '../dictionary/transfer-syntax.ts';
import { isPixelData, type Dataset, type Finding, type PixelElement } from './dataset.ts';
import { readHead } from './element-head.ts';
import { concatenated, inflater, type Inflater } from './inflate.ts';
import { bareHead, isMeta, readOnMeta, startMeta, startOfFile, tellingBytes, type FileHead } from './read-meta.ts';
import { wayOf } from './read-dataset.ts';
import { feed, headerOnly, place, startWalk, undefinedLength, type ReadLimits, type Walk } from './walk.ts';
import { walkOn } from './walk-on.ts';

export interface Header {
  /** Of a file; undefined for a data set by itself. */
  readonly meta: Dataset | undefined;
  readonly transferSyntax: string;
  /** Where the data set begins in what was pushed. */
  readonly datasetOffset: number;
  /** Everything before the pixels. Offsets of elements count from the start of the data set. */
  readonly dataset: Dataset;
  /** Its offset counts from the start of the data set too; undefined when there are no pixels. */
  readonly pixels: PixelElement | undefined;
  readonly findings: readonly Finding[];
}

export interface HeaderReader {
  /** Takes bytes as they come. Gives the header as soon as it is whole; what is pushed after that is not looked at. */
  push(chunk: Uint8Array): Header | undefined;
  /** Says that no more bytes come: the header of what has no pixels. */
  end(): Header;
}

/**
 * Reads a header piece by piece: of a data set in `transferSyntaxUid`, or of a DICOM file when that is not given. Holds at most
 * `maxHeldBytes` (32 MiB; of chunks that must not be written over) and throws `DicomError` beyond; binary values above `leaveOutAbove` (256 KiB) are passed over and have no `bytes`.
 */
export function headerReader(transferSyntaxUid?: string, limits: Partial<ReadLimits> = {}): HeaderReader {
  const all = { ...headerOnly, ...limits };
  const start = transferSyntaxUid === undefined ? readingFile(all) : readingDataset(transferSyntaxUid, all);
  let header: Header | undefined;
  return {
    push: (chunk) => (header ??= start.take(chunk, false)),
    end: () => (header ??= start.take(new Uint8Array(0), true)!),
  };
}

interface Taking {
  take(chunk: Uint8Array, final: boolean): Header | undefined;
}

function readingFile(limits: ReadLimits): Taking {
  let first: Uint8Array = new Uint8Array(0);
  let meta: Walk | undefined;
  let started: readonly Finding[] = [];
  let dataset: Taking | undefined;
  const begin = (head: FileHead, rest: Uint8Array): Uint8Array => {
    dataset = readingDataset(head.transferSyntax, limits, head);
    return rest;
  };
  const takeHead = (chunk: Uint8Array, final: boolean): Uint8Array | undefined => {
    if (meta === undefined) {
      first = first.length === 0 ? chunk : concatenated([first, chunk]);
      if (first.length < tellingBytes && !final) return undefined;
      const { at, findings } = startOfFile(first);
      started = findings;
      if (!isMeta(first, at)) return begin(bareHead(first, at, findings), first.subarray(at));
      meta = startMeta(at, limits);
      feed(meta, first.subarray(at));
    } else feed(meta, chunk);
    meta.final = final;
    const head = readOnMeta(meta);
    return head && begin({ ...head, findings: [...started, ...head.findings] }, meta.bytes.subarray(meta.at, meta.filled));
  };
  return {
    take: (chunk, final) => {
      const rest = dataset === undefined ? takeHead(chunk, final) : chunk;
      return rest === undefined ? undefined : dataset?.take(rest, final);
    },
  };
}

function readingDataset(uid: string, limits: ReadLimits, head?: FileHead): Taking {
  const syntax = transferSyntax(uid);
  const inflate = syntax.deflated ? inflater(Infinity) : undefined;
  let walk: Walk | undefined;
  let first: Uint8Array = new Uint8Array(0);
  const findings: Finding[] = [...(head?.findings ?? [])];
  const begin = (bytes: Uint8Array): Walk => {
    const { way, findings: found } = wayOf(bytes, syntax);
    findings.push(...found);
    return startWalk({ ...way, limits, stopsAt: isPixelData });
  };
  const takePlain = (chunk: Uint8Array, final: boolean): Header | undefined => {
    if (walk === undefined) {
      const bytes = first.length === 0 ? chunk : concatenated([first, chunk]);
      if (bytes.length < 8 && !final) {
        first = bytes;
        return undefined;
      }
      walk = begin(bytes);
      feed(walk, bytes);
    } else feed(walk, chunk);
    walk.final = final;
    const step = walkOn(walk);
    if (step === 'more' || (step === 'stopped' && !readHead(walk, walk.root))) return undefined;
    return headerOf(walk, uid, head, findings, step === 'stopped');
  };
  return { take: (chunk, final) => (inflate === undefined ? takePlain(chunk, final) : takeInflated(inflate, chunk, final, takePlain)) };
}

function takeInflated(inflate: Inflater, chunk: Uint8Array, final: boolean, take: Taking['take']): Header | undefined {
  for (const plain of final ? inflate.end() : inflate.push(chunk)) {
    const header = take(plain, false);
    if (header !== undefined) return header;
  }
  return final ? take(new Uint8Array(0), true) : undefined;
}

function headerOf(walk: Walk, uid: string, head: FileHead | undefined, findings: readonly Finding[], stopped: boolean): Header {
  const { tag, vr, length, size } = walk.head;
  const pixels = { tag, vr, offset: place(walk) + size, length: length === undefinedLength ? undefined : length };
  return {
    meta: head?.meta,
    transferSyntax: uid,
    datasetOffset: head?.offset ?? 0,
    dataset: walk.root.dataset,
    pixels: stopped ? pixels : undefined,
    findings: [...findings, ...walk.findings],
  };
}
