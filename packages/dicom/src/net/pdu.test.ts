import { describe, expect, it } from 'vitest';
import { pduType, type AssociateAccept, type AssociateRequest } from './pdu.ts';
import { newPduReader, type PduLimits } from './pdu-reader.ts';
import { readAssociateAccept, readAssociateRequest } from './read-associate.ts';
import { writeAbort, writeAssociateAccept, writeAssociateRequest, writeDataHead, writeReject, writeReleaseReply, writeReleaseRequest } from './write-pdu.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const limits: PduLimits = { dataLength: 1_000_000, controlLength: 100_000 };

/** What `echoscu -aet CT_PHONG1 -aec SEN` of DCMTK 3.6.7 sends. */
const fromDcmtk = Buffer.from(
  '0100000000cd0001000053454e2020202020202020202020202043545f50484f4e473120202020202020000000000000000000000000000000000000000000000000000000000000000010000015312e322e3834302e3130303038'
  + '2e332e312e312e312000002e0100ff0030000011312e322e3834302e31303030382e312e3140000011312e322e3834302e31303030382e312e325000003a51000004000040005200001b312e322e3237362e302e37323330'
  + '3031302e332e302e332e362e375500000f4f464649535f44434d544b5f333637', 'hex');

const request: AssociateRequest = {
  calledAe: 'SEN', callingAe: 'CT_PHONG1', applicationContext: '1.2.840.10008.3.1.1.1', protocolVersion: 1,
  contexts: [{ id: 1, abstractSyntax: '1.2.840.10008.1.1', transferSyntaxes: ['1.2.840.10008.1.2', '1.2.840.10008.1.2.1'] }, { id: 255, abstractSyntax: '1.2.3', transferSyntaxes: [] }],
  user: {
    maxPduLength: 0xfffffffe, implementationClass: '2.25.1', implementationVersion: 'MAY_CT', window: { invoked: 0, performed: 5 },
    roles: [{ sopClass: '1.2.840.10008.5.1.4.1.1.2', scu: false, scp: true }], extended: [{ sopClass: '1.2.840.10008.5.1.4.1.2.1.1', information: Uint8Array.of(1, 0, 1) }],
    commonExtended: [{ sopClass: '1.2.3', serviceClass: '1.2.840.10008.4.2', related: ['1.2.4', '1.2.5'] }],
    identity: { kind: 2, answerWanted: true, primary: bytes('ky-thuat-vien'), secondary: bytes('bí mật') },
  },
};

const accept: AssociateAccept = {
  calledAe: 'SEN', callingAe: 'CT_PHONG1', applicationContext: '1.2.840.10008.3.1.1.1',
  contexts: [{ id: 1, result: 0, transferSyntax: '1.2.840.10008.1.2.1' }, { id: 3, result: 4, transferSyntax: '1.2.840.10008.1.2' }],
  user: { maxPduLength: 16_384, implementationClass: '2.25.1', implementationVersion: '', roles: [], extended: [], commonExtended: [], identityAnswer: bytes('') },
};

describe('A-ASSOCIATE (DICOM PS3.8 2024e, 9.3.2 and 9.3.3; PS3.7 D.3.3)', () => {
  it('comes back with every sub-item of user information', () => {
    expect(readAssociateRequest(writeAssociateRequest(request).subarray(6))).toEqual(request);
    expect(readAssociateAccept(writeAssociateAccept(accept).subarray(6))).toEqual(accept);
  });

  it('is read as DCMTK writes it', () => {
    expect(readAssociateRequest(fromDcmtk.subarray(6))).toEqual({
      calledAe: 'SEN', callingAe: 'CT_PHONG1', applicationContext: '1.2.840.10008.3.1.1.1', protocolVersion: 1,
      contexts: [{ id: 1, abstractSyntax: '1.2.840.10008.1.1', transferSyntaxes: ['1.2.840.10008.1.2'] }],
      user: { maxPduLength: 16_384, implementationClass: '1.2.276.0.7230010.3.0.3.6.7', implementationVersion: 'OFFIS_DCMTK_367', roles: [], extended: [], commonExtended: [] },
    });
  });

  it('is written as DCMTK writes it', () => {
    const ours = Buffer.from(writeAssociateRequest(readAssociateRequest(fromDcmtk.subarray(6))));
    ours[105] = 0xff; // the byte of the context where an answer has its result: DCMTK fills it, the standard does not look at it
    expect(ours.toString('hex')).toBe(fromDcmtk.toString('hex'));
  });

  it.each([
    ['a body shorter than its fixed fields', new Uint8Array(67)],
    ['an item longer than the PDU', withItem([0x20, 0, 0xff, 0xff, 1])],
    ['a context without abstract syntax', withItem([0x20, 0, 0, 4, 1, 0, 0, 0])],
    ['an even context id', withItem([0x20, 0, 0, 9, 2, 0, 0, 0, 0x30, 0, 0, 1, 0x31])],
    ['the same context id twice', withItem([0x20, 0, 0, 9, 1, 0, 0, 0, 0x30, 0, 0, 1, 0x31, 0x20, 0, 0, 9, 1, 0, 0, 0, 0x30, 0, 0, 1, 0x31])],
    ['a role cut off', withItem([0x50, 0, 0, 6, 0x54, 0, 0, 2, 0, 9])],
    ['a maximum length of two bytes', withItem([0x50, 0, 0, 6, 0x51, 0, 0, 2, 0, 9])],
  ])('refuses %s', (_what, body) => {
    expect(() => readAssociateRequest(body)).toThrow('dicom.pdu-malformed');
  });
});

