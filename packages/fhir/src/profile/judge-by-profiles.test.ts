import { beforeAll, describe, expect, it } from 'vitest';
import type { Resource } from '../resource.ts';
import { profileBook } from './compile-profile.ts';
import type { ElementDefinition, StructureDefinition } from './definition.ts';
import { judgeByProfiles } from './judge-by-profiles.ts';
import { questionKey, type ConstraintEvaluator, type Membership } from './judgement.ts';
import { loadConstraints } from './load-constraints.ts';
import { loadR4Profiles } from './load-r4-profiles.ts';

let holds: ConstraintEvaluator;
let r4: readonly StructureDefinition[];
beforeAll(async () => {
  holds = await loadConstraints();
  r4 = await loadR4Profiles();
});

const base = 'http://hl7.org/fhir/StructureDefinition/';

function profile(name: string, type: string, element: ElementDefinition[], more: object = {}): StructureDefinition {
  return { url: `http://bvsen.vn/${name}`, name, kind: 'resource', type, derivation: 'constraint', baseDefinition: `${base}${type}`, differential: { element }, ...more };
}

/** What is found, as `severity code expression`, when the first of the definitions is asked for. */
function found(resource: object, definitions: StructureDefinition[], answers: Record<string, Membership> = {}): string[] {
  return judged(resource, definitions, answers).findings.map(({ severity, code, expression }) => `${severity} ${code} ${expression}`);
}

function judged(resource: object, definitions: StructureDefinition[], answers: Record<string, Membership> = {}) {
  const all = new Map([...r4, ...definitions].map((one) => [one.url, one]));
  const known = new Map(Object.entries(answers).map(([key, value]) => {
    const [valueSet, system, code] = key.split(' ') as [string, string, string];
    return [questionKey({ valueSet, system: system === '-' ? undefined : system, code, display: undefined }), value];
  }));
  return judgeByProfiles(resource as Resource, {
    book: profileBook((canonical) => all.get(canonical.split('|')[0] as string)), profiles: [definitions[0]!.url], unknownClaims: 'warning', thorough: false, answers: known, holds,
  });
}

const patient = (more: object = {}) => ({ resourceType: 'Patient', ...more });

describe('R4 elementdefinition: cardinality, fixed values, patterns, limits', () => {
  const strict = profile('strict', 'Patient', [
    { path: 'Patient' },
    { path: 'Patient.birthDate', min: 1, minValueDate: '1900-01-01' },
    { path: 'Patient.name', min: 1, max: '1' },
    { path: 'Patient.name.family', min: 1, maxLength: 5 },
    { path: 'Patient.photo', max: '0' },
    { path: 'Patient.active', fixedBoolean: true },
    { path: 'Patient.maritalStatus', patternCodeableConcept: { coding: [{ system: 'http://x', code: 'M' }] } },
  ]);

  it('accepts what satisfies all', () => {
    const good = patient({ birthDate: '1988', active: true, name: [{ family: 'Trần' }], maritalStatus: { text: 'có gia đình', coding: [{ system: 'http://y', code: '1' }, { system: 'http://x', code: 'M', display: 'Married' }] } });
    expect(found(good, [strict])).toEqual([]);
  });

  it('tells each fault at its place', () => {
    const bad = patient({ birthDate: '1899-12-31', active: false, name: [{ family: 'Nguyễn' }, { given: ['Lan'] }], photo: [{ title: 'x' }], maritalStatus: { coding: [{ system: 'http://x', code: 'S' }] } });
    expect(found(bad, [strict]).sort()).toEqual([
      'error required Patient.name[1].family', 'error structure Patient.name', 'error structure Patient.photo', 'error too-long Patient.name[0].family',
      'error value Patient.active', 'error value Patient.birthDate', 'error value Patient.maritalStatus',
    ]);
    expect(found(patient(), [strict])).toEqual(['error required Patient.birthDate', 'error required Patient.name']);
  });

  it('counts a primitive that has extensions only, and judges it by nothing else', () => {
    const absent = patient({ name: [{ family: 'Trần' }], _birthDate: { extension: [{ url: `${base}data-absent-reason`, valueCode: 'unknown' }] } });
    expect(found(absent, [strict])).toEqual([]);
  });

  it('says both languages, and never the value that is wrong', () => {
    const [finding] = judged(patient({ birthDate: '1988', name: [{ family: 'Nguyễn' }] }), [strict]).findings;
    expect(finding).toMatchObject({ diagnostics: 'must have at most 5 characters (http://bvsen.vn/strict)', vi: 'không được dài quá 5 ký tự (http://bvsen.vn/strict)', profile: 'http://bvsen.vn/strict' });
  });
});

