// A DICOM file: preamble, prefix, file meta information, data set (DICOM PS3.10 2024e, 7.1).
import { explicitLittleEndian } from '../dictionary/transfer-syntax.ts';
import { buildDataset } from './build-dataset.ts';
import type { Dataset } from './dataset.ts';
import { DicomError } from './dicom-error.ts';
import { concatenated } from './inflate.ts';
import { textOf } from './values.ts';
import { writeDataset } from './write-dataset.ts';

/** Ours, made once from a random UUID (PS3.5 B.2), and never changed. */
export const implementationClassUid = '2.25.26132076617972687997012486416331056926';
export const implementationVersionName = 'SEN_1';

export interface FileMeta {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly transferSyntaxUid: string;
  /** Who sent it to us, when somebody did (PS3.10 7.1: Source Application Entity Title). */
  readonly sourceAeTitle?: string;
}

/** Everything of a file in front of its data set: for a store that writes the data set as it comes. */
export function writeFileHead({ sopClassUid, sopInstanceUid, transferSyntaxUid, sourceAeTitle }: FileMeta): Uint8Array {
  const meta = writeDataset(buildDataset({
    FileMetaInformationGroupLength: 0,
    FileMetaInformationVersion: Uint8Array.of(0, 1),
    MediaStorageSOPClassUID: sopClassUid,
    MediaStorageSOPInstanceUID: sopInstanceUid,
    TransferSyntaxUID: transferSyntaxUid,
    ImplementationClassUID: implementationClassUid,
    ImplementationVersionName: implementationVersionName,
    ...(sourceAeTitle !== undefined && { SourceApplicationEntityTitle: sourceAeTitle }),
  }, ''), explicitLittleEndian);
  return concatenated([prefix, meta]);
}

/** Writes a data set as a file of ours. */
export function writePart10(dataset: Dataset, transferSyntaxUid: string, sourceAeTitle?: string): Uint8Array {
  const sopClassUid = textOf(dataset, 0x00080016);
  const sopInstanceUid = textOf(dataset, 0x00080018);
  if (sopClassUid === undefined || sopInstanceUid === undefined) throw new DicomError('dicom.value-missing');
  const head = writeFileHead({ sopClassUid, sopInstanceUid, transferSyntaxUid, ...(sourceAeTitle !== undefined && { sourceAeTitle }) });
  return concatenated([head, writeDataset(dataset, transferSyntaxUid)]);
}

/** 128 bytes of nothing and `DICM`. */
const prefix = Uint8Array.from({ length: 132 }, (_, at) => [0x44, 0x49, 0x43, 0x4d][at - 128] ?? 0);
