// The policy that this process goes by.
import type { CompiledPolicy } from './compiled-policy.ts';

export interface PolicyInForce {
  readonly version: number;
  readonly policy: CompiledPolicy;
}

let inForce: PolicyInForce | undefined;

/** Undefined until the policy has been read: then nobody but the house may do anything. */
export function policyInForce(): PolicyInForce | undefined {
  return inForce;
}

export function putInForce(policy: PolicyInForce): void {
  inForce = policy;
}
