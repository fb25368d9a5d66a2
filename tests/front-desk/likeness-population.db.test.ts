// A population of the demo's names, and some of its people registered a second time as clerks and scanners do: how many are met, and how many strangers with them.
import type { Resource } from '@sen/fhir';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDice } from '../../packages/demo/src/dice.ts';
import { citizenNumber, mobileNumber } from '../../packages/demo/src/numbers.ts';
import { pickPeople } from '../../packages/demo/src/names.ts';
import { pickPerson } from '../../packages/demo/src/person.ts';
import { dateText } from '../../packages/demo/src/calendar.ts';
import { findAlike } from '../../server/src/modules/identity/duplicates/find-alike.ts';
import { descriptionOf } from '../../server/src/modules/identity/fhir.ts';
import type { Description } from '../../server/src/modules/identity/likeness/description.ts';
import { importResources } from '../../server/src/modules/record/index.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';

const people = Number(process.env['SEN_TEST_POPULATION'] ?? 1500);
const now = Date.parse('2026-11-24T08:00:00+07:00');
const dice = createDice(20_261_124, 'likeness');
let db: TestDatabase;
let population: Resource[];

beforeAll(async () => {
  db = await testDatabase({ startMs: now });
  population = Array.from({ length: people }, (_, i) => {
    const { name, sex, born } = pickPerson(dice, now, pickPeople(dice));
    const birthDate = dateText(born);
    return {
      resourceType: 'Patient', id: `p${i}`, gender: sex, name: [{ use: 'official', text: name.text, family: name.family, given: [...name.given] }],
      birthDate: dice.chance(0.08) && birthDate < '1965' ? (dice.chance(0.5) ? birthDate.slice(0, 4) : `${birthDate.slice(0, 4)}-01-01`) : birthDate,
      ...(dice.chance(0.7) && { identifier: [{ system: 'http://fhir.hl7.org.vn/core/sid/cccd', value: citizenNumber(dice, dice.pick(['001', '033', '036', '038']), sex, born) }] }),
      telecom: [{ system: 'phone', value: mobileNumber(dice) }],
    } as Resource;
  });
  for (let at = 0; at < population.length; at += 500) await importResources(db.work(), population.slice(at, at + 500));
  await db.database.query({ text: 'ANALYZE' });
}, 600_000);
afterAll(() => db.close());

type Slip = (one: Description) => Description;
const named = (change: (words: string[]) => string[]): Slip => (one) => ({ ...one, names: one.names.map((name) => change(name.split(' ')).join(' ')) });
const alone: Slip = (one) => ({ ...one, identifiers: [] });
const slips: Readonly<Record<string, Slip>> = {
  'no number': alone,
  'no number, no marks': (one) => alone(named((words) => words.map((word) => word.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/đ/g, 'd').replace(/Đ/g, 'D')))(one)),
  'no number, middle name missing': (one) => alone(named((words) => [words[0] ?? '', words.at(-1) ?? ''])(one)),
  'no number, other telephone': (one) => ({ ...alone(one), phones: ['0999999999'] }),
  'no number, year alone': (one) => ({ ...alone(one), birthDate: one.birthDate?.slice(0, 4) }),
};

describe('A second registration of one person', () => {
  it.each(Object.keys(slips))('%s: is met nearly always, nearly alone', async (name) => {
    const work = db.work();
    const asked = population.filter((_one, i) => i % Math.floor(people / 100) === 0);
    let [met, strangers, spentMs] = [0, 0, 0];
    for (const person of asked) {
      const began = performance.now();
      const found = await findAlike(work, slips[name]!(descriptionOf(person)));
      spentMs += performance.now() - began;
      if (found.some(({ patient }) => patient.id === person.id)) met += 1;
      strangers += found.filter(({ patient, grade }) => patient.id !== person.id && grade === 'probable').length;
    }
    if (process.env['SEN_TEST_POPULATION'] !== undefined) process.stdout.write(`${name}: met ${met}/${asked.length}, probable strangers ${strangers}, ${(spentMs / asked.length).toFixed(1)} ms each\n`);
    expect(met / asked.length).toBeGreaterThanOrEqual(0.95);
    expect(strangers / asked.length).toBeLessThanOrEqual(0.05);
  }, 300_000);
});

describe('A stranger', () => {
  it('is taken for nobody', async () => {
    let taken = 0;
    for (let i = 0; i < 100; i++) {
      const { name, sex, born } = pickPerson(dice, now, pickPeople(dice));
      const found = await findAlike(db.work(), { identifiers: [], names: [name.text], gender: sex, birthDate: dateText(born), phones: [mobileNumber(dice)] });
      if (found.some(({ grade }) => grade !== 'possible')) taken += 1;
    }
    expect(taken).toBeLessThanOrEqual(2);
  }, 120_000);
});
