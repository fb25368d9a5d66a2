import { DicomError } from '../dataset/dicom-error.ts';

/** Pixels that cannot be decoded for certain are refused: a wrong picture is worse than none. */
export function refusePixels(offset?: number): never {
  throw new DicomError('dicom.pixels-undecodable', offset);
}

/** Pixels the wanted transfer syntax cannot hold as they are. */
export function refuseEncoding(): never {
  throw new DicomError('dicom.pixels-unencodable');
}
