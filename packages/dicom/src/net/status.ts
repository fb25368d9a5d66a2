/** Statuses of DIMSE responses that we give (DICOM PS3.7 2024e, annex C; PS3.4 for each service). */
export const status = {
  success: 0x0000,
  /** A match, or sub-operations go on (PS3.4 C.4.1.1.4, C.4.2.1.5). */
  pending: 0xff00,
  /** A match, though optional keys were not looked at. */
  pendingUnsupportedKeys: 0xff01,
  cancelled: 0xfe00,
  /** Some sub-operations failed (PS3.4 C.4.2.1.5). */
  someFailed: 0xb000,
  /** Stored, though something was changed or odd (PS3.4 B.2.3). */
  elementsDiscarded: 0xb006,
  outOfResources: 0xa700,
  outOfResourcesForMatches: 0xa701,
  outOfResourcesForTransfer: 0xa702,
  moveDestinationUnknown: 0xa801,
  /** The dataset is not of the SOP class (PS3.4 B.2.3, C.4.1.1.4). */
  wrongClass: 0xa900,
  cannotUnderstand: 0xc000,
  unableToProcess: 0xc001,
  processingFailure: 0x0110,
  noSuchInstance: 0x0112,
  duplicateInstance: 0x0111,
  invalidInstance: 0x0117,
  missingAttribute: 0x0120,
  missingAttributeValue: 0x0121,
  invalidAttributeValue: 0x0106,
  noSuchClass: 0x0118,
  classNotSupported: 0x0122,
  notAuthorized: 0x0124,
  duplicateInvocation: 0x0210,
  unrecognizedOperation: 0x0211,
  mistypedArgument: 0x0212,
  resourceLimitation: 0x0213,
  noSuchAction: 0x0123,
  noSuchEvent: 0x0113,
} as const;

/** PS3.7 annex C: 0001, 0107, 0116 and Bxxx warn; the operation was done. */
export function isDone(code: number): boolean {
  return code === 0 || code === 0x0001 || code === 0x0107 || code === 0x0116 || code >> 12 === 0xb;
}
