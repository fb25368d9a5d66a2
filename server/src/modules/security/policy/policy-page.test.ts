import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { policyMarkdown } from './policy-markdown.ts';
import { policyPage } from './policy-page.ts';
import { starterPolicy } from './starter-policy.ts';

describe('The policy on one page', () => {
  it('docs/policy.md says what the starter policy says: npm run sen -- policy --markdown > docs/policy.md', () => {
    expect(readFileSync(new URL('../../../../../docs/policy.md', import.meta.url), 'utf8')).toBe(policyMarkdown(starterPolicy));
  });

  const cell = (role: string, group: string) => policyPage(starterPolicy).roles.find(({ code }) => code === role)?.cells[group];
  const words = (list: readonly { en: string }[] | undefined) => list?.map(({ en }) => en);

  it('says whose data a role sees, the widest alone', () => {
    expect(words(cell('doctor', 'clinical')?.read)).toEqual(['department', 'care', 'emergency']);
    expect(words(cell('doctor', 'person')?.read)).toEqual(['all']);
    expect(cell('cashier', 'clinical')).toBeUndefined();
  });

  it('says when it is not all of it, and when it is sensitive', () => {
    expect([cell('laboratory', 'result')?.partly, cell('doctor', 'clinical')?.partly, cell('laboratory', 'person')?.partly]).toEqual([true, false, true]);
    expect([cell('doctor', 'clinical')?.sensitive, cell('relative', 'clinical')?.sensitive]).toEqual([true, false]);
  });
});