describe('R4 profiling.html §5.1.0.8: a profile on a profile', () => {
  const lower = profile('lower', 'Patient', [{ path: 'Patient' }, { path: 'Patient.gender', min: 1 }]);
  const upper = profile('upper', 'Patient', [{ path: 'Patient' }, { path: 'Patient.birthDate', min: 1 }], { baseDefinition: lower.url });

  it('asks what its bases ask', () => {
    expect(found(patient(), [upper, lower])).toEqual(['error required Patient.gender', 'error required Patient.birthDate']);
  });

  it('uses the snapshot where a base is not known, and leaves out the constraints of the type', () => {
    const constraint = [{ key: 'pat-1', severity: 'error', expression: 'false', source: `${base}Patient` }, { key: 'x-1', severity: 'warning', human: 'Sống ở Huế', expression: "address.city = 'Huế'" }];
    const given = { ...upper, snapshot: { element: [{ path: 'Patient', constraint }, { path: 'Patient.gender', min: 1 }, { path: 'Patient.birthDate', min: 1 }] } };
    expect(found(patient({ gender: 'male', address: [{ city: 'Hà Nội' }] }), [given])).toEqual(['warning invariant Patient', 'error required Patient.birthDate']);
  });

  it('warns where neither a base nor a snapshot is known', () => {
    expect(found(patient(), [upper])).toEqual(['warning not-found Patient', 'error required Patient.birthDate']);
  });

  it('refuses a resource of another type', () => {
    expect(found({ resourceType: 'Practitioner' }, [lower])).toEqual(['error structure Practitioner']);
  });
});

describe('R4 profiling.html §5.1.0.14 slicing by value', () => {
  const sliced = (rules: string, ordered = false) =>
    profile('ids', 'Patient', [
      { path: 'Patient' },
      { path: 'Patient.identifier', slicing: { discriminator: [{ type: 'value', path: 'system' }], rules, ordered } },
      { id: 'Patient.identifier:cccd', path: 'Patient.identifier', sliceName: 'cccd', min: 1, max: '1' },
      { id: 'Patient.identifier:cccd.system', path: 'Patient.identifier.system', min: 1, fixedUri: 'http://cccd' },
      { id: 'Patient.identifier:cccd.value', path: 'Patient.identifier.value', constraint: [{ key: 'id-12', severity: 'error', human: '12 chữ số', expression: "matches('^[0-9]{12}$')" }] },
      { id: 'Patient.identifier:bhyt', path: 'Patient.identifier', sliceName: 'bhyt' },
      { id: 'Patient.identifier:bhyt.system', path: 'Patient.identifier.system', fixedUri: 'http://bhyt' },
    ]);
  const ids = (...systems: string[]) => patient({ identifier: systems.map((system) => ({ system: `http://${system}`, value: '012345678901' })) });

  it('judges each value by the slice it belongs to', () => {
    expect(found(ids('bhyt', 'cccd', 'other'), [sliced('open')])).toEqual([]);
    expect(found(patient({ identifier: [{ system: 'http://cccd', value: '12' }] }), [sliced('open')])).toEqual(['error invariant Patient.identifier[0].value']);
  });

  it('counts the values of each slice', () => {
    expect(found(ids('bhyt'), [sliced('open')])).toEqual(['error required Patient.identifier']);
    expect(found(ids('cccd', 'cccd'), [sliced('open')])).toEqual(['error structure Patient.identifier']);
    expect(found(patient(), [sliced('open')])).toEqual(['error required Patient.identifier']);
  });

  it('allows no others when closed, none before the end when openAtEnd', () => {
    expect(found(ids('cccd', 'other'), [sliced('closed')])).toEqual(['error structure Patient.identifier[1]']);
    expect(found(ids('other', 'cccd'), [sliced('openAtEnd')])).toEqual(['error structure Patient.identifier[1]']);
    expect(found(ids('cccd', 'other'), [sliced('openAtEnd')])).toEqual([]);
  });

  it('asks for the order of the slices when ordered', () => {
    expect(found(ids('bhyt', 'cccd'), [sliced('open', true)])).toEqual(['error structure Patient.identifier[1]']);
    expect(found(ids('cccd', 'other', 'bhyt'), [sliced('open', true)])).toEqual([]);
  });

  it('reads the slice of an element without an id from its place', () => {
    const bare = sliced('closed');
    const withoutIds = { ...bare, differential: { element: bare.differential!.element.map((one) => Object.fromEntries(Object.entries(one).filter(([name]) => name !== 'id')) as unknown as ElementDefinition) } };
    expect(found(ids('cccd', 'other'), [withoutIds])).toEqual(['error structure Patient.identifier[1]']);
  });

  it('judges values of a slice within a slice', () => {
    const resliced = profile('resliced', 'Patient', [
      { path: 'Patient' },
      { path: 'Patient.identifier', slicing: { discriminator: [{ type: 'value', path: 'use' }], rules: 'open' } },
      { id: 'Patient.identifier:official', path: 'Patient.identifier', sliceName: 'official', slicing: { discriminator: [{ type: 'value', path: 'system' }], rules: 'closed' } },
      { id: 'Patient.identifier:official.use', path: 'Patient.identifier.use', fixedCode: 'official' },
      { id: 'Patient.identifier:official/cccd', path: 'Patient.identifier', sliceName: 'official/cccd', max: '1' },
      { id: 'Patient.identifier:official/cccd.system', path: 'Patient.identifier.system', fixedUri: 'http://cccd' },
    ]);
    const official = (system: string) => ({ use: 'official', system });
    expect(found(patient({ identifier: [official('http://cccd'), { use: 'usual' }] }), [resliced])).toEqual([]);
    expect(found(patient({ identifier: [official('http://cccd'), official('http://x')] }), [resliced])).toEqual(['error structure Patient.identifier[1]']);
  });

  it('says that a slice cannot be told when it does not fix what its discriminator asks', () => {
    const vague = profile('vague', 'Patient', [
      { path: 'Patient' }, { path: 'Patient.name', slicing: { discriminator: [{ type: 'value', path: 'use' }], rules: 'closed' } },
      { id: 'Patient.name:any', path: 'Patient.name', sliceName: 'any', min: 1 },
    ]);
    expect(found(patient({ name: [{ use: 'usual' }] }), [vague])).toEqual(['information not-supported Patient.name']);
  });
});

