import type { Actor } from '../../../platform/work.ts';
import type { Access } from './access.ts';

const everything: Access = {
  unlimited: true,
  rules: () => [],
  granted: () => 'all',
  grantPatient: () => undefined,
  hidden: () => [],
  permits: () => true,
};

/** Gives what an actor may do under the policy in force. */
export function accessOf(_actor: Actor): Access {
  return everything;
}
