// Storage commitment (DICOM PS3.4 2024e, annex J): what we keep for sure, told to the machine that asked.
import { randomUUID } from 'node:crypto';
import { buildDataset, explicitLittleEndian, itemsOf, readDataset, tagOf, textOf, writeDataset, DicomError } from '@sen/dicom';
import { commitmentInstance, DicomStatus, sopClass, status, type EventReport, type NormalizedOutcome, type NormalizedRequest } from '@sen/dicom/net';
import type { Work } from '../../../platform/work.ts';
import { heldArchive } from '../archive/held-archive.ts';
import type { Archive } from '../archive/receive-instance.ts';
import { heldDicomCaller } from '../machines/dicom-caller.ts';
import type { Machine } from '../machines/machine.ts';
import { machineByTitle } from '../machines/machine-store.ts';
import { dueCommitments, insertCommitment, keptObjects, setTold, setUntold, type Commitment, type CommitmentItem, type DueCommitment, type KeptObject } from './commitment-store.ts';

const tag = (keyword: string) => tagOf(keyword)!;
const t = { transaction: tag('TransactionUID'), referenced: tag('ReferencedSOPSequence'), instance: tag('ReferencedSOPInstanceUID'), sopClass: tag('ReferencedSOPClassUID') };
const askForCommitment = 1;
/** Time for the report over the association of the request; after it, over one of ours. */
const firstTryMs = 15_000;
/** 1, 2, 4 … minutes: a week in all. A machine that is switched off over a holiday still hears it. */
const triesMost = 14;

/** Takes the request; what it says is settled when it is reported. `fault` is told what goes wrong after the answer. */
export async function reportCommitment(work: Work, machine: Machine, request: NormalizedRequest, fault: (what: string, error: unknown) => void): Promise<NormalizedOutcome> {
  if (request.type !== askForCommitment) return { status: status.noSuchAction };
  if (request.sopInstance !== commitmentInstance) return { status: status.noSuchInstance };
  const commitment = { id: randomUUID(), machine: machine.aeTitle, ...askedIn(request) };
  await insertCommitment(work.db, commitment, work.now, work.now + firstTryMs);
  // The answer leaves first: a report before it confuses machines that count on the order.
  setImmediate(() => void reportOnSame(work, commitment, request).catch((error: unknown) => fault('a storage commitment report', error)));
  return { status: status.success };
}

function askedIn({ data, transferSyntax }: NormalizedRequest): Pick<Commitment, 'transactionUid' | 'asked'> {
  const dataset = parsed(data, transferSyntax);
  const transactionUid = textOf(dataset, t.transaction);
  const asked = itemsOf(dataset, t.referenced).map((item): CommitmentItem => ({ sopClass: textOf(item, t.sopClass) ?? '', sopInstance: textOf(item, t.instance) ?? '' }));
  if (transactionUid === undefined || asked.length === 0 || asked.some((item) => item.sopClass === '' || item.sopInstance === '')) throw new DicomStatus(status.missingAttributeValue, 'transaction or instances missing');
  return { transactionUid, asked };
}

function parsed(data: Uint8Array | undefined, transferSyntax: string) {
  if (data === undefined) throw new DicomStatus(status.missingAttribute, 'no action information');
  try {
    return readDataset(data, transferSyntax).dataset;
  } catch (error) {
    if (error instanceof DicomError) throw new DicomStatus(status.invalidAttributeValue, 'action information cannot be read');
    throw error;
  }
}

/** A machine that has released by then is called later. */
async function reportOnSame(work: Work, commitment: Commitment, request: NormalizedRequest): Promise<void> {
  const event = await eventOf(work, heldArchive(), commitment, request.transferSyntax);
  const told = await request.report(event).then(({ status: code }) => code === status.success, () => false);
  if (told) await setTold(work.db, commitment.id, work.now);
}

/** A job: calls the machines that have not been told, each again after twice the time. */
export async function reportCommitments(work: Work): Promise<void> {
  if (heldDicomCaller() === undefined) return;
  for (const commitment of await dueCommitments(work.db, work.now, triesMost)) {
    if (await reportOnOurs(work, commitment)) await setTold(work.db, commitment.id, work.now);
    else await setUntold(work.db, commitment.id, work.now + 60_000 * 2 ** commitment.tries);
  }
}

async function reportOnOurs(work: Work, commitment: DueCommitment): Promise<boolean> {
  const machine = await machineByTitle(work.db, commitment.machine);
  if (machine?.active !== true || machine.host === null || machine.port === null) return false;
  const event = await eventOf(work, heldArchive(), commitment, explicitLittleEndian);
  const answer = heldDicomCaller()?.report({ host: machine.host, port: machine.port, aeTitle: machine.aeTitle, secure: machine.secure }, event);
  return (await answer?.catch(() => undefined))?.status === status.success;
}

type FailureReason = typeof status.noSuchInstance | typeof status.processingFailure | typeof classDiffers;
/** PS3.3 C.14.1.1. */
const classDiffers = 0x0119;

/** Event 1: all is kept; 2: some is not (J.3.3). Looked up when it is told: the truth of now. */
async function eventOf(work: Work, archive: Archive, { transactionUid, asked }: Commitment, transferSyntax: string): Promise<EventReport> {
  const kept = new Map((await keptObjects(work.db, asked.map(({ sopInstance }) => sopInstance))).map((one) => [one.uid, one]));
  const judged: { item: CommitmentItem; reason: FailureReason | undefined }[] = [];
  for (const item of asked) judged.push({ item, reason: await failureOf(archive, item, kept.get(item.sopInstance)) });
  const failed = judged.flatMap(({ item, reason }) => (reason === undefined ? [] : [{ ...referenceOf(item), FailureReason: reason }]));
  const done = judged.flatMap(({ item, reason }) => (reason === undefined ? [referenceOf(item)] : []));
  const data = buildDataset({ TransactionUID: transactionUid, ...(done.length > 0 && { ReferencedSOPSequence: done }), ...(failed.length > 0 && { FailedSOPSequence: failed }) }, '');
  return { sopClass: sopClass.commitment, sopInstance: commitmentInstance, event: failed.length === 0 ? 1 : 2, data: writeDataset(data, transferSyntax) };
}

function referenceOf(item: CommitmentItem) {
  return { ReferencedSOPClassUID: item.sopClass, ReferencedSOPInstanceUID: item.sopInstance };
}

/** The row alone is no promise: the bytes have to be there too. */
async function failureOf({ blobs }: Archive, item: CommitmentItem, kept: KeptObject | undefined): Promise<FailureReason | undefined> {
  if (kept === undefined) return status.noSuchInstance;
  if (kept.sopClass !== item.sopClass) return classDiffers;
  return (await blobs.size(kept.object)) === Number(kept.bytes) ? undefined : status.processingFailure;
}
