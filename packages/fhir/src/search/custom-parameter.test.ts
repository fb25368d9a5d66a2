import { afterEach, describe, expect, it } from 'vitest';
import type { Resource } from '../resource.ts';
import { translateExpression } from './custom-expression.ts';
import { BeyondPaths } from './custom-tokens.ts';
import { BadParameter, compileParameter, type CustomDefinition } from './custom-parameter.ts';
import { zoneOf } from './dates.ts';
import { makeExtractor } from './extract.ts';
import { builtInParametersOf, searchParametersOf, setCustomParameters } from './parameters.ts';
import { sortTextReader } from './sort-text.ts';
import { codeTerm, placeOf, systemCodeTerm } from './terms.ts';

const ethnic = 'https://sen.vn/fhir/StructureDefinition/ethnicity';
const definition = (more: Partial<CustomDefinition>): CustomDefinition => ({ url: 'https://sen.vn/p', code: 'ethnicity', type: 'token', expression: '', targets: [], components: [], ...more });

describe('FHIRPath of search parameters as paths (R4 search §3.1.1.2)', () => {
  it.each([
    ['Patient.name.given', ['name.given']],
    ['Patient.name | Practitioner.name | Patient.contact.name', ['name', 'contact.name']],
    ['(Patient.name | Patient.contact.name).family', ['name.family', 'contact.name.family']],
    [`Patient.extension('${ethnic}')`, [`extension[url=${ethnic}].value`]],
    [`Patient.extension.where(url = '${ethnic}').value as CodeableConcept`, [`extension[url=${ethnic}].value{CodeableConcept}`]],
    [`(Patient.extension.where(url='${ethnic}').value).ofType(Coding).code`, [`extension[url=${ethnic}].value{Coding}.code`]],
    [`Patient.extension('${ethnic}').extension('https://x.vn/a').value.code`, [`extension[url=${ethnic}].extension[url=https://x.vn/a].value.code`]],
    ["Patient.telecom.where(system = 'phone').value", ['telecom[system=phone].value']],
    ['Patient.generalPractitioner.where(resolve() is Organization)', ['generalPractitioner?Organization']],
    ['DomainResource.extension.url', ['extension.url']],
    ['Patient.name[0].family', ['name#0.family']],
    ['Patient.multipleBirth.exists() and Patient.multipleBirth != false', ['multipleBirth!']],
    ['Observation.code', []],
  ])('%s', (expression, paths) => {
    expect(translateExpression(expression, 'Patient')).toEqual(paths);
  });

  it.each(["Patient.name.where(use = 'official' and period.exists()).family", 'Patient.name.given.first()', "Patient.name.family + 'x'", 'Patient.name.given.count() > 1'])(
    'leaves %s to the library', (expression) => {
      expect(() => translateExpression(expression, 'Patient')).toThrow(BeyondPaths);
    });

  it.each(['Patient.name¬', "Patient.name.where(use = 'x"])('refuses %j, which is no FHIRPath', (expression) => {
    expect(() => translateExpression(expression, 'Patient')).toThrow(SyntaxError);
  });
});

describe('R4 SearchParameter: what can be made a parameter', () => {
  it.each([
    ['an element that does not exist', { expression: 'Patient.nmae' }, 'Patient has no element "nmae"'],
    ['a type that the parameter does not take', { expression: 'Patient.photo' }, 'cannot index Attachment'],
    ['an expression about other types', { expression: 'Observation.code' }, 'No part of the expression is about Patient'],
    ['no FHIRPath', { expression: 'Patient.name.(' }, 'no FHIRPath'],
    ['half a FHIRPath', { expression: 'Patient.name.' }, 'no FHIRPath'],
    ['nothing', { expression: '' }, 'no FHIRPath'],
    ['a function that does not exist', { expression: 'Patient.name.frobnicate()' }, 'cannot be evaluated'],
    ['a question to another resource', { expression: 'Patient.managingOrganization.resolve().name' }, 'cannot be evaluated'],
    ['what depends on the day', { type: 'date', expression: 'iif(Patient.birthDate < today(), Patient.birthDate, {})' }, 'time of asking'],
    ['special', { type: 'special', expression: 'Patient.name' }, 'needs code of its own'],
    ['a composite of one', { type: 'composite', expression: 'Patient', components: [{ type: 'token', expression: 'gender' }] }, 'two components'],
  ] as const)('refuses %s', async (_what, more, message) => {
    const failure = await compileParameter(definition(more as Partial<CustomDefinition>), 'Patient').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(BadParameter);
    expect((failure as Error).message).toContain(message);
  });

  it('gives a parameter of all types to each type that has the element', async () => {
    const compiled = await compileParameter(definition({ code: 'owner', type: 'reference', targets: ['*'], expression: 'DomainResource.subject' }), 'DomainResource');
    expect(compiled.has('Observation')).toBe(true);
    expect(compiled.has('Patient')).toBe(false);
  });

  it('takes an index over several elements to the library, which reads it as FHIRPath does', async () => {
    const compiled = await compileParameter(definition({ type: 'string', expression: 'Patient.name.given[0]' }), 'Patient');
    expect(compiled.get('Patient')?.evaluate?.({ resourceType: 'Patient', name: [{ given: ['Lan', 'Anh'] }, { given: ['Hoa'] }] })).toEqual([{ type: 'string', value: 'Lan' }]);
  });
});

