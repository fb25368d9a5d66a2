import type { PolicyPage, PolicyVersion } from '@sen/contracts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { findAccountNames } from '../store.ts';
import { isPolicy } from './document.ts';
import { policyPage } from './policy-page.ts';
import { listPolicies, type StoredPolicy } from './store.ts';

/** Gives a version of the policy for reading, that in force when none is named, with the list of all. Refuses an unknown version (`security.no-policy-version`). */
export async function readPolicy(work: Work, version?: number): Promise<PolicyPage> {
  const stored = await listPolicies(work.db);
  const inForce = stored.find(({ effectiveFrom }) => effectiveFrom <= work.now);
  const wanted = version === undefined ? inForce : stored.find((each) => each.version === version);
  if (wanted === undefined || !isPolicy(wanted.document)) throw noVersion();
  const names = await findAccountNames(work.db, stored.map(({ changedBy }) => changedBy));
  const shown = (policy: StoredPolicy) => shownVersion(policy, names.get(policy.changedBy) ?? 'Sen', inForce?.version, work.now);
  return { version: shown(wanted), versions: stored.map(shown), ...policyPage(wanted.document), document: wanted.document };
}

export function shownVersion({ version, effectiveFrom, reason }: StoredPolicy, changedBy: string, inForce: number | undefined, now: number): PolicyVersion {
  const state = version === inForce ? 'in-force' : effectiveFrom > now && version > (inForce ?? 0) ? 'waiting' : 'past';
  return { version, effectiveFrom: new Date(effectiveFrom).toISOString(), changedBy, reason, state };
}

function noVersion(): Refusal {
  return new Refusal('not-found', 'security.no-policy-version', { vi: 'Không có phiên bản chính sách này.', en: 'There is no such version of the policy.' });
}