describe('R4 profiling.html §5.1.0.14.2 the other discriminators', () => {
  const observation = (more: object) => ({ resourceType: 'Observation', status: 'final', code: { text: 'x' }, ...more });

  it('type: of a choice, also when the slice is written as valueQuantity', () => {
    for (const id of ['Observation.value[x]:valueQuantity', 'Observation.valueQuantity']) {
      const typed = profile('typed', 'Observation', [
        { path: 'Observation' }, { id: 'Observation.value[x]', path: 'Observation.value[x]', slicing: { discriminator: [{ type: 'type', path: '$this' }], rules: 'open' } },
        { id, path: id.split(':')[0]!, ...(id.includes(':') ? { sliceName: 'valueQuantity' } : {}), type: [{ code: 'Quantity' }] },
        { id: `${id}.unit`, path: `${id.split(':')[0]}.unit`, min: 1 },
      ]);
      expect(found(observation({ valueString: 'x' }), [typed])).toEqual([]);
      expect(found(observation({ valueQuantity: { value: 1 } }), [typed])).toEqual(['error required Observation.value.unit']);
    }
  });

  it('type: of the resource that a reference means', () => {
    const performers = profile('performers', 'Observation', [
      { path: 'Observation' }, { path: 'Observation.performer', slicing: { discriminator: [{ type: 'type', path: '$this.resolve()' }], rules: 'closed' } },
      { id: 'Observation.performer:doctor', path: 'Observation.performer', sliceName: 'doctor', min: 1, type: [{ code: 'Reference', targetProfile: [`${base}Practitioner`] }] },
    ]);
    expect(found(observation({ performer: [{ reference: 'Practitioner/1' }] }), [performers])).toEqual([]);
    expect(found(observation({ performer: [{ reference: '#d' }], contained: [{ resourceType: 'Practitioner', id: 'd' }] }), [performers])).toEqual([]);
    expect(found(observation({ performer: [{ reference: 'Organization/1' }] }), [performers])).toEqual(['error structure Observation.performer[0]', 'error required Observation.performer']);
  });

  it('exists: tells by presence and by absence', () => {
    const notes = profile('notes', 'Observation', [
      { path: 'Observation' }, { path: 'Observation.component', slicing: { discriminator: [{ type: 'exists', path: 'value' }], rules: 'open' } },
      { id: 'Observation.component:measured', path: 'Observation.component', sliceName: 'measured', max: '1' },
      { id: 'Observation.component:measured.value[x]', path: 'Observation.component.value[x]', min: 1 },
      { id: 'Observation.component:absent', path: 'Observation.component', sliceName: 'absent' },
      { id: 'Observation.component:absent.value[x]', path: 'Observation.component.value[x]', max: '0' },
      { id: 'Observation.component:absent.dataAbsentReason', path: 'Observation.component.dataAbsentReason', min: 1 },
    ]);
    expect(found(observation({ component: [{ valueInteger: 1 }, { dataAbsentReason: { text: 'x' } }] }), [notes])).toEqual([]);
    expect(found(observation({ component: [{ valueInteger: 1 }, { valueString: 'x' }, { code: { text: 'y' } }] }), [notes])).toEqual([
      'error structure Observation.component', 'error required Observation.component[2].dataAbsentReason',
    ]);
  });

  it('profile: tells by the profile that a contained resource satisfies', () => {
    const adult = profile('adult', 'Patient', [{ path: 'Patient' }, { path: 'Patient.birthDate', min: 1 }]);
    const group = profile('group', 'Observation', [
      { path: 'Observation' }, { path: 'Observation.focus', slicing: { discriminator: [{ type: 'profile', path: 'resolve()' }], rules: 'open' } },
      { id: 'Observation.focus:adult', path: 'Observation.focus', sliceName: 'adult', min: 1, type: [{ code: 'Reference', targetProfile: [adult.url] }] },
    ]);
    const about = (one: object) => observation({ focus: [{ reference: '#p' }], contained: [{ resourceType: 'Patient', id: 'p', ...one }] });
    expect(found(about({ birthDate: '1988' }), [group, adult])).toEqual([]);
    expect(found(about({ gender: 'male' }), [group, adult])).toEqual(['error required Observation.focus']);
  });

  it('pattern and several discriminators together, as R4 blood pressure has them', () => {
    const loinc = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }] });
    const mmHg = { value: 120, unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' };
    const bp = {
      resourceType: 'Observation', status: 'final', code: loinc('85354-9'), subject: { reference: 'Patient/1' }, effectiveDateTime: '2026-03-02',
      category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }] }],
      component: [{ code: loinc('8480-6'), valueQuantity: mmHg }, { code: loinc('8462-4'), valueQuantity: mmHg }],
    };
    const pressure = r4.find(({ url }) => url === `${base}bp`)!;
    expect(found(bp, [pressure])).toEqual([]);
    expect(found({ ...bp, component: [bp.component[0]], effectiveDateTime: undefined }, [pressure])).toEqual([
      'error required Observation.effective', 'error required Observation.component', 'error required Observation.component',
    ]);
    expect(found({ ...bp, component: [bp.component[0], { code: loinc('8462-4'), valueQuantity: { ...mmHg, code: 'kPa' } }] }, [pressure])).toContain('error value Observation.component[1].value.code');
  });
});

