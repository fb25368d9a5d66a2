import { keyOf } from '@sen/fhir';
import type { Work } from '../../../platform/work.ts';
import { accessOf } from '../../security/index.ts';
import { admittedContents, type Content } from './admitted-contents.ts';
import { viewerOf } from './sight.ts';

/**
 * Gives those of some patients (ids) of whom the actor may read a resource of a type that carries nothing of its own: for what modules keep about patients
 * outside the record. Those given are told to the audit as seen.
 */
export async function findAdmitted(work: Work, type: 'ImagingStudy', patientIds: readonly string[]): Promise<ReadonlySet<string>> {
  const wanted = [...new Set(patientIds)];
  const admitted = accessOf(work.actor).unlimited ? wanted.map(() => true) : await admittedContents(work.db, viewerOf(work), 'read', wanted.map((id) => plain(type, id, work.now)));
  const seen = wanted.filter((_id, at) => admitted[at]);
  for (const id of seen) work.trail.patients.add(keyOf(id));
  return new Set(seen);
}

function plain(type: 'ImagingStudy', patientId: string, now: number): Content {
  return { type, id: 'none', updated: now, resource: () => ({ resourceType: type, status: 'available', subject: { reference: `Patient/${patientId}` } }) };
}
