// The services of DICOM by their unique identifiers (DICOM PS3.4 2024e; PS3.6 annex A), as far as talking needs them.

export const sopClass = {
  verification: '1.2.840.10008.1.1',
  commitment: '1.2.840.10008.1.20.1',
  performedStep: '1.2.840.10008.3.1.2.3.3',
  worklistFind: '1.2.840.10008.5.1.4.31',
  patientFind: '1.2.840.10008.5.1.4.1.2.1.1', patientMove: '1.2.840.10008.5.1.4.1.2.1.2', patientGet: '1.2.840.10008.5.1.4.1.2.1.3',
  studyFind: '1.2.840.10008.5.1.4.1.2.2.1', studyMove: '1.2.840.10008.5.1.4.1.2.2.2', studyGet: '1.2.840.10008.5.1.4.1.2.2.3',
  // Retired, and still what some older stations ask for.
  patientStudyFind: '1.2.840.10008.5.1.4.1.2.3.1', patientStudyMove: '1.2.840.10008.5.1.4.1.2.3.2', patientStudyGet: '1.2.840.10008.5.1.4.1.2.3.3',
} as const;

/** PS3.4 J.3.5: the instance that every storage commitment request names. */
export const commitmentInstance = '1.2.840.10008.1.20.1.1';

export const transferSyntax = { implicitLittle: '1.2.840.10008.1.2', explicitLittle: '1.2.840.10008.1.2.1', explicitBig: '1.2.840.10008.1.2.2' } as const;

const DICOM = '1.2.840.10008.';
const STORAGE = '1.2.840.10008.5.1.4.1.1.';
/** Under the storage branch, but not stored: protocol approval and inventory queries (PS3.4 HH, KK). */
const notStored = new Set(['200.4', '200.5', '200.6', '201.2', '201.3', '201.4', '201.5', '201.6'].map((end) => STORAGE + end));
/** Stored, but outside the branch: hanging protocols, palettes, RT deliveries, implants, their relatives; PS3.4 table GG.3-1. */
const storedElsewhere = new Set([
  '1.2.840.10008.5.1.4.34.7', '1.2.840.10008.5.1.4.34.10', '1.2.840.10008.5.1.4.38.1', '1.2.840.10008.5.1.4.39.1',
  '1.2.840.10008.5.1.4.43.1', '1.2.840.10008.5.1.4.44.1', '1.2.840.10008.5.1.4.45.1', '1.2.840.10008.5.1.4.46.1',
]);

/**
 * Whether an abstract syntax is taken as one of objects to store. Those of makers (any root but DICOM's) are: a machine that proposes
 * a private object loses it otherwise; so are storage classes younger than this program, by the branch they are numbered in.
 */
export function isStorage(abstractSyntax: string): boolean {
  if (!abstractSyntax.startsWith(DICOM)) return /^[0-2](\.\d+)+$/.test(abstractSyntax);
  return (abstractSyntax.startsWith(STORAGE) && !notStored.has(abstractSyntax)) || storedElsewhere.has(abstractSyntax);
}