describe('custom parameters in the index', () => {
  afterEach(() => setCustomParameters(new Map()));
  const extract = makeExtractor(zoneOf('Asia/Ho_Chi_Minh'));
  const patient: Resource = {
    resourceType: 'Patient', id: 'lan', gender: 'female',
    extension: [{ url: ethnic, valueCodeableConcept: { coding: [{ system: 'urn:dantoc', code: '04' }] } }],
    name: [{ use: 'official', family: 'Trần', given: ['Lan'] }, { use: 'usual', family: 'Nguyễn' }],
  };
  const register = async (more: Partial<CustomDefinition>) => {
    const compiled = await compileParameter(definition(more), 'Patient');
    setCustomParameters(new Map(Array.from(compiled, ([type, parameter]) => [type, [parameter]])));
    return searchParametersOf('Patient').get('ethnicity')!;
  };

  it('writes their rows and their presence from the next resource on, and no more once they are gone', async () => {
    const before = extract(patient).tokens;
    const parameter = await register({ expression: `Patient.extension('${ethnic}')` });
    expect(parameter.definition).toBe('https://sen.vn/p');
    const place = placeOf('Patient', parameter.paths[0]!, 'token');
    const more = extract(patient).tokens.filter((token) => !before.includes(token));
    expect(more).toContain(systemCodeTerm('urn:dantoc', '04') ^ place);
    expect(more).toContain(placeOf('Patient', 'ethnicity', 'present'));
    expect(extract({ resourceType: 'Patient' }).tokens).not.toContain(placeOf('Patient', 'ethnicity', 'present'));
    setCustomParameters(new Map());
    expect(extract(patient).tokens).toEqual(before);
    expect(searchParametersOf('Patient').has('ethnicity')).toBe(false);
  });

  it('evaluates what is no path', async () => {
    const before = extract(patient).tokens;
    const parameter = await register({ type: 'string', expression: "Patient.name.where(use = 'official' or use = 'usual').family" });
    expect(parameter.evaluate).toBeDefined();
    const place = placeOf('Patient', parameter.paths[0]!, 'string');
    expect(extract(patient).strings.filter((row) => row.place === place).map(({ text }) => text)).toEqual(['tran', 'nguyen']);
    expect(extract(patient).tokens.filter((token) => !before.includes(token))).toContain(placeOf('Patient', 'ethnicity', 'present'));
    expect(sortTextReader('Patient', parameter)(patient)).toBe('Nguyễn');
  });

  it('evaluates truths and numbers', async () => {
    const parameter = await register({ expression: 'Patient.name.count() > 1' });
    expect(extract(patient).tokens).toContain(codeTerm('true') ^ placeOf('Patient', parameter.paths[0]!, 'token'));
    const many = await register({ type: 'number', expression: 'Patient.name.given.count()' });
    expect(extract(patient).ranges).toContainEqual({ place: placeOf('Patient', many.paths[0]!, 'range'), low: 1, high: 1 });
  });

  it('never takes the place of a parameter of R4', async () => {
    await register({ code: 'gender', expression: 'Patient.maritalStatus' });
    expect(searchParametersOf('Patient').get('gender')).toBe(builtInParametersOf('Patient').get('gender'));
  });
});
