// An association that we ask of somebody: to send, to query, to report.
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { agreedContexts, applicationContextName, DicomNetError, responseTo, status, type Context, type Conversation, type DicomAddress, type DicomPeer, type Incoming, type ProposedContext, type RoleSelection, type UserIdentity } from '@sen/dicom/net';
import { newLine, type Line, type LineEnd } from './line.ts';
import { implementation, type DicomLimits, type DicomTls } from './settings.ts';
import { isBelieved, peerCertificate, tlsOptions } from './tls.ts';

export interface DicomCallTerms {
  readonly address: DicomAddress;
  readonly callingAe: string;
  /** Our key and certificate, and which of theirs we believe; needed where the address is secure. */
  readonly tls?: DicomTls;
  readonly limits: DicomLimits;
  /** What we want to do, in which encodings; at most 128. */
  readonly contexts: readonly Omit<ProposedContext, 'id'>[];
  readonly roles?: readonly RoleSelection[];
  readonly identity?: UserIdentity;
  /** Takes what the other side asks of us: objects of a C-GET, event reports. */
  readonly handle?: (incoming: Incoming, peer: DicomPeer) => Promise<void>;
  readonly fault: (what: string, error: unknown) => void;
}

/** A standing association of ours. */
export interface DicomCall {
  readonly contexts: ReadonlyMap<number, Context>;
  readonly ask: Conversation['request'];
  /** When it is over, and why. */
  readonly ended: Promise<LineEnd>;
  /** Ends it in order, after what is still asked or cancelled; resolves when it is over, however it ended. */
  release(): Promise<void>;
  abort(): void;
}

/** Connects, proposes, resolves when accepted. Rejects with a DicomNetError (`dicom.association-rejected` …) or the error of the connection. */
export async function openAssociation(terms: DicomCallTerms): Promise<DicomCall> {
  const socket = await connected(terms);
  const peer = peerOf(socket, terms);
  const opened = Promise.withResolvers<Conversation>();
  const over = Promise.withResolvers<LineEnd>();
  let contexts: ReadonlyMap<number, Context> = new Map();
  const proposed = terms.contexts.slice(0, 128).map((context, place) => ({ ...context, id: 2 * place + 1 }));
  const line: Line = newLine(socket, terms.limits, {
    requested: () => undefined,
    accepted: (accept) => {
      contexts = agreedContexts(proposed, accept.contexts, accept.user.roles);
      opened.resolve(line.converse(contexts, 1, accept.user.maxPduLength));
    },
    handle: (incoming) => terms.handle?.(incoming, peer) ?? incoming.respond(responseTo(incoming.command, status.unrecognizedOperation)),
    ended: (end) => {
      opened.reject(new DicomNetError(end.kind === 'rejected' ? 'dicom.association-rejected' : 'dicom.association-aborted', detail(end)));
      over.resolve(end);
    },
    fault: terms.fault,
  }, proposal(terms, proposed));
  const conversation = await opened.promise;
  return { contexts, ask: conversation.request, ended: over.promise, release: () => release(line, over.promise), abort: () => line.abort({ kind: 'lost' }) };
}

function detail(end: LineEnd): string {
  if (end.kind === 'rejected') return `result ${end.rejection.result}, source ${end.rejection.source}, reason ${end.rejection.reason}`;
  return end.kind === 'aborted' ? end.code : end.kind;
}

async function release(line: Line, over: Promise<LineEnd>): Promise<void> {
  await line.conversation?.quiet();
  if (line.association.state === 'Sta6') line.association.release();
  await over;
}

function proposal({ address, callingAe, limits, roles, identity }: DicomCallTerms, contexts: readonly ProposedContext[]) {
  return {
    calledAe: address.aeTitle, callingAe: address.callingAe ?? callingAe, applicationContext: applicationContextName, protocolVersion: 1, contexts,
    user: { maxPduLength: limits.pduBytes, ...implementation, roles: roles ?? [], extended: [], commonExtended: [], ...(identity !== undefined && { identity }) },
  };
}

function connected(terms: DicomCallTerms): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const { host, port, secure } = terms.address;
  if (secure && terms.tls === undefined) return Promise.reject(new Error('a secure DICOM address needs a key of ours'));
  const socket = secure && terms.tls !== undefined ? secureSocket(terms.address, terms.tls, resolve) : connect({ host, port }, () => resolve(socket));
  const late = setTimeout(() => socket.destroy(new Error('the DICOM connection was not answered in time')), terms.limits.artimMs);
  socket.once('error', reject);
  socket.once('close', () => reject(new DicomNetError('dicom.association-closed')));
  return promise.finally(() => clearTimeout(late)).catch((error: unknown) => {
    socket.destroy();
    throw error;
  });
}

/** Names in certificates of machines are seldom their addresses: authority or fingerprint decide, the name does not. */
function secureSocket({ host, port }: DicomAddress, tls: DicomTls, ready: (socket: Socket) => void): Socket {
  const socket = connectTls({ ...tlsOptions(tls), host, port, checkServerIdentity: () => undefined }, () => {
    if (isBelieved(socket, tls)) ready(socket);
    else socket.destroy(new Error('the certificate of the DICOM peer is not believed'));
  });
  return socket;
}

function peerOf(socket: Socket, { address, callingAe }: DicomCallTerms): DicomPeer {
  const certificate = 'getPeerCertificate' in socket ? peerCertificate(socket as Parameters<typeof peerCertificate>[0]) : undefined;
  return {
    callingAe: address.aeTitle, calledAe: address.callingAe ?? callingAe, address: socket.remoteAddress ?? address.host, port: address.port, secure: address.secure,
    implementationClass: '', implementationVersion: '', ...(certificate !== undefined && { certificate }),
  };
}