function withItem(item: readonly number[]): Uint8Array {
  return Uint8Array.from([...new Uint8Array(68), ...item]);
}

interface Seen {
  readonly controls: [number, string][];
  readonly data: [number, boolean, boolean, Uint8Array][];
}

function reading(own: PduLimits = limits) {
  const seen: Seen = { controls: [], data: [] };
  const reader = newPduReader(own, { control: (type, body) => seen.controls.push([type, Buffer.from(body).toString('hex')]), data: (...value) => seen.data.push(value) });
  return { seen, reader };
}

function dataPdu(...values: readonly (readonly [id: number, isCommand: boolean, last: boolean, text: string])[]): Uint8Array {
  const bodies = values.map(([id, isCommand, last, text]) => Buffer.concat([writeDataHead(id, isCommand, last, text.length).subarray(6), bytes(text)]));
  const body = Buffer.concat(bodies);
  const head = Buffer.from([pduType.data, 0, 0, 0, 0, 0]);
  head.writeUInt32BE(body.length, 2);
  return Buffer.concat([head, body]);
}

describe('reading PDUs (DICOM PS3.8 2024e, 9.3.1)', () => {
  const stream = Buffer.concat([
    writeAssociateRequest(request), writeReject({ result: 1, source: 2, reason: 3 }), dataPdu([1, true, true, 'lệnh'.normalize('NFD').slice(0, 2)], [3, false, false, 'ảnh'.slice(1)]),
    dataPdu([3, false, true, '']), writeReleaseRequest(), writeReleaseReply(), writeAbort({ source: 2, reason: 6 }),
  ]);

  it.each([1, 2, 5, 7, 11, 64, 100_000])('reads the same in chunks of %i bytes', (size) => {
    const { seen, reader } = reading();
    for (let at = 0; at < stream.length; at += size) reader.push(stream.subarray(at, at + size));
    expect(seen.controls.map(([type]) => type)).toEqual([1, 3, 5, 6, 7]);
    expect(seen.controls.slice(1)).toEqual([[3, '00010203'], [5, '00000000'], [6, '00000000'], [7, '00000206']]);
    const text = (id: number) => seen.data.filter(([context]) => context === id).map(([, , , slice]) => Buffer.from(slice).toString('latin1')).join('');
    expect([text(1), text(3)]).toEqual(['le', 'nh']);
    expect(seen.data.filter(([, , last]) => last).map(([id, isCommand]) => [id, isCommand])).toEqual([[1, true], [3, false]]);
    expect([reader.atRest, reader.count]).toEqual([true, 7]);
  });

  it('hands data on as slices of the arriving chunks, never joined', () => {
    const { seen, reader } = reading();
    const whole = dataPdu([1, false, true, 'x'.repeat(1000)]);
    const [first, second] = [whole.slice(0, 400), whole.slice(400)];
    reader.push(first);
    reader.push(second);
    expect(seen.data.map(([, , last, slice]) => [last, slice.length])).toEqual([[false, 388], [true, 612]]);
    expect(seen.data.map(([, , , slice]) => slice.buffer)).toEqual([first.buffer, second.buffer]);
  });

  it('refuses a P-DATA-TF of 2 GiB and an A-ASSOCIATE-RQ of 4 GiB by their heads', () => {
    expect(() => reading().reader.push(Uint8Array.of(4, 0, 0x80, 0, 0, 0))).toThrow('dicom.pdu-too-long');
    expect(() => reading().reader.push(Uint8Array.of(1, 0, 0xff, 0xff, 0xff, 0xff))).toThrow('dicom.pdu-too-long');
  });

  it('takes no memory for a length alone', () => {
    const before = process.memoryUsage().arrayBuffers;
    const readers = Array.from({ length: 500 }, () => {
      const { reader } = reading({ dataLength: 1e9, controlLength: 1e9 });
      reader.push(Uint8Array.of(1, 0, 0x30, 0, 0, 0, 1, 2, 3));
      return reader;
    });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
    expect(readers.every(({ atRest }) => !atRest)).toBe(true);
  });

  it.each([
    ['an unknown type, at its first byte', [0x47], 'dicom.pdu-unknown'],
    ['type 0', [0], 'dicom.pdu-unknown'],
    ['an empty control PDU', [5, 0, 0, 0, 0, 0], 'dicom.pdu-malformed'],
    ['a P-DATA-TF without a value', [4, 0, 0, 0, 0, 5], 'dicom.pdu-malformed'],
    ['a value longer than its PDU', [4, 0, 0, 0, 0, 8, 0, 0, 0, 5, 1, 0], 'dicom.pdu-malformed'],
    ['a value without its header', [4, 0, 0, 0, 0, 8, 0, 0, 0, 1, 1, 0], 'dicom.pdu-malformed'],
    ['bytes after the last value', [4, 0, 0, 0, 0, 9, 0, 0, 0, 2, 1, 0, 0, 0, 0], 'dicom.pdu-malformed'],
  ])('refuses %s', (_what, pdu, code) => {
    expect(() => reading().reader.push(Uint8Array.from(pdu))).toThrow(code);
  });
});