describe('profiles of documents: entries of a Bundle by the type of their resource, sections by what they refer to', () => {
  const summary = profile('summary', 'Composition', [
    { path: 'Composition' },
    { path: 'Composition.section', slicing: { discriminator: [{ type: 'pattern', path: 'code' }], rules: 'open' } },
    { id: 'Composition.section:problems', path: 'Composition.section', sliceName: 'problems', min: 1 },
    { id: 'Composition.section:problems.code', path: 'Composition.section.code', min: 1, patternCodeableConcept: { coding: [{ system: 'http://loinc.org', code: '11450-4' }] } },
    { id: 'Composition.section:problems.entry', path: 'Composition.section.entry', slicing: { discriminator: [{ type: 'type', path: 'resolve()' }], rules: 'closed' } },
    { id: 'Composition.section:problems.entry:problem', path: 'Composition.section.entry', sliceName: 'problem', min: 1, type: [{ code: 'Reference', targetProfile: [`${base}Condition`] }] },
  ]);
  const document = profile('document', 'Bundle', [
    { path: 'Bundle' },
    { path: 'Bundle.entry', slicing: { discriminator: [{ type: 'type', path: 'resource' }], rules: 'open' } },
    { id: 'Bundle.entry:composition', path: 'Bundle.entry', sliceName: 'composition', min: 1, max: '1' },
    { id: 'Bundle.entry:composition.resource', path: 'Bundle.entry.resource', min: 1, type: [{ code: 'Composition', profile: [summary.url] }] },
  ]);
  const bundle = (entry: string, code = '11450-4') => ({
    resourceType: 'Bundle', type: 'document',
    entry: [
      { fullUrl: 'urn:uuid:1', resource: { resourceType: 'Composition', section: [{ title: 'x', code: { coding: [{ system: 'http://loinc.org', code }] }, entry: [{ reference: entry }] }] } },
      { fullUrl: 'urn:uuid:2', resource: { resourceType: 'Condition' } }, { fullUrl: 'urn:uuid:3', resource: { resourceType: 'Patient' } },
    ],
  });

  it('judges the resource of the entry by the profile of its type, and resolves what it refers to in the Bundle', () => {
    expect(found(bundle('urn:uuid:2'), [document, summary])).toEqual([]);
    expect(found(bundle('urn:uuid:3'), [document, summary])).toEqual(['error structure Bundle.entry[0].resource.section[0].entry[0]', 'error required Bundle.entry[0].resource.section[0].entry']);
    expect(found(bundle('urn:uuid:2', '1'), [document, summary])).toEqual(['error required Bundle.entry[0].resource.section']);
    expect(found({ resourceType: 'Bundle', type: 'document', entry: [{ resource: { resourceType: 'Patient' } }] }, [document, summary])).toEqual(['error required Bundle.entry']);
  });
});

