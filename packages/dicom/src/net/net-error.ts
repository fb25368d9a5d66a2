/** What ends an association or a message, by a stable code; never carries patient data. */
export class DicomNetError extends Error {
  readonly code: DicomNetCode;

  constructor(code: DicomNetCode, detail = '') {
    super(detail === '' ? code : `${code}: ${detail}`);
    this.name = 'DicomNetError';
    this.code = code;
  }
}

export type DicomNetCode =
  | 'dicom.pdu-unknown' // a type that PS3.8 does not name
  | 'dicom.pdu-too-long' // announces more bytes than we let anyone send
  | 'dicom.pdu-malformed'
  | 'dicom.command-malformed'
  | 'dicom.message-malformed' // fragments in an order that PS3.7 does not allow
  | 'dicom.too-many-requests' // more at once than was negotiated, and more than we queue
  | 'dicom.dataset-too-long'
  | 'dicom.no-context' // no accepted presentation context for what is to be sent
  | 'dicom.association-rejected'
  | 'dicom.association-aborted'
  | 'dicom.association-closed'
  | 'dicom.association-refused-state'; // asked for what the state machine does not allow now
