// A relative has agreed: the code came to their telephone.
import type { FamilyMember } from '@sen/contracts';
import { timingSafeEqual } from 'node:crypto';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { codeHash } from './add-family.ts';
import { grantFamily, noSuchRequest } from './grant-family.ts';
import { settleRequest, tryCode } from './store.ts';

/** Takes the code; five tries within ten minutes. Refuses `identity.wrong-code`. */
export async function confirmFamily(work: Work, { request, code }: { request: string; code: string }): Promise<{ member: FamilyMember }> {
  const found = await tryCode(work.db, request, work.actor.id, work.now);
  if (found === undefined || !timingSafeEqual(Buffer.from(codeHash(request, code)), Buffer.from(found.code_hash))) throw new Refusal('forbidden', 'identity.wrong-code', { vi: 'Mã không đúng hoặc đã hết hạn.', en: 'The code is wrong or has expired.' });
  return work.transact(async (inner) => {
    const settled = await settleRequest(inner.db, request, 'confirmed');
    if (settled === undefined) throw noSuchRequest();
    return { member: await grantFamily(inner, settled) };
  });
}
