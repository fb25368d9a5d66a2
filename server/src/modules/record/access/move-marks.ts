import { setTimeout as pause } from 'node:timers/promises';
import type { Work } from '../../../platform/work.ts';
import { guardMarks, patientMarks } from '../../security/index.ts';
import { int8Array } from '../store/binary-arrays.ts';
import { feedHorizon } from '../store/snapshot.ts';

/** Longest wait for writes that were under way when the marks of a patient changed. */
const SETTLE_MS = 60_000;
const STEP_MS = 100;

/**
 * Copies the marks of patients (keys) to every resource about them, in the transaction of the work, and again after it: what others wrote meanwhile took
 * the marks from before.
 */
export async function moveMarks(work: Work, patients: readonly bigint[]): Promise<void> {
  if (patients.length === 0) return;
  await sweepMarks(work, patients);
  await work.afterCommit(async (outside) => {
    const { begun, settled } = await feedHorizon(outside.db);
    await sweepMarks(outside, patients);
    // not awaited: a writer may take long, and what it writes about the patient is new
    if (settled < begun) void sweepWhenSettled(outside, patients, begun).catch(() => undefined);
  });
}

async function sweepWhenSettled(work: Work, patients: readonly bigint[], begun: bigint): Promise<void> {
  for (let waited = 0; waited < SETTLE_MS && (await feedHorizon(work.db)).settled < begun; waited += STEP_MS) await pause(STEP_MS, undefined, { ref: false });
  await sweepMarks(work, patients);
}

const guard = `(${guardMarks('r.patient')} & ${patientMarks})`;

async function sweepMarks({ db }: Work, patients: readonly bigint[]): Promise<void> {
  await db.query({
    name: 'record.sweep-marks',
    text: `update record.resource r set marks = (r.marks & ~${patientMarks}) | ${guard} where r.patient = any($1::bigint[]) and r.patient <> 0 and (r.marks & ${patientMarks}) <> ${guard}`,
    values: [int8Array(patients)],
  });
}
