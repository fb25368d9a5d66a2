import { describe, expect, it } from 'vitest';
import { commandField, isResponse, readCommand, responseTo, writeCommand, type Command } from './command.ts';

const full: Command = {
  field: commandField.store, affectedSopClass: '1.2.840.10008.5.1.4.1.1.2', requestedSopClass: '1.2.3', messageId: 7, respondsTo: 65_535, moveDestination: 'PACS 2',
  priority: 2, status: 0xa700, offendingElements: [0x00100020, 0x7fe00010], errorComment: 'disk full', errorId: 3, affectedSopInstance: '2.25.1', requestedSopInstance: '2.25.2',
  eventType: 1, attributes: [0x00400252], actionType: 1, remaining: 4, completed: 3, failed: 2, warning: 1, originatorAe: 'CT1', originatorMessageId: 9,
};

describe('command sets (DICOM PS3.7 2024e, annex E)', () => {
  it('come back as they were written, with and without a dataset to follow', () => {
    expect(readCommand(writeCommand(full, true))).toEqual({ command: full, hasData: true });
    expect(readCommand(writeCommand(full, false))).toEqual({ command: full, hasData: false });
  });

  it('are written in order of tags, each of even length, with the group length first', () => {
    const bytes = writeCommand(full, true);
    const view = new DataView(bytes.buffer);
    const found: number[] = [];
    for (let at = 0; at < bytes.length; at += 8 + view.getUint32(at + 4, true)) {
      found.push(view.getUint16(at + 2, true));
      expect(view.getUint32(at + 4, true) % 2).toBe(0);
    }
    expect(found).toEqual([...found].sort((a, b) => a - b));
    expect(view.getUint32(8, true)).toBe(bytes.length - 12);
  });

  it('writes an echo as DCMTK does', () => {
    const echo = writeCommand({ field: commandField.echo, messageId: 1, affectedSopClass: '1.2.840.10008.1.1' }, false);
    expect(Buffer.from(echo).toString('hex')).toBe(
      '00000000040000003800000000000200120000' + '00312e322e3834302e31303030382e312e3100' + '0000000102000000300000001001020000000100' + '0000000802000000' + '0101',
    );
  });

  it('keeps a comment printable and within 64 characters', () => {
    const { command } = readCommand(writeCommand({ field: commandField.echo, errorComment: `không \\ ${'x'.repeat(99)}` }, false));
    expect(command.errorComment).toBe(`kh?ng ? ${'x'.repeat(56)}`);
  });

  it('passes over elements it does not know and reads empty ones as absent', () => {
    const unknown = Uint8Array.of(0, 0, 0, 1, 2, 0, 0, 0, 0x30, 0, 0, 0, 0x10, 0x40, 2, 0, 0, 0, 1, 2, 0, 0, 0, 6, 0, 0, 0, 0);
    expect(readCommand(unknown)).toEqual({ command: { field: commandField.echo }, hasData: false });
  });

  it.each([
    ['an element that is cut off', Uint8Array.of(0, 0, 0, 1, 2, 0, 0, 0, 0x30)],
    ['a length beyond the end', Uint8Array.of(0, 0, 0, 1, 0xff, 0xff, 0xff, 0x7f, 0x30, 0)],
    ['another group', Uint8Array.of(8, 0, 0, 1, 2, 0, 0, 0, 0x30, 0)],
    ['a number of one byte', Uint8Array.of(0, 0, 0, 1, 1, 0, 0, 0, 0x30)],
    ['no command field', Uint8Array.of(0, 0, 0x10, 1, 2, 0, 0, 0, 1, 0)],
  ])('refuses %s', (_what, bytes) => {
    expect(() => readCommand(bytes)).toThrow('dicom.command-malformed');
  });

  it('answers a requested instance as the affected one', () => {
    const response = responseTo({ field: commandField.nAction, messageId: 5, requestedSopClass: '1.2', requestedSopInstance: '1.3', actionType: 1 }, 0);
    expect(response).toEqual({ field: 0x8130, respondsTo: 5, status: 0, affectedSopClass: '1.2', affectedSopInstance: '1.3', actionType: 1 });
    expect(isResponse(response)).toBe(true);
  });
});
