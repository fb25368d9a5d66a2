// A small CT image as a DICOM file (PS3.10 2024e), made here without the code under test.

export interface CtFile {
  readonly sopInstance: string;
  readonly series: string;
  readonly study: string;
  readonly number: number;
  /** Width and height; two bytes a pixel. */
  readonly size: number;
  readonly transferSyntax?: string;
}

export const ctClass = '1.2.840.10008.5.1.4.1.1.2';
const explicitLittle = '1.2.840.10008.1.2.1';

/** The file; with another transfer syntax than explicit little endian the pixels are just taken along. */
export function ctFile(ct: CtFile): Buffer {
  const meta = Buffer.concat([
    element(2, 1, 'OB', Buffer.from([0, 1])), element(2, 2, 'UI', ctClass), element(2, 3, 'UI', ct.sopInstance),
    element(2, 0x10, 'UI', ct.transferSyntax ?? explicitLittle), element(2, 0x12, 'UI', '2.25.1'),
  ]);
  return Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), element(2, 0, 'UL', u32(meta.length)), meta, ctDataset(ct)]);
}

/** What C-STORE carries: the file without its meta information. */
export function ctDataset({ sopInstance, series, study, number, size }: CtFile): Buffer {
  const pixels = Buffer.alloc(size * size * 2);
  for (let at = 0; at < pixels.length; at += 1) pixels[at] = (at * 31 + number * 7) & 0xff;
  return Buffer.concat([
    element(8, 5, 'CS', 'ISO_IR 192'), element(8, 0x16, 'UI', ctClass), element(8, 0x18, 'UI', sopInstance), element(8, 0x20, 'DA', '20261124'),
    element(8, 0x50, 'SH', 'A1'), element(8, 0x60, 'CS', 'CT'), element(0x10, 0x10, 'PN', 'Nguyễn^Văn An'), element(0x10, 0x20, 'LO', 'BN0001'),
    element(0x20, 0xd, 'UI', study), element(0x20, 0xe, 'UI', series), element(0x20, 0x10, 'SH', '1'), element(0x20, 0x11, 'IS', '1'), element(0x20, 0x13, 'IS', String(number)),
    element(0x28, 2, 'US', u16(1)), element(0x28, 4, 'CS', 'MONOCHROME2'), element(0x28, 0x10, 'US', u16(size)), element(0x28, 0x11, 'US', u16(size)),
    element(0x28, 0x100, 'US', u16(16)), element(0x28, 0x101, 'US', u16(16)), element(0x28, 0x102, 'US', u16(15)), element(0x28, 0x103, 'US', u16(0)),
    element(0x7fe0, 0x10, 'OW', pixels),
  ]);
}

/** One element, explicit VR little endian. */
export function element(group: number, number: number, vr: string, value: string | Buffer): Buffer {
  const bytes = typeof value === 'string' ? Buffer.from(value) : value;
  const even = bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.from(vr === 'UI' ? '\0' : ' ')]);
  const long = vr === 'OB' || vr === 'OW' || vr === 'UN' || vr === 'SQ';
  return Buffer.concat([u16(group), u16(number), Buffer.from(vr), ...(long ? [u16(0), u32(even.length)] : [u16(even.length)]), even]);
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
