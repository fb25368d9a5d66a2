import { transferSyntax } from '../dictionary/transfer-syntax.ts';
import type { Dataset, Finding } from './dataset.ts';
import { inflateAll } from './inflate.ts';
import { sniff, type Sniffed } from './sniff.ts';
import { feed, startWalk, wholeFile, type ReadLimits } from './walk.ts';
import { walkOn } from './walk-on.ts';

export interface ReadDataset {
  readonly dataset: Dataset;
  readonly findings: readonly Finding[];
}

/** Bytes that a deflated data set may stand for when it is read whole. */
const maxInflatedBytes = 1024 * 1024 * 1024;

/** Reads a data set without file meta information, as DIMSE carries it. Values are views of `bytes`. */
export function readDataset(bytes: Uint8Array, transferSyntaxUid: string, limits: Partial<ReadLimits> = {}): ReadDataset {
  const syntax = transferSyntax(transferSyntaxUid);
  const plain = syntax.deflated ? inflateAll(bytes, maxInflatedBytes) : bytes;
  const { way, findings } = wayOf(plain, syntax);
  const walk = startWalk({ ...way, limits: { ...wholeFile, ...limits }, stopsAt: () => false });
  feed(walk, plain);
  walk.final = true;
  walkOn(walk);
  return { dataset: walk.root.dataset, findings: [...findings, ...walk.findings] };
}

/** The VR and order that the bytes show where these contradict what was declared: machines exist that mislabel. */
export function wayOf(bytes: Uint8Array, declared: Sniffed): { way: Sniffed; findings: Finding[] } {
  const seen = sniff(bytes);
  if (seen === undefined || (seen.explicit === declared.explicit && seen.littleEndian === declared.littleEndian)) return { way: declared, findings: [] };
  // An implicit length can spell a VR only beyond 16 kB (`AE` is 0x4541), which no first element has.
  return { way: seen, findings: [{ code: 'dicom.syntax-mislabelled', offset: 0 }] };
}
