import { describe, expect, it } from 'vitest';
import { starterPolicy } from '../../../../server/src/modules/security/policy/starter-policy.ts';
import { roleNames } from './role-names.ts';

describe('Names of the roles on screens', () => {
  it.each(['vi', 'en'] as const)('are those of the policy (%s)', (language) => {
    expect(roleNames[language]).toEqual(Object.fromEntries(Object.entries(starterPolicy.roles).map(([code, { name }]) => [code, name[language]])));
  });
});
