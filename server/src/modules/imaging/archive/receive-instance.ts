// Takes one object as it comes, from a machine or over HTTP: to the disk, byte for byte, while its header is read; then it is filed.
import {
  DicomError, encapsulatedFrames, fragmentScanner, headerReader, nativeFrames, transferSyntax, writeFileHead,
  type FrameIndex, type Fragments, type Header,
} from '@sen/dicom';
import xxhash from 'xxhash-wasm';
import type { BlobStore, StoredBlob } from '../../../platform/blobs.ts';
import type { Arrived, Filed, Quarantined } from './arrived.ts';
import { packFrames } from './frame-index.ts';
import { factsOf } from './instance-facts.ts';
import { metadataEntry } from './metadata-entry.ts';

const { create64 } = await xxhash();

export interface Sender {
  /** AE title, or who sent it over HTTP. */
  readonly source: string;
  readonly facility: string;
  /** The only study it may belong to. */
  readonly study?: string;
  /** Of C-STORE: what the command says of the data set that follows, which has no file head. Otherwise a DICOM file comes. */
  readonly command?: { readonly sopClass: string; readonly sopInstance: string; readonly transferSyntax: string };
}

export interface Archive {
  readonly blobs: BlobStore;
  /** Files what has been written; answers when it is committed. */
  readonly file: (arrived: Arrived) => Promise<Filed>;
  readonly quarantine: (what: Quarantined) => Promise<void>;
  readonly maxBytes: number;
}

export type Received =
  | Filed
  /** Kept, but a person has to look: why. */
  | { readonly outcome: 'quarantined'; readonly code: string };

/** Answers once the bytes are on the disk and the index is committed. Rejects when the sender breaks off or there is no room: then nothing is kept. */
export async function receiveInstance(archive: Archive, sender: Sender, data: AsyncIterable<Uint8Array>): Promise<Received> {
  const watch = watching(sender);
  const blob = await archive.blobs.put(watch.through(data), archive.maxBytes);
  const arrived = arrivedOf(watch, sender, blob);
  if (typeof arrived !== 'string') return archive.file(arrived);
  await archive.quarantine({ ...blob, code: arrived, source: sender.source, ...sender.command });
  return { outcome: 'quarantined', code: arrived };
}

interface Watch {
  through(data: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array>;
  /** What was seen when all has passed. */
  seen(): { readonly header: Header; readonly frames: FrameIndex; readonly hash: string } | { readonly code: string };
  /** Bytes of the head written in front of the data set. */
  readonly headBytes: number;
}

/** Lets bytes pass and reads in them: the header, where fragments begin, and a hash of the data set. */
function watching({ command, source }: Sender): Watch {
  const head = command === undefined ? undefined : writeFileHead({ sopClassUid: command.sopClass, sopInstanceUid: command.sopInstance, transferSyntaxUid: command.transferSyntax, ...(isTitle(source) && { sourceAeTitle: source }) });
  const reading = readingAlong(command?.transferSyntax);
  let failure: string | undefined;
  const guarded = (step: () => void) => {
    try {
      if (failure === undefined) step();
    } catch (error) {
      if (!(error instanceof DicomError)) throw error;
      failure = error.code;
    }
  };
  return {
    headBytes: head?.length ?? 0,
    through: async function* (data) {
      if (head !== undefined) yield head;
      for await (const chunk of data) {
        guarded(() => reading.take(chunk));
        yield chunk;
      }
      guarded(() => reading.end());
    },
    seen: () => (failure === undefined ? reading.seen() : { code: failure }),
  };
}

/** Throws `DicomError` for what cannot be read. */
function readingAlong(syntax: string | undefined) {
  const [reader, hash] = [headerReader(syntax), create64()];
  let early: Uint8Array[] = []; // until the header is known, and with it where the data set begins
  let header: Header | undefined;
  let scanner: ReturnType<typeof fragmentScanner> | undefined;
  let fragments: Fragments | undefined;
  let bytes = 0;
  /** `at`: place of the chunk in the data set; below zero it begins before it. */
  const look = (chunk: Uint8Array, at: number) => {
    const part = at < 0 ? chunk.subarray(Math.min(-at, chunk.length)) : chunk;
    hash.update(part);
    fragments ??= scanner?.take(Math.max(at, 0), part);
  };
  const begin = (known: Header) => {
    header = known;
    if (known.pixels !== undefined && known.pixels.length === undefined) scanner = fragmentScanner(known.pixels.offset);
    let at = -known.datasetOffset;
    for (const chunk of early) {
      look(chunk, at);
      at += chunk.length;
    }
    early = [];
  };
  return {
    take: (chunk: Uint8Array) => {
      const before = bytes;
      bytes += chunk.length;
      if (header !== undefined) return look(chunk, before - header.datasetOffset);
      early.push(chunk);
      const known = reader.push(chunk);
      if (known !== undefined) begin(known);
    },
    end: () => {
      if (header === undefined) begin(reader.end());
    },
    seen: (): ReturnType<Watch['seen']> => {
      const frames = header && framesOf(header, fragments, bytes - header.datasetOffset);
      return header === undefined || frames === undefined ? { code: 'dicom.truncated' } : { header, frames, hash: hash.digest().toString(16).padStart(16, '0') };
    },
  };
}

const noFrames: FrameIndex = { kind: 'none', frames: [], frameBits: undefined, findings: [] };

/** Undefined: the bytes end before the pixels do. */
function framesOf(header: Header, fragments: Fragments | undefined, datasetBytes: number): FrameIndex | undefined {
  const { pixels, dataset } = header;
  if (pixels === undefined) return noFrames;
  // Offsets of a deflated data set are those of the inflated one: its frames are found when they are asked for.
  if (transferSyntax(header.transferSyntax).deflated) return noFrames;
  if (pixels.length !== undefined) return pixels.offset + pixels.length > datasetBytes ? undefined : nativeFrames(dataset, pixels, pixels.length);
  return fragments === undefined ? undefined : encapsulatedFrames(dataset, pixels, header.transferSyntax, fragments);
}

/** What is to be filed, or why it cannot be. */
function arrivedOf(watch: Watch, { command, source, facility, study }: Sender, blob: StoredBlob): Arrived | string {
  const seen = watch.seen();
  if ('code' in seen) return seen.code;
  const { header, frames, hash } = seen;
  const facts = factsOf(header, command ?? {});
  if (typeof facts === 'string') return facts;
  if ((study ?? facts.study.uid) !== facts.study.uid) return 'imaging.study-differs';
  const datasetOffset = watch.headBytes + header.datasetOffset;
  const packed = packFrames(frames, datasetOffset);
  return {
    ...facts, ...(packed !== undefined && { frameIndex: packed }), frames: frames.kind === 'none' ? 0 : frames.frames.length, transferSyntax: header.transferSyntax, object: blob.hash, bytes: blob.size, datasetOffset,
    datasetHash: hash, source, facility, metadata: metadataEntry(header, { study: facts.study.uid, series: facts.series.uid, instance: facts.instance.uid }),
  };
}

/** An AE title (PS3.5 2024e, 6.2): what came over HTTP has none. */
function isTitle(source: string): boolean {
  return /^[\x21-\x5b\x5d-\x7e](?:[\x20-\x5b\x5d-\x7e]{0,14}[\x21-\x5b\x5d-\x7e])?$/.test(source);
}
