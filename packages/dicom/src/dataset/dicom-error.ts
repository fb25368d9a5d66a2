/** What cannot be read or written as DICOM. The code is stable, the text says nothing of the patient. */
export class DicomError extends Error {
  override readonly name = 'DicomError';
  readonly code: DicomErrorCode;
  /** Where in the bytes, counted from their first. */
  readonly offset: number | undefined;

  constructor(code: DicomErrorCode, offset?: number) {
    super(offset === undefined ? code : `${code} at byte ${offset}`);
    this.code = code;
    this.offset = offset;
  }
}

export type DicomErrorCode =
  | 'dicom.not-dicom'
  | 'dicom.truncated'
  | 'dicom.length-beyond-parent'
  | 'dicom.undefined-length'
  | 'dicom.unexpected-tag'
  | 'dicom.too-deep'
  | 'dicom.too-many-elements'
  | 'dicom.header-too-long'
  | 'dicom.deflate'
  | 'dicom.deflate-too-long'
  | 'dicom.json'
  | 'dicom.unknown-keyword'
  | 'dicom.value-missing'
  | 'dicom.value-too-long'
  | 'dicom.value-type'
  | 'dicom.pixels-undecodable'
  | 'dicom.pixels-unencodable';
