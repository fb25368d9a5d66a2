// The desk judges a request to act for a relative.
import type { Work } from '../../../platform/work.ts';
import { readResource } from '../../record/index.ts';
import { noSuchPatient } from '../registration/refusals.ts';
import { grantFamily, noSuchRequest } from './grant-family.ts';
import { settleRequest } from './store.ts';

/** The desk has seen both people's papers, or has not. */
export async function decideFamilyRequest(work: Work, { request, confirmed }: { request: string; confirmed: boolean }): Promise<{ confirmed: boolean }> {
  return work.transact(async (inner) => {
    const settled = await settleRequest(inner.db, request, confirmed ? 'confirmed' : 'refused');
    if (settled?.patient === null || settled === undefined) throw noSuchRequest();
    if ((await readResource(inner, 'Patient', settled.patient)) === undefined) throw noSuchPatient();
    if (confirmed) await grantFamily(inner, settled);
    return { confirmed };
  });
}
