import { transferSyntax } from '../dictionary/transfer-syntax.ts';
import type { Dataset, Finding } from './dataset.ts';
import { readDataset } from './read-dataset.ts';
import { readMeta } from './read-meta.ts';
import { wholeFile, type ReadLimits } from './walk.ts';

export interface Part10 {
  /** File meta information; without elements when the file has none. */
  readonly meta: Dataset;
  readonly dataset: Dataset;
  readonly transferSyntax: string;
  /** Where the data set begins in the file. Offsets of its elements count from there (of a deflated one, inflated). */
  readonly datasetOffset: number;
  readonly findings: readonly Finding[];
}

/** Reads a DICOM file (PS3.10), with or without preamble and meta information. Throws `DicomError` when it is none. */
export function readPart10(bytes: Uint8Array, limits: Partial<ReadLimits> = {}): Part10 {
  const head = readMeta(bytes, { ...wholeFile, ...limits });
  const { dataset, findings } = readDataset(bytes.subarray(head.offset), head.transferSyntax, limits);
  const { meta, offset } = head;
  return { meta, dataset, transferSyntax: transferSyntax(head.transferSyntax).uid, datasetOffset: offset, findings: [...head.findings, ...findings] };
}
