// Transfer syntaxes and storage SOP classes (DICOM PS3.6 2024e, Annex A; PS3.5, Annex A and section 10).
import { uidTable } from './uids.gen.ts';

export interface TransferSyntax {
  readonly uid: string;
  readonly name: string;
  readonly explicit: boolean;
  readonly littleEndian: boolean;
  /** The whole data set went through RFC 1951 (PS3.5 A.5). */
  readonly deflated: boolean;
  /** Pixel Data is a sequence of fragments (PS3.5 A.4). */
  readonly encapsulated: boolean;
  /** A moving picture: its frames cannot be cut apart without decoding. */
  readonly video: boolean;
  /** In PS3.6; otherwise taken as explicit little endian, as all but two ever have been. */
  readonly known: boolean;
}

export const implicitLittleEndian = '1.2.840.10008.1.2';
export const explicitLittleEndian = '1.2.840.10008.1.2.1';
export const deflatedLittleEndian = '1.2.840.10008.1.2.1.99';
export const explicitBigEndian = '1.2.840.10008.1.2.2';

/** General Electric's: data set implicit little endian, pixels big endian. Still met in old archives. */
const privateImplicit = new Set(['1.2.840.113619.5.2']);
const deflated = new Set([deflatedLittleEndian, '1.2.840.10008.1.2.4.95', '1.2.840.10008.1.2.4.205']);
/** Pixels that stand as they are, or at an address elsewhere (JPIP). */
const native = new Set([implicitLittleEndian, explicitLittleEndian, deflatedLittleEndian, explicitBigEndian,
  '1.2.840.10008.1.2.4.94', '1.2.840.10008.1.2.4.95', '1.2.840.10008.1.2.4.204', '1.2.840.10008.1.2.4.205', ...privateImplicit]);

/** MIME, XML and streams of SMPTE ST 2110: called transfer syntaxes, but no data set is written in them. */
const notDatasets = /^1\.2\.840\.10008\.1\.2\.[67]\./;

let names: ReadonlyMap<string, { readonly name: string; readonly storage: boolean; readonly retired: boolean }> | undefined;
const seen = new Map<string, TransferSyntax>();

/** How a data set of this transfer syntax is written; one we do not know is read as explicit little endian. */
export function transferSyntax(uid: string): TransferSyntax {
  const before = seen.get(uid);
  if (before !== undefined) return before;
  const made = describe(uid);
  // Anyone who associates can name one: only the standard's are kept.
  if (made.known) seen.set(uid, made);
  return made;
}

/** Every transfer syntax of PS3.6 that a data set may have, the uncompressed ones first. */
export function transferSyntaxes(): readonly TransferSyntax[] {
  return [...uids()].filter(([uid, row]) => !row.storage && !notDatasets.test(uid)).map(([uid]) => transferSyntax(uid)).sort((a, b) => Number(a.encapsulated) - Number(b.encapsulated));
}

/** Storage SOP classes by UID: what an archive is asked to keep. Others are kept too, without a name. */
export function storageClasses(): ReadonlyMap<string, string> {
  return new Map([...uids()].filter(([, row]) => row.storage).map(([uid, row]) => [uid, row.name]));
}

function describe(uid: string): TransferSyntax {
  const row = uids().get(uid);
  return {
    uid,
    name: row?.name ?? uid,
    explicit: uid !== implicitLittleEndian && !privateImplicit.has(uid),
    littleEndian: uid !== explicitBigEndian,
    deflated: deflated.has(uid),
    encapsulated: !native.has(uid),
    video: /^1\.2\.840\.10008\.1\.2\.4\.10[0-8](\.1)?$/.test(uid),
    known: row !== undefined || privateImplicit.has(uid),
  };
}

function uids(): NonNullable<typeof names> {
  names ??= new Map(uidTable.split('\n').map((line) => {
    const [uid = '', kind, name = '', retired] = line.split('\t');
    return [uid, { name, storage: kind === 'S', retired: retired !== undefined }];
  }));
  return names;
}
