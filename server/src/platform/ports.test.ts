import { describe, expect, it } from 'vitest';
import { connectAnswers, declareQuestion } from './ports.ts';
import type { Work } from './work.ts';

const work = {} as Work;
const hold = declareQuestion<{ stay: string }, string | undefined>('inpatient.discharge-hold', () => undefined);

describe('Asking up', () => {
  it('gives the declared default while no module answers', async () => {
    connectAnswers([]);
    expect(await hold.ask(work, { stay: '1' })).toEqual([undefined]);
  });

  it('gives the answer of every module above, in the order of the house', async () => {
    connectAnswers([
      { name: 'billing', answers: hold.answeredBy(async (_work, { stay }) => `unpaid ${stay}`) },
      { name: 'insurance', answers: hold.answeredBy(async () => undefined) },
    ]);
    expect(await hold.ask(work, { stay: '7' })).toEqual(['unpaid 7', undefined]);
  });

  it('lets a failing answer fail the question', async () => {
    connectAnswers([{ name: 'billing', answers: hold.answeredBy(async () => Promise.reject(new Error('no ledger'))) }]);
    await expect(hold.ask(work, { stay: '1' })).rejects.toThrow('no ledger');
  });

  it('refuses answers to questions that nobody declared, and a second declaration', () => {
    expect(() => connectAnswers([{ name: 'billing', answers: { 'inpatient.discharge-hld': async () => 1 } }])).toThrow('no module declares');
    expect(() => declareQuestion('inpatient.discharge-hold', () => 1)).toThrow('declared twice');
  });
});
