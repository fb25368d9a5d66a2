// A small archive in memory behind a DICOM listener, to see what peers send and get.
import { collectData, DicomStatus, sopClass, status, type Admission, type DicomAddress, type DicomPeer, type DicomServices, type FindRequest, type MachineSign, type NormalizedOutcome, type NormalizedRequest, type Outcome, type PlannedInstance, type RetrieveRequest, type StoreRequest } from '@sen/dicom/net';
import { openDicomListener, type DicomListener } from '../../server/src/edges/dicom/open-dicom-listener.ts';
import { usualLimits, type DicomDoor, type DicomLimits } from '../../server/src/edges/dicom/settings.ts';

export interface StoredObject {
  readonly sopClass: string;
  readonly sopInstance: string;
  readonly transferSyntax: string;
  readonly dataset: Buffer;
  readonly peer: DicomPeer;
}

export interface MemoryArchive {
  readonly services: DicomServices;
  readonly stored: Map<string, StoredObject>;
  readonly signs: MachineSign[];
  readonly faults: unknown[];
  /** Identifiers given as matches, by SOP class. */
  readonly matches: Map<string, readonly Uint8Array[]>;
  readonly asked: FindRequest[];
  readonly normalized: NormalizedRequest[];
  readonly destinations: Map<string, DicomAddress>;
}

export interface ArchiveHooks {
  readonly admit?: (peer: DicomPeer) => Admission;
  readonly store?: (request: StoreRequest) => Promise<Outcome>;
  readonly retrieve?: (request: RetrieveRequest) => Promise<readonly PlannedInstance[]>;
  readonly normalized?: (request: NormalizedRequest) => Promise<NormalizedOutcome>;
}

export function memoryArchive(hooks: ArchiveHooks = {}): MemoryArchive {
  const archive: MemoryArchive = {
    stored: new Map(), signs: [], faults: [], matches: new Map(), asked: [], normalized: [], destinations: new Map(),
    services: {
      mayAssociate: async (peer) => hooks.admit?.(peer) ?? 'allowed',
      heard: (sign) => archive.signs.push(sign),
      store: hooks.store ?? (async ({ sopClass, sopInstance, transferSyntax, peer, data }) => {
        archive.stored.set(sopInstance, { sopClass, sopInstance, transferSyntax, peer, dataset: Buffer.from(await collectData(data, 1e9)) });
        return { status: status.success };
      }),
      find: (request) => matchesOf(archive, request),
      retrieve: async (request) => {
        archive.asked.push(request);
        const destination = archive.destinations.get(request.destination ?? '');
        return { instances: (await hooks.retrieve?.(request)) ?? [...archive.stored.values()].map(planned), ...(destination !== undefined && { destination }) };
      },
      normalized: async (request) => {
        archive.normalized.push(request);
        return hooks.normalized?.(request) ?? { status: status.success };
      },
    },
  };
  return archive;
}

async function* matchesOf(archive: MemoryArchive, request: FindRequest) {
  archive.asked.push(request);
  const matches = archive.matches.get(request.sopClass);
  if (matches === undefined && request.sopClass !== sopClass.studyFind) throw new DicomStatus(status.wrongClass, 'nothing of this kind here');
  for (const identifier of matches ?? []) yield { identifier };
}

export function planned({ sopClass, sopInstance, transferSyntax, dataset }: Omit<StoredObject, 'peer'>): PlannedInstance {
  return { sopClass, sopInstance, transferSyntaxes: [transferSyntax], open: () => inSlices(dataset, 50_001) };
}

async function* inSlices(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Opens a door of ours on a free port of this machine. */
export async function listenInTest(archive: MemoryArchive, limits: Partial<DicomLimits> = {}, tls?: DicomDoor['tls']): Promise<DicomListener & { readonly port: number }> {
  const listener = await openDicomListener({
    doors: [{ host: '127.0.0.1', port: 0, ...(tls !== undefined && { tls }) }], limits: { ...usualLimits, ...limits }, aeTitle: 'SEN',
    fault: (_what, error) => archive.faults.push(error), ...(tls !== undefined && { tls }),
  }, archive.services);
  const { ports, close, renewTls } = listener;
  return { ports, port: ports[0] ?? 0, close, renewTls, get associations() { return listener.associations; } };
}
