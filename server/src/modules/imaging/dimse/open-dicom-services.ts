// What the DICOM doors ask of the archive: who may, and the services, each within what the machine is allowed.
import { DicomStatus, sopClass, status, type DicomPeer, type DicomServices } from '@sen/dicom/net';
import type { House } from '../../../platform/module.ts';
import { heldArchive } from '../archive/held-archive.ts';
import { admissionOf, type Machine } from '../machines/machine.ts';
import { machineByTitle } from '../machines/machine-store.ts';
import { recordSigns } from '../machines/record-signs.ts';
import { findIdentifiers } from './find-identifiers.ts';
import { planRetrieve } from './plan-retrieve.ts';
import { receiveObject } from './receive-object.ts';
import { reportCommitment } from './report-commitments.ts';

export interface OpenDicomServices {
  readonly services: DicomServices;
  /** After the doors are closed: writes the last signs of life. */
  close(): Promise<void>;
}

/** Opens them for a house whose imaging module has started. `fault` is told what no machine is to hear. */
export function openDicomServices(house: House, fault: (what: string, error: unknown) => void): OpenDicomServices {
  const aeTitle = house.settings.dicomAeTitle;
  const signs = recordSigns(house, (error) => fault('signs of life', error));
  // As the machine was when its association began; a change counts from the next one on.
  const machines = new WeakMap<DicomPeer, Machine>();
  const allowed = (peer: DicomPeer): Machine => {
    const machine = machines.get(peer);
    if (machine === undefined) throw new DicomStatus(status.notAuthorized);
    return machine;
  };
  const reader = (peer: DicomPeer): Machine => {
    const machine = allowed(peer);
    if (!machine.mayQuery) throw new DicomStatus(status.notAuthorized, 'this machine may not query here');
    return machine;
  };
  const services: DicomServices = {
    mayAssociate: async (peer) => {
      if (peer.calledAe !== aeTitle) return 'called-ae-unknown';
      const machine = await machineByTitle(house.systemWork().db, peer.callingAe);
      const admission = admissionOf(machine, peer);
      if (machine !== undefined && admission === 'allowed') machines.set(peer, machine);
      return admission;
    },
    heard: signs.heard,
    store: async (request) => receiveObject(heldArchive(), allowed(request.peer), request),
    find: (request) => findIdentifiers(house.systemWork(), reader(request.peer), aeTitle, request),
    retrieve: async (request) => planRetrieve(house.systemWork(), heldArchive(), reader(request.peer), request),
    normalized: async (request) => {
      const isCommitment = request.operation === 'n-action' && request.sopClass === sopClass.commitment;
      return isCommitment ? reportCommitment(house.systemWork(), allowed(request.peer), request, fault) : { status: status.classNotSupported };
    },
  };
  return { services, close: signs.close };
}
