import { describe, expect, it } from 'vitest';
import { newAssociation, type AbortIndication, type Association } from './association.ts';
import { applicationContextName, type AssociateAccept, type AssociateRequest } from './pdu.ts';
import { writeAssociateRequest, writeReleaseRequest } from './write-pdu.ts';

const user = { maxPduLength: 16_384, implementationClass: '2.25.1', implementationVersion: 'SEN', roles: [], extended: [], commonExtended: [] };
const request: AssociateRequest = { calledAe: 'SEN', callingAe: 'CT', applicationContext: applicationContextName, protocolVersion: 1, contexts: [{ id: 1, abstractSyntax: '1.2.840.10008.1.1', transferSyntaxes: ['1.2.840.10008.1.2'] }], user };
const accept: AssociateAccept = { calledAe: 'SEN', callingAe: 'CT', applicationContext: applicationContextName, contexts: [{ id: 1, result: 0, transferSyntax: '1.2.840.10008.1.2' }], user };

interface Side {
  readonly association: Association;
  /** What was indicated, in order. */
  readonly heard: string[];
  readonly sent: Uint8Array[];
  timer: boolean;
  closed: boolean;
}

/** One side; what it sends is kept until `deliver`. */
function side(proposal?: AssociateRequest): Side {
  const heard: string[] = [];
  const sent: Uint8Array[] = [];
  const aborted = ({ by, reason, error }: AbortIndication) => heard.push(`aborted by ${by} ${reason}${error === undefined ? '' : ` ${error.code}`}`);
  const own: Side = {
    heard, sent, timer: false, closed: false,
    association: newAssociation({
      send: (bytes) => sent.push(bytes), close: () => { own.closed = true; }, startTimer: () => { own.timer = true; }, stopTimer: () => { own.timer = false; },
      requested: ({ callingAe }) => heard.push(`requested by ${callingAe}`), accepted: ({ contexts }) => heard.push(`accepted ${contexts.length}`),
      rejected: ({ result, source, reason }) => heard.push(`rejected ${result} ${source} ${reason}`), data: (id, isCommand, last, slice) => heard.push(`data ${id} ${isCommand} ${last} ${slice.length}`),
      releaseAsked: () => heard.push('release asked'), released: () => heard.push('released'), aborted,
    }, { dataLength: 100_000, controlLength: 100_000 }, proposal),
  };
  return own;
}

function deliver(from: Side, to: Side): void {
  for (const bytes of from.sent.splice(0)) to.association.receive(bytes);
}

function pair(): { requestor: Side; acceptor: Side } {
  const [requestor, acceptor] = [side(request), side()];
  acceptor.association.connected();
  requestor.association.connected();
  deliver(requestor, acceptor);
  return { requestor, acceptor };
}

function established(): { requestor: Side; acceptor: Side } {
  const both = pair();
  both.acceptor.association.accept(accept);
  deliver(both.acceptor, both.requestor);
  return both;
}

