import { expect, it } from 'vitest';
import { profileBook } from './compile-profile.ts';
import type { ElementDefinition, StructureDefinition } from './definition.ts';
import { judgeByProfiles } from './judge-by-profiles.ts';

function profile(name: string, type: string, element: ElementDefinition[]): StructureDefinition {
  return { url: `http://bvsen.vn/${name}`, name, kind: 'resource', type, derivation: 'constraint', baseDefinition: `http://hl7.org/fhir/StructureDefinition/${type}`, differential: { element } };
}

it('a judgement ends, though ten profiles name each other on one element, and says that not all was checked', () => {
  const urls = Array.from({ length: 10 }, (_, i) => `http://bvsen.vn/knot-${i}`);
  const named = { type: [{ code: 'HumanName', profile: urls }] };
  const knots = urls.map((_url, i) => profile(`knot-${i}`, 'HumanName', [{ path: 'HumanName', ...named }, { path: 'HumanName.period', min: 1 }]));
  const knotted = profile('knotted', 'Patient', [{ path: 'Patient' }, { path: 'Patient.name', ...named }]);
  const all = new Map([knotted, ...knots].map((one) => [one.url, one]));
  const { findings } = judgeByProfiles({ resourceType: 'Patient', name: [{ family: 'Lê' }] }, {
    book: profileBook((canonical) => all.get(canonical)), profiles: [knotted.url], unknownClaims: 'warning', thorough: false, answers: new Map(), holds: () => true,
  });
  expect(findings.map(({ severity, code, expression }) => `${severity} ${code} ${expression}`)).toContain('error too-costly Patient');
});
