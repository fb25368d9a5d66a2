// PAdES (ETSI EN 319 142-1): a signature in a PDF, added behind what is there (incremental update), so that earlier signatures keep holding.
import { PDFArray, PDFDocument, PDFHexString, PDFName, PDFNumber, PDFString } from '@cantoo/pdf-lib';
import { Refusal } from '../../../platform/refusal.ts';
import { readCms, signCms } from './cms.ts';
import type { ReadSignature, Signer, Timestamper } from './signer.ts';

/** Room for the signature, in bytes: certificates of a chain and a timestamp with its own take 6 to 12 KiB. */
const ROOM = 24_576;
const MARK = 9_999_999_999;

export interface PdfSigning {
  readonly name: string;
  readonly reason?: string;
  readonly now: number;
}

/** Signs a PDF (B-B; with a timestamper B-T) and gives the signed one, which begins with the bytes of the unsigned. Refuses (`security.pdf`) what is no PDF. */
export async function signPades(pdf: Uint8Array, signer: Signer, timestamp: Timestamper, about: PdfSigning): Promise<Uint8Array> {
  const prepared = Buffer.from(await addPlaceholder(pdf, about));
  const { range, start, end } = placeRange(prepared);
  const content = Buffer.concat([prepared.subarray(0, start), prepared.subarray(end)]);
  const cms = await signCms(content, signer, timestamp);
  if (cms.length > ROOM) throw badPdf();
  prepared.write(Buffer.from(cms).toString('hex').padEnd(ROOM * 2, '0'), range[1] + 1, 'latin1');
  return new Uint8Array(prepared);
}

/** Checks every signature of a PDF, in the order in which they were made. */
export function readPades(pdf: Uint8Array): ReadSignature[] {
  const text = Buffer.from(pdf).toString('latin1');
  const ranges = [...text.matchAll(/\/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]/g)].map((found) => found.slice(1, 5).map(Number) as Range);
  ranges.sort((one, other) => one[2] + one[3] - other[2] - other[3]);
  return ranges.map((range, index) => readOne(pdf, text, range, index === ranges.length - 1));
}

type Range = [number, number, number, number];

function readOne(pdf: Uint8Array, text: string, range: Range, last: boolean): ReadSignature {
  const [first, length, second, rest] = range;
  const gap = text.slice(length, second);
  const hex = /^<([0-9a-fA-F]*)>$/.exec(gap)?.[1];
  // Between the two parts there is the signature and nothing else; the first part begins with the file.
  if (first !== 0 || length >= second || hex === undefined || second + rest > pdf.length) return { format: 'PAdES', certificates: [], broken: 'not-whole' };
  const content = Buffer.concat([pdf.subarray(0, length), pdf.subarray(second, second + rest)]);
  const { certificates, timestamp, broken } = readCms(derPart(Buffer.from(hex, 'hex')), content);
  const claimedAt = claimedTime(text, length);
  const found: ReadSignature = { format: 'PAdES', certificates, ...(claimedAt === undefined ? {} : { claimedAt }), ...(timestamp ? { timestamp } : {}) };
  if (broken !== undefined) return { ...found, broken };
  // Bytes behind the last signature are read by a viewer, and nobody signed them.
  return last && text.slice(second + rest).trim() !== '' ? { ...found, broken: 'added-after' } : found;
}

async function addPlaceholder(pdf: Uint8Array, about: PdfSigning): Promise<Uint8Array> {
  try {
    const document = await PDFDocument.load(pdf, { forIncrementalUpdate: true, updateMetadata: false } as never);
    const { context } = document;
    const page = document.getPage(0);
    const signature = context.register(context.obj({
      Type: 'Sig', Filter: 'Adobe.PPKLite', SubFilter: 'ETSI.CAdES.detached',
      ByteRange: [PDFNumber.of(0), PDFNumber.of(MARK), PDFNumber.of(MARK), PDFNumber.of(MARK)],
      Contents: PDFHexString.of('0'.repeat(ROOM * 2)),
      M: PDFString.of(pdfDate(about.now)), Name: PDFHexString.fromText(about.name),
      ...(about.reason === undefined ? {} : { Reason: PDFHexString.fromText(about.reason) }),
    }));
    const fields = document.catalog.getOrCreateAcroForm().dict;
    const list = fields.lookupMaybe(PDFName.of('Fields'), PDFArray) ?? context.obj([]);
    // Not shown on a page: a field without size is what EN 319 142-1 calls an invisible signature.
    const widget = context.register(context.obj({
      Type: 'Annot', Subtype: 'Widget', FT: 'Sig', Rect: [0, 0, 0, 0], V: signature, T: PDFString.of(`Signature${list.size() + 1}`), F: 132, P: page.ref,
    }));
    const annotations = page.node.lookupMaybe(PDFName.of('Annots'), PDFArray) ?? context.obj([]);
    annotations.push(widget);
    page.node.set(PDFName.of('Annots'), annotations);
    list.push(widget);
    fields.set(PDFName.of('Fields'), list);
    fields.set(PDFName.of('SigFlags'), PDFNumber.of(3));
    return await document.save({ useObjectStreams: false } as never);
  } catch {
    throw badPdf();
  }
}

/** Writes the real range over the marks, in the same number of characters. */
function placeRange(pdf: Buffer): { range: Range; start: number; end: number } {
  const mark = `${MARK}`;
  const at = pdf.lastIndexOf(`/ByteRange [ 0 ${mark} ${mark} ${mark} ]`, undefined, 'latin1');
  const contents = pdf.indexOf('/Contents <', at, 'latin1');
  if (at < 0 || contents < 0) throw badPdf();
  const start = contents + '/Contents '.length;
  const end = start + ROOM * 2 + 2;
  const range: Range = [0, start, end, pdf.length - end];
  const text = `/ByteRange [ ${range.join(' ')}`;
  pdf.write(`${text.padEnd(`/ByteRange [ 0 ${mark} ${mark} ${mark} `.length)}]`, at, 'latin1');
  return { range, start, end };
}

/** The DER at the beginning; the rest of the room is zeros. */
function derPart(bytes: Buffer): Uint8Array {
  const first = bytes[1] ?? 0;
  if (first < 0x80) return bytes.subarray(0, 2 + first);
  const count = first & 0x7f;
  return bytes.subarray(0, 2 + count + (count > 0 && count < 7 ? bytes.readUIntBE(2, Math.min(count, 6)) : 0));
}

function claimedTime(text: string, at: number): number | undefined {
  const around = text.slice(Math.max(0, at - 2_000), at) + text.slice(text.indexOf('>', at), text.indexOf('>', at) + 2_000);
  const [, year, month, day, hour, minute, second] = /\/M\s*\(D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z?/.exec(around) ?? [];
  return year === undefined ? undefined : Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
}

/** PDF 32000-1 §7.9.4. */
function pdfDate(now: number): string {
  return `D:${new Date(now).toISOString().replaceAll(/[-:T]|\.\d+/g, '')}`;
}

function badPdf(): Refusal {
  return new Refusal('rule', 'security.pdf', { vi: 'Không ký được PDF này: không đọc được hoặc có mật khẩu.', en: 'This PDF cannot be signed: it cannot be read, or has a password.' });
}