describe('an association (DICOM PS3.8 2024e, 9.2)', () => {
  it('is proposed, accepted, used and released', () => {
    const { requestor, acceptor } = established();
    requestor.association.sendData(1, true, true, [new Uint8Array(4), new Uint8Array(6)], 10);
    requestor.association.release();
    deliver(requestor, acceptor);
    acceptor.association.sendData(1, true, true, [new Uint8Array(2)], 2);
    acceptor.association.replyRelease();
    deliver(acceptor, requestor);
    expect(acceptor.heard).toEqual(['requested by CT', 'data 1 true false 4', 'data 1 true true 6', 'release asked', 'released']);
    expect(requestor.heard).toEqual(['accepted 1', 'data 1 true true 2', 'released']);
    expect([requestor.association.state, requestor.closed, acceptor.association.state, acceptor.timer]).toEqual(['Sta1', true, 'Sta13', true]);
    acceptor.association.closed();
    expect([acceptor.association.state, acceptor.timer]).toEqual(['Sta1', false]);
  });

  it('is rejected by the user with its reason', () => {
    const { requestor, acceptor } = pair();
    acceptor.association.reject({ result: 1, source: 1, reason: 3 });
    deliver(acceptor, requestor);
    expect([requestor.heard, requestor.closed, acceptor.association.state, acceptor.timer]).toEqual([['rejected 1 1 3'], true, 'Sta13', true]);
  });

  it.each([['another protocol version', { ...request, protocolVersion: 2 }, 'rejected 1 2 2'], ['another application context', { ...request, applicationContext: '1.2.3' }, 'rejected 1 1 2']])(
    'is rejected by the protocol layer for %s, and the user hears nothing', (_what, proposal, heard) => {
      const [requestor, acceptor] = [side(proposal), side()];
      acceptor.association.connected();
      requestor.association.connected();
      deliver(requestor, acceptor);
      deliver(acceptor, requestor);
      expect([requestor.heard, acceptor.heard]).toEqual([[heard], []]);
    });

  it('survives a collision of releases', () => {
    const { requestor, acceptor } = established();
    requestor.association.release();
    acceptor.association.release();
    deliver(requestor, acceptor);
    deliver(acceptor, requestor);
    expect([requestor.association.state, acceptor.association.state, requestor.heard.at(-1)]).toEqual(['Sta9', 'Sta10', 'release asked']);
    requestor.association.replyRelease();
    deliver(requestor, acceptor);
    expect([acceptor.association.state, acceptor.heard.at(-1)]).toEqual(['Sta12', 'release asked']);
    acceptor.association.replyRelease();
    deliver(acceptor, requestor);
    expect([requestor.heard.at(-1), acceptor.heard.at(-1), requestor.closed]).toEqual(['released', 'released', true]);
  });

  it('ends at once by abort, and tells who aborted', () => {
    const { requestor, acceptor } = established();
    requestor.association.abort();
    deliver(requestor, acceptor);
    expect([acceptor.heard.at(-1), acceptor.closed, acceptor.association.state, requestor.timer]).toEqual(['aborted by user 0', true, 'Sta1', true]);
  });

  it('aborts as provider on a PDU that does not belong, and hears nothing after it', () => {
    const { requestor, acceptor } = established();
    acceptor.association.receive(writeAssociateRequest(request));
    deliver(acceptor, requestor);
    acceptor.association.receive(writeReleaseRequest());
    expect([acceptor.heard.at(-1), acceptor.association.state, requestor.heard.at(-1)]).toEqual(['aborted by us 2', 'Sta13', 'aborted by provider 2']);
  });

  it('aborts on bytes that are no PDU, and drops what follows', () => {
    const { acceptor } = established();
    acceptor.sent.length = 0;
    acceptor.association.receive(new TextEncoder().encode('GET / HTTP/1.1'));
    acceptor.association.receive(writeReleaseRequest());
    expect([acceptor.heard.at(-1), acceptor.timer]).toEqual(['aborted by us 1 dicom.pdu-unknown', true]);
    expect(acceptor.sent.map((bytes) => Buffer.from(bytes).toString('hex'))).toEqual(['07000000000400000201']);
  });

  it('gives up on one who never proposes, and on one who never hangs up', () => {
    const silent = side();
    silent.association.connected();
    expect(silent.timer).toBe(true);
    silent.association.timerExpired();
    expect([silent.closed, silent.timer, silent.heard]).toEqual([true, false, ['aborted by us 0']]);
    const { acceptor } = pair();
    acceptor.association.reject({ result: 1, source: 1, reason: 1 });
    acceptor.association.timerExpired();
    expect([acceptor.closed, acceptor.association.state]).toEqual([true, 'Sta1']);
  });

  it('tells that the connection broke', () => {
    const { requestor, acceptor } = established();
    acceptor.association.closed();
    requestor.association.closed();
    expect([acceptor.heard.at(-1), requestor.heard.at(-1)]).toEqual(['aborted by connection 0', 'aborted by connection 0']);
  });

  it('refuses what the state does not allow', () => {
    const { acceptor } = pair();
    expect(() => acceptor.association.sendData(1, true, true, [], 0)).toThrow('dicom.association-refused-state');
    expect(() => acceptor.association.release()).toThrow('dicom.association-refused-state');
    expect(() => side().association.accept(accept)).toThrow('dicom.association-refused-state');
  });
});
