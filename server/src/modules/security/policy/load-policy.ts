// Puts the policy in force into the memory of this process.
import { isDeepStrictEqual } from 'node:util';
import { systemActor } from '../../../platform/actors.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { compilePolicy } from './compiled-policy.ts';
import { isPolicy } from './document.ts';
import { policyInForce, putInForce } from './policy-in-force.ts';
import { starterPolicy } from './starter-policy.ts';
import { addPolicy, findPolicyInForce, type StoredPolicy } from './store.ts';

/** Reads the policy in force. Refuses (`security.bad-policy`) one that this edition of Sen cannot read: better nobody in than the wrong people. */
export async function loadPolicy(work: Work): Promise<void> {
  const stored = await findPolicyInForce(work.db, work.now);
  if (stored === undefined || stored.version === policyInForce()?.version && isDeepStrictEqual(stored.document, policyInForce()?.policy.document)) return;
  const { version, document } = stored;
  if (!isPolicy(document)) {
    throw new Refusal('rule', 'security.bad-policy', {
      vi: `Chính sách truy cập phiên bản ${version} không đọc được ở bản Sen này.`, en: `Version ${version} of the access policy cannot be read by this edition of Sen.`,
    });
  }
  putInForce({ version, policy: compilePolicy(document) });
}

/** Stores the starter policy in a new house, and its newer edition in a house that has never changed it. */
export async function ensureStarterPolicy(work: Work): Promise<void> {
  const stored = await findPolicyInForce(work.db, work.now);
  if (stored !== undefined && (stored.changedBy !== systemActor.id || isDeepStrictEqual(stored.document, starterPolicy))) return;
  await addPolicy(work.db, starterVersion((stored?.version ?? 0) + 1, work.now));
}

function starterVersion(version: number, now: number): StoredPolicy {
  return { version, effectiveFrom: now, document: starterPolicy, changedBy: systemActor.id, reason: 'Chính sách khởi đầu của Sen', createdAt: now };
}
