import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { searchParametersOf } from '@sen/fhir';
import { testDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { search } from './search.ts';

let db: TestDatabase;
beforeAll(async () => void (db = await testDatabase()));
afterAll(() => db.close());

const types = ['Observation', 'Patient', 'Questionnaire', 'QuestionnaireResponse', 'DocumentReference', 'Location', 'MolecularSequence', 'Group', 'Encounter', 'Invoice'];
const modifiers = ['', ':missing', ':exact', ':contains', ':text', ':not', ':of-type', ':in', ':not-in', ':above', ':below', ':identifier', ':Patient', ':nothing'];
const values = ['true', 'a|b', 'a|b|c', '5.4|http://unitsofmeasure.org|mg', 'gt2026-01-01', 'ap5', 'http://a.vn/b|1', 'Patient/a', 'a$5', 'urn:a|b$c|d', '%', '\\,', '|', '$', '||', 'ô\u0301 x'.repeat(300)];

/** Undefined when the search was answered or refused, else what went wrong. */
async function faultOf(type: string, query: string): Promise<string | undefined> {
  try {
    await search(db.work(), type, new URLSearchParams(query), { lenient: false });
    return undefined;
  } catch (error) {
    return error instanceof Refusal ? undefined : `${type}?${query.slice(0, 80)}: ${(error as Error).message}`;
  }
}

describe('R4 search §3.1.1.3: every parameter with every modifier is answered or refused', () => {
  it.each(types)('%s', async (type) => {
    const faults: string[] = [];
    let turn = 0;
    for (const { code } of searchParametersOf(type).values()) {
      for (const modifier of modifiers) {
        // three of the values each time, so that all meet all kinds of parameters
        const chosen = [0, 5, 10].map((step) => values[(turn + step) % values.length] as string);
        turn++;
        for (const value of chosen) faults.push(...[await faultOf(type, `${code}${modifier}=${encodeURIComponent(value)}`)].filter((fault) => fault !== undefined));
      }
    }
    expect(faults).toEqual([]);
  });
});