describe('R4 terminologies.html §4.1.5 bindings', () => {
  const bound = (strength: string) => profile('bound', 'Patient', [{ path: 'Patient' }, { path: 'Patient.maritalStatus', binding: { strength, valueSet: 'http://vs' } }]);
  const single = patient({ maritalStatus: { coding: [{ system: 'http://s', code: 'S' }] } });

  it('asks the terminology, and is final only when nothing is open', () => {
    expect([...judged(single, [bound('required')]).open.values()]).toEqual([{ valueSet: 'http://vs', system: 'http://s', code: 'S', display: undefined }]);
    expect(found(single, [bound('required')], { 'http://vs http://s S': true })).toEqual([]);
  });

  it.each([['required', 'error code-invalid'], ['extensible', 'warning code-invalid'], ['preferred', 'information code-invalid']])('%s: a code outside is %s', (strength, outcome) => {
    expect(found(single, [bound(strength)], { 'http://vs http://s S': false })).toEqual([`${outcome} Patient.maritalStatus`]);
  });

  it('example: anything goes', () => expect(found(single, [bound('example')])).toEqual([]));

  it('required: a text alone is an error; extensible: it is not', () => {
    expect(found(patient({ maritalStatus: { text: 'độc thân' } }), [bound('required')])).toEqual(['error code-invalid Patient.maritalStatus']);
    expect(found(patient({ maritalStatus: { text: 'độc thân' } }), [bound('extensible')])).toEqual([]);
  });

  it('says that it could not check what the terminology does not know', () => {
    expect(found(single, [bound('required')], { 'http://vs http://s S': 'unknown' })).toEqual(['warning not-found Patient.maritalStatus']);
  });
});

