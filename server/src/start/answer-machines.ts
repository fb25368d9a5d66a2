// The DICOM doors of the hospital, and how it calls machines, where ports for them are set.
import { sopClass, transferSyntax } from '@sen/dicom/net';
import { contextOf, echo, reportEvent } from '../edges/dicom/calls.ts';
import type { DicomListener } from '../edges/dicom/open-dicom-listener.ts';
import { openAssociation, type DicomCall, type DicomCallTerms } from '../edges/dicom/open-association.ts';
import { holdDicomCaller, openDicomServices, type DicomCaller } from '../modules/imaging/index.ts';
import { faultFields, type Log } from '../platform/log.ts';
import type { House } from '../platform/module.ts';
import { dicomLimits, openDicom, readDicomTls } from './open-dicom.ts';

const closeWithinMs = 10_000;

export interface Machines {
  readonly ports: DicomListener['ports'];
  stop(): Promise<void>;
}

/** Opens the doors; undefined where no port is set. */
export async function answerMachines(house: House, log: Log): Promise<Machines | undefined> {
  const fault = (what: string, error: unknown) => log.error('dicom failed', { module: what, ...faultFields(error) });
  const { services, close } = openDicomServices(house, fault);
  const listener = await openDicom(house.settings, services, log);
  if (listener === undefined) return undefined;
  holdDicomCaller(callerOf(house, fault));
  return {
    ports: listener.ports,
    stop: async () => {
      holdDicomCaller(undefined);
      await listener.close(closeWithinMs);
      await close();
    },
  };
}

const encodings = [transferSyntax.explicitLittle, transferSyntax.implicitLittle];

function callerOf({ settings }: House, fault: DicomCallTerms['fault']): DicomCaller {
  const call = async (address: DicomCallTerms['address'], abstractSyntax: string, roles: DicomCallTerms['roles'] = []) => {
    const tls = await readDicomTls(settings);
    return openAssociation({ address, callingAe: settings.dicomAeTitle, limits: dicomLimits(settings), contexts: [{ abstractSyntax, transferSyntaxes: encodings }], roles, fault, ...(tls !== undefined && { tls }) });
  };
  return {
    echo: async (address) => released(await call(address, sopClass.verification), echo),
    // We are the provider of the service though we call (DICOM PS3.4 2024e, J.3.3).
    report: async (address, event) => released(await call(address, sopClass.commitment, [{ sopClass: sopClass.commitment, scu: false, scp: true }]), (open) => reportEvent(open.ask, contextOf(open, sopClass.commitment), event)),
  };
}

async function released<T>(call: DicomCall, step: (call: DicomCall) => Promise<T>): Promise<T> {
  try {
    return await step(call);
  } finally {
    await call.release();
  }
}
