// The one dataset that C-MOVE and C-GET make themselves: which objects failed (DICOM PS3.4 2024e, C.4.2.1.4.2).
import { transferSyntax } from '@sen/dicom/net';

/** Failed SOP Instance UID List (0008,0058), UI, in the encoding of the request. */
export function failedList(instances: readonly string[], syntax: string): Uint8Array {
  const joined = fitting(instances).join('\\');
  const value = Buffer.from(joined.length % 2 === 0 ? joined : `${joined}\0`, 'latin1');
  const big = syntax === transferSyntax.explicitBig;
  const head = Buffer.alloc(8);
  const u16 = (number: number, at: number) => (big ? head.writeUInt16BE(number, at) : head.writeUInt16LE(number, at));
  u16(0x0008, 0);
  u16(0x0058, 2);
  if (syntax === transferSyntax.implicitLittle) head.writeUInt32LE(value.length, 4);
  else {
    head.write('UI', 4, 'latin1');
    u16(value.length, 6);
  }
  return Buffer.concat([head, value]);
}

/** An explicit UI has at most 65,534 bytes: a thousand failures say enough. */
function fitting(instances: readonly string[]): readonly string[] {
  return instances.slice(0, 1000);
}
