import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { tellAudit } from '../audit/tell-audit.ts';
import { accessOf } from './access-of.ts';
import type { PolicyDocument } from './document.ts';
import { loadPolicy } from './load-policy.ts';
import { policyFindings } from './policy-findings.ts';
import { addPolicy, listPolicies, type StoredPolicy } from './store.ts';

export interface PolicyChange {
  readonly document: unknown;
  /** The newest version that the writer has seen. */
  readonly basedOn: number;
  readonly reason: string;
  /** ms since 1970; at once when absent or past. */
  readonly effectiveFrom?: number;
}

/**
 * Adds a version of the policy. Refuses one that breaks its rules (`security.policy-unsound`), and one that was written without seeing the newest
 * (`security.policy-moved`). Other processes follow within moments.
 */
export async function changePolicy(work: Work, change: PolicyChange): Promise<StoredPolicy> {
  if (!accessOf(work.actor).permits('policy.change')) throw notPermitted();
  const findings = policyFindings(change.document);
  if (findings.length > 0) throw unsound(findings);
  const newest = (await listPolicies(work.db))[0]?.version ?? 0;
  const policy: StoredPolicy = {
    version: change.basedOn + 1, effectiveFrom: Math.max(change.effectiveFrom ?? 0, work.now), document: change.document as PolicyDocument,
    changedBy: work.actor.id, reason: change.reason, createdAt: work.now,
  };
  if (newest !== change.basedOn || !(await addPolicy(work.db, policy))) throw moved(newest);
  tellAudit(work, { kind: 'policy', detail: { version: policy.version, reason: policy.reason, effectiveFrom: new Date(policy.effectiveFrom).toISOString() } });
  await work.afterCommit(loadPolicy);
  return policy;
}

function notPermitted(): Refusal {
  return new Refusal('forbidden', 'security.not-permitted', { vi: 'Tài khoản này không được làm việc đó.', en: 'This account is not permitted to do that.' });
}

function unsound(findings: readonly string[]): Refusal {
  const first = findings.slice(0, 3).join('; ');
  const text = { vi: `Chính sách này không dùng được: ${first}.`, en: `This policy cannot be used: ${first}.` };
  return new Refusal('rule', 'security.policy-unsound', text, findings.map((finding) => ({ severity: 'error', code: 'business-rule', diagnostics: finding, expression: 'document' })));
}

function moved(newest: number): Refusal {
  return new Refusal('conflict', 'security.policy-moved', {
    vi: `Chính sách đã có phiên bản mới hơn (${newest}). Xin xem lại rồi gửi lại.`, en: `There is a newer version of the policy (${newest}). Please look at it and send again.`,
  });
}
