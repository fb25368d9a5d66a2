// The list of machines: who may speak DICOM with the hospital.
import type { BodyOf, DicomMachine, ParamsOf, ResponseOf, echoMachine as echoContract, listMachines as listContract, saveMachine as saveContract } from '@sen/contracts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { facilityOf } from '../../encounters/index.ts';
import { heldDicomCaller } from './dicom-caller.ts';
import { isAddress, type Machine } from './machine.ts';
import { deleteMachine, listStrangers, machineByTitle, machinesOf, upsertMachine } from './machine-store.ts';

export async function listMachines(work: Work): Promise<ResponseOf<typeof listContract>> {
  const machines = await machinesOf(work.db, await facilityOf(work));
  const strangers = await listStrangers(work.db);
  return { machines: machines.map(viewOf), strangers: strangers.map(({ lastAt, ...stranger }) => ({ ...stranger, lastAt: lastAt.toISOString() })) };
}

/** Refuses addresses and fingerprints that are none, a port without a host, and a title of another facility. */
export async function saveMachine(work: Work, input: BodyOf<typeof saveContract> & ParamsOf<typeof saveContract>): Promise<DicomMachine> {
  const certificate = input.certificate?.replaceAll(/[:\s]/g, '').toLowerCase();
  if (!input.addresses.every(isAddress)) throw wrongAddress();
  if (certificate !== undefined && !/^[0-9a-f]{64}$/.test(certificate)) throw wrongCertificate();
  if ((input.host === undefined) !== (input.port === undefined)) throw halfPlace();
  const { modality = null, roomId = null, host = null, port = null } = input;
  const saved = await upsertMachine(work.db, { ...input, facility: await facilityOf(work), modality, roomId, host, port, certificate: certificate ?? null });
  if (!saved) throw takenTitle();
  return viewOf(await machineOf(work, input.aeTitle));
}

export async function removeMachine(work: Work, aeTitle: string): Promise<{ aeTitle: string }> {
  if (!(await deleteMachine(work.db, await facilityOf(work), aeTitle))) throw noSuchMachine();
  return { aeTitle };
}

/** Asks a machine whether it answers. */
export async function echoMachine(work: Work, aeTitle: string): Promise<ResponseOf<typeof echoContract>> {
  const { host, port, secure } = await machineOf(work, aeTitle);
  if (host === null || port === null) throw noPlace();
  const caller = heldDicomCaller();
  if (caller === undefined) throw dicomOff();
  const began = performance.now();
  const because = await caller.echo({ host, port, aeTitle, secure }).then((status) => (status === 0 ? undefined : `status-${status.toString(16)}`), codeOf);
  return { answers: because === undefined, durationMs: Math.round(performance.now() - began), ...(because !== undefined && { because }) };
}

/** ECONNREFUSED, dicom.association-rejected … */
function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'no-answer';
}

async function machineOf(work: Work, aeTitle: string): Promise<Machine> {
  const machine = await machineByTitle(work.db, aeTitle);
  if (machine === undefined || machine.facility !== (await facilityOf(work))) throw noSuchMachine();
  return machine;
}

function viewOf({ facility: _facility, modality, roomId, addresses, certificate, host, port, heardAt, heardOperation, refusedAt, refusedBecause, ...machine }: Machine): DicomMachine {
  return {
    ...machine, addresses: [...addresses], ...(modality !== null && { modality }), ...(roomId !== null && { roomId }), ...(certificate !== null && { certificate }), ...(host !== null && { host }), ...(port !== null && { port }),
    ...(heardAt !== null && { heardAt: heardAt.toISOString() }), ...(heardOperation !== null && { heardOperation }), ...(refusedAt !== null && { refusedAt: refusedAt.toISOString() }), ...(refusedBecause !== null && { refusedBecause }),
  };
}

function wrongAddress(): Refusal {
  return new Refusal('incorrect', 'imaging.machine-address', { vi: 'Địa chỉ mạng của máy không đúng (ví dụ 10.20.0.7 hoặc 10.20.0.0/16).', en: 'The network address of the machine is wrong (such as 10.20.0.7 or 10.20.0.0/16).' });
}

function wrongCertificate(): Refusal {
  return new Refusal('incorrect', 'imaging.machine-certificate', { vi: 'Dấu vân tay SHA-256 của chứng thư phải có 64 chữ số thập lục phân.', en: 'The SHA-256 fingerprint of a certificate has 64 hexadecimal digits.' });
}

function halfPlace(): Refusal {
  return new Refusal('incorrect', 'imaging.machine-place', { vi: 'Địa chỉ nhận ảnh cần cả máy và cổng.', en: 'Where a machine listens needs both host and port.' });
}

function takenTitle(): Refusal {
  return new Refusal('conflict', 'imaging.ae-title-taken', { vi: 'AE title này đã thuộc về máy của cơ sở khác.', en: 'This AE title belongs to a machine of another facility.' });
}

function noSuchMachine(): Refusal {
  return new Refusal('not-found', 'imaging.no-such-machine', { vi: 'Không có máy này trong danh sách.', en: 'There is no such machine in the list.' });
}

function noPlace(): Refusal {
  return new Refusal('rule', 'imaging.machine-unreachable', { vi: 'Chưa khai máy này nghe ở địa chỉ và cổng nào.', en: 'It is not known where this machine listens.' });
}

function dicomOff(): Refusal {
  return new Refusal('unavailable', 'imaging.dicom-off', { vi: 'DICOM đang tắt (SEN_DICOM_PORT, SEN_DICOM_TLS_PORT).', en: 'DICOM is off (SEN_DICOM_PORT, SEN_DICOM_TLS_PORT).' });
}
