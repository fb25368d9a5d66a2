import { demoSystems, generateHospital } from '@sen/demo';
import { judgeByProfiles, loadConstraints, loadR4Profiles, profileBook, type ConstraintEvaluator, type ProfileBook, type Resource } from '@sen/fhir';
import { canonical, identifierSystems, structureDefinitions } from '@sen/vietnam';
import { beforeAll, describe, expect, it } from 'vitest';
import { readExamples } from './read-examples.ts';

let book: ProfileBook;
let holds: ConstraintEvaluator;
beforeAll(async () => {
  const all = new Map([...(await loadR4Profiles()), ...structureDefinitions].map((one) => [one.url, one]));
  book = profileBook((url) => all.get(url.split('|')[0] as string));
  holds = await loadConstraints();
});

/** `expression: what is wrong` of each error, codes left to the terminology. */
function errorsOf(resource: Resource, profiles: readonly string[] = []): string[] {
  const { findings } = judgeByProfiles(resource, { book, profiles, unknownClaims: 'nothing', thorough: false, answers: new Map(), holds });
  return findings.filter(({ severity }) => severity === 'error').map(({ expression, diagnostics }) => `${expression}: ${diagnostics}`);
}

describe("R4's own examples", () => {
  it('satisfy the profiles of R4 that they claim, and use its extensions as they are defined', () => {
    const examples = readExamples();
    const wrong = examples.flatMap((one) => errorsOf(one).map((error) => `${one.resourceType}/${one.id} ${error}`));
    const claiming = examples.filter(({ meta }) => meta?.profile !== undefined).length;
    expect(claiming).toBeGreaterThan(50);
    expect(wrong).toEqual([]);
  });
});

describe('the demo hospital', () => {
  it('satisfies our Vietnamese profiles', () => {
    const profiles: Record<string, string> = { Patient: 'vn-patient', Encounter: 'vn-encounter', Coverage: 'vn-coverage', Practitioner: 'vn-practitioner' };
    const met = new Set<string>();
    for (const batch of generateHospital({ seed: 7, now: Date.parse('2026-03-02T08:00:00+07:00'), patients: 12 })) {
      for (const resource of batch) {
        const isFacility = resource.resourceType === 'Organization' && resource['identifier'] !== undefined;
        const profile = isFacility ? 'vn-organization' : profiles[resource.resourceType];
        if (profile === undefined) continue;
        met.add(profile);
        expect({ id: resource.id, errors: errorsOf(resource, [canonical('StructureDefinition', profile)]) }).toEqual({ id: resource.id, errors: [] });
      }
    }
    expect([...met].sort()).toEqual(['vn-coverage', 'vn-encounter', 'vn-organization', 'vn-patient', 'vn-practitioner']);
  });

  it('uses the same identifier systems', () => {
    const { citizen, insuranceCard, facility, practiceLicence } = identifierSystems;
    expect(demoSystems).toMatchObject({ citizen, insuranceCard, facility, practiceLicence });
  });
});