describe('R4 defining-extensions.html: extensions by their definitions, in their contexts', () => {
  const ethnicity: StructureDefinition = {
    url: 'http://bvsen.vn/ethnicity', type: 'Extension', kind: 'complex-type', derivation: 'constraint', baseDefinition: `${base}Extension`, context: [{ type: 'element', expression: 'Patient' }],
    differential: { element: [{ path: 'Extension', max: '1' }, { path: 'Extension.extension', max: '0' }, { path: 'Extension.url', fixedUri: 'http://bvsen.vn/ethnicity' }, { path: 'Extension.value[x]', min: 1, type: [{ code: 'CodeableConcept' }] }] },
  };
  const withEthnicity = profile('kinh', 'Patient', [{ path: 'Patient' }, { id: 'Patient.extension:ethnicity', path: 'Patient.extension', sliceName: 'ethnicity', min: 1, max: '1', type: [{ code: 'Extension', profile: [ethnicity.url] }] }]);
  const kinh = { url: ethnicity.url, valueCodeableConcept: { text: 'Kinh' } };

  it('are told from others by their url', () => {
    expect(found(patient({ extension: [{ url: 'http://other', valueString: 'x' }, kinh] }), [withEthnicity, ethnicity])).toEqual([]);
    expect(found(patient({ extension: [{ url: 'http://other', valueString: 'x' }] }), [withEthnicity, ethnicity])).toEqual(['error required Patient.extension']);
  });

  it('are judged wherever they stand', () => {
    expect(found(patient({ extension: [{ url: ethnicity.url, valueString: 'Kinh' }] }), [withEthnicity, ethnicity])).toEqual(['error structure Patient.extension[0].value']);
    expect(found(patient({ extension: [kinh], name: [{ extension: [kinh] }] }), [withEthnicity, ethnicity])).toEqual(['error extension Patient.name[0].extension[0]']);
    expect(found(patient({ extension: [kinh], _birthDate: { extension: [kinh] } }), [withEthnicity, ethnicity])).toEqual(['error extension Patient.birthDate.extension[0]']);
  });

  it('may not change a meaning that they do not claim to change', () => {
    expect(found(patient({ extension: [kinh], modifierExtension: [kinh] }), [withEthnicity, ethnicity])).toEqual(['error extension Patient.modifierExtension[0]']);
  });
});

describe('R4 references, profiles of types, contained and recursive structures', () => {
  it('refuses a reference to another type than its target profiles', () => {
    const cared = profile('cared', 'Patient', [{ path: 'Patient' }, { path: 'Patient.generalPractitioner', type: [{ code: 'Reference', targetProfile: [`${base}Practitioner`] }] }]);
    expect(found(patient({ generalPractitioner: [{ reference: 'Practitioner/1' }, { reference: 'Organization/1' }] }), [cared])).toEqual(['error structure Patient.generalPractitioner[1]']);
  });

  it('judges an element by the profile of its type', () => {
    const short = { ...profile('short', 'HumanName', [{ path: 'HumanName' }, { path: 'HumanName.text', min: 1 }]), kind: 'complex-type' };
    const named = profile('named', 'Patient', [{ path: 'Patient' }, { path: 'Patient.name', type: [{ code: 'HumanName', profile: [short.url] }] }]);
    expect(found(patient({ name: [{ text: 'Lan' }, { family: 'Trần' }] }), [named, short])).toEqual(['error required Patient.name[1].text']);
  });

  it('asks of the items within items what it asks of items', () => {
    const asked = profile('asked', 'Questionnaire', [{ path: 'Questionnaire' }, { path: 'Questionnaire.item' }, { path: 'Questionnaire.item.text', min: 1 }]);
    const form = { resourceType: 'Questionnaire', status: 'draft', item: [{ linkId: '1', type: 'group', text: 'A', item: [{ linkId: '2', type: 'group', text: 'B', item: [{ linkId: '3', type: 'string' }] }] }] };
    expect(found(form, [asked])).toEqual(['error required Questionnaire.item[0].item[0].item[0].text']);
  });

  it('judges contained resources by what they claim, and warns of claims that are not known', () => {
    const dated = profile('dated', 'Patient', [{ path: 'Patient' }, { path: 'Patient.birthDate', min: 1 }]);
    const any = profile('any', 'Observation', [{ path: 'Observation' }]);
    const about = { resourceType: 'Observation', status: 'final', code: { text: 'x' }, contained: [{ resourceType: 'Patient', id: 'p', meta: { profile: [dated.url, 'http://nobody/knows'] } }], subject: { reference: '#p' } };
    expect(found(about, [any, dated])).toEqual(['error required Observation.contained[0].birthDate', 'warning not-found Observation.contained[0]']);
  });

  it('takes a claim of the type itself for granted', () => {
    const any = profile('any', 'Patient', [{ path: 'Patient' }]);
    expect(found(patient({ meta: { profile: [`${base}Patient`, `${base}Patient|4.0.1`] } }), [any])).toEqual([]);
  });

  it('ends on profiles that refer to each other', () => {
    const a = profile('a', 'Patient', [{ path: 'Patient' }, { path: 'Patient.link.other', type: [{ code: 'Reference', targetProfile: ['http://bvsen.vn/a'] }] }]);
    const circle = patient({ id: 'p', contained: [{ resourceType: 'Patient', id: 'q', link: [{ type: 'refer', other: { reference: '#q' } }] }], link: [{ type: 'refer', other: { reference: '#q' } }] });
    expect(found(circle, [a])).toEqual([]);
  });
});
