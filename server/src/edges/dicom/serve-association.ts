// One association that somebody asks of us: who may, on what terms, and its requests to the services.
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { DicomNetError, negotiate, sopClass, type Admission, type AssociateRequest, type DicomPeer, type DicomServices, type Rejection } from '@sen/dicom/net';
import { answerRequest } from './answer-request.ts';
import { newLine, type Line, type LineEnd } from './line.ts';
import type { Seat } from './request.ts';
import { implementation, type DicomListenerSettings } from './settings.ts';
import { peerCertificate } from './tls.ts';

export interface Served {
  /** Nothing runs: it may be ended without loss. */
  readonly idle: boolean;
  stop(): void;
}

interface Host extends DicomListenerSettings {
  readonly services: DicomServices;
  /** More than we take at once; told to the other side when it has said who it is. */
  readonly tooMany: boolean;
  readonly secure: boolean;
}

/** DICOM PS3.8 2024e, table 9-21: what a refusal looks like on the wire. */
const rejections: Readonly<Record<Exclude<Admission, 'allowed'> | 'too-many' | 'pdu-too-short', Rejection>> = {
  'calling-ae-unknown': { result: 1, source: 1, reason: 3 },
  'called-ae-unknown': { result: 1, source: 1, reason: 7 },
  'address-unknown': { result: 1, source: 1, reason: 3 },
  'certificate-unknown': { result: 1, source: 1, reason: 1 },
  'pdu-too-short': { result: 1, source: 1, reason: 1 },
  busy: { result: 2, source: 3, reason: 1 },
  'too-many': { result: 2, source: 3, reason: 2 },
};

/** A peer that takes less would have each object cut into thousands of packets. */
const SHORTEST_PDU = 512;

const serves: ReadonlySet<string> = new Set(Object.values(sopClass));

export function serveAssociation(socket: Socket, host: Host): Served {
  let peer: DicomPeer | undefined;
  const line: Line = newLine(socket, host.limits, {
    requested: (request) => {
      const asking = peerOf(socket, request);
      void judge(host, asking, request).then((because) => {
        if (because !== 'allowed') return refuse(host, line, asking, because);
        peer = asking;
        return begin(host, line, request, asking);
      }).catch((error: unknown) => {
        host.fault('a DICOM association', error);
        line.abort({ kind: 'lost' });
      });
    },
    accepted: () => undefined,
    handle: (incoming) => (peer === undefined ? Promise.resolve() : answerRequest({ incoming, seat: seatOf(host, line, peer) })),
    ended: (end) => peer !== undefined && host.services.heard({ kind: endKind(end), peer }),
    fault: host.fault,
  });
  return { get idle() { return line.conversation?.idle ?? true; }, stop: () => line.abort({ kind: 'lost' }) };
}

function seatOf(host: Host, line: Line, peer: DicomPeer): Seat {
  const { services, limits, fault, aeTitle, tls } = host;
  return {
    services, peer, fault, identifierBytes: limits.identifierBytes,
    ask: (...asked) => {
      if (line.conversation === undefined) throw new DicomNetError('dicom.association-closed');
      return line.conversation.request(...asked);
    },
    contexts: () => line.contexts,
    calling: { callingAe: aeTitle, limits, fault, ...(tls !== undefined && { tls }) },
  };
}

async function judge(host: Host, peer: DicomPeer, request: AssociateRequest): Promise<keyof typeof rejections | 'allowed'> {
  if (host.tooMany) return 'too-many';
  const longest = request.user.maxPduLength;
  if (longest !== 0 && longest < SHORTEST_PDU) return 'pdu-too-short';
  return host.services.mayAssociate(peer);
}

function refuse({ services }: Host, line: Line, peer: DicomPeer, because: keyof typeof rejections): void {
  if (line.association.state === 'Sta3') line.association.reject(rejections[because]);
  services.heard({ kind: 'refused', peer, because: because === 'pdu-too-short' ? 'too-many' : because });
}

function begin(host: Host, line: Line, request: AssociateRequest, peer: DicomPeer): void {
  // Gone while it was judged.
  if (line.association.state !== 'Sta3') return;
  const { limits, services } = host;
  const { accept, contexts, operations } = negotiate(request, { serves, stores: true, operations: limits.operations, maxPduLength: limits.pduBytes, ...implementation });
  line.converse(contexts, operations, request.user.maxPduLength);
  line.association.accept(accept);
  services.heard({ kind: 'associated', peer });
}

function endKind(end: LineEnd): 'released' | 'aborted' | 'lost' | 'timed-out' {
  return end.kind === 'rejected' ? 'aborted' : end.kind;
}

function peerOf(socket: Socket, { callingAe, calledAe, user }: AssociateRequest): DicomPeer {
  const certificate = socket instanceof TLSSocket ? peerCertificate(socket) : undefined;
  return {
    callingAe, calledAe, address: plainAddress(socket.remoteAddress ?? ''), port: socket.remotePort ?? 0, secure: socket instanceof TLSSocket,
    implementationClass: user.implementationClass, implementationVersion: user.implementationVersion,
    ...(certificate !== undefined && { certificate }), ...(user.identity !== undefined && { identity: user.identity }),
  };
}

/** A door open to IPv6 sees IPv4 as ::ffff:10.0.0.1; an allow-list shall not have to. */
function plainAddress(address: string): string {
  return address.startsWith('::ffff:') ? address.slice(7) : address;
}
