import fhirpath from 'fhirpath';
import r4 from 'fhirpath/fhir-context/r4';
import { describe, expect, it } from 'vitest';
import { parseLossless } from '../../json/lossless.ts';
import { compileTest } from './compile-test.ts';
import { parseExpression } from './parse-expression.ts';
import { Unsupported } from './syntax.ts';

const lan = {
  resourceType: 'Patient',
  id: 'lan',
  active: true,
  identifier: [{ system: 'http://bvsen.vn/ma-benh-nhan', value: '001' }, { system: 'http://bvsen.vn/ma-the', value: 'DN4012' }],
  name: [{ family: 'Trần', given: ['Thị', 'Lan'] }, { use: 'nickname', given: ['Lan'] }],
  gender: 'female',
  birthDate: '1988-02-14',
  _birthDate: { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/patient-birthTime', valueDateTime: '1988-02-14T08:30:00+07:00' }] },
  multipleBirthInteger: 2,
  contact: [{ name: { family: 'Phạm' }, period: { start: '2020-01', end: '2024-05-01' } }],
  generalPractitioner: [{ reference: '#org' }, { reference: 'Practitioner/mai' }],
  contained: [{ resourceType: 'Organization', id: 'org', name: 'Bệnh viện Sen' }],
};

function ours(expression: string, resource: object = lan): boolean | undefined {
  return compileTest(parseExpression(expression), 'Patient')(resource, { resource, rootResource: resource });
}

function library(expression: string): boolean | undefined {
  const found = fhirpath.evaluate(structuredClone(lan), { base: 'Patient', expression }, { resource: lan, rootResource: lan }, r4, { traceFn: () => undefined }) as unknown[];
  if (found.length === 0) return undefined;
  return found.length === 1 && typeof found[0] === 'boolean' ? found[0] : true;
}

describe('FHIRPath N1 by our compiler and by the library', () => {
  it.each([
    'active', 'active = true', 'active != true', 'Patient.active', 'name.exists()', 'name.empty()', 'deceased.exists()', 'deceased.empty().not()', 'name.family = \'Trần\'',
    'name.given = \'Lan\'', 'name.where(use = \'nickname\').given = \'Lan\'', 'name.given contains \'Lan\'', '\'Mai\' in name.given', '{} in name.given', 'gender in (\'male\' | \'female\')',
    'name.exists(use = \'official\')', 'name.all(given.exists())', 'name.select(given).count() = 3', 'name.given.distinct().count() = 2', 'name.given.isDistinct()',
    'name[0].family = \'Trần\'', 'name[5].empty()', 'name.first().given.last() = \'Lan\'', 'name.tail().given.single() = \'Lan\'', 'name.skip(1).use = \'nickname\'', 'name.take(1).use.empty()',
    'birthDate.hasValue()', 'deceased.hasValue()', 'birthDate.extension(\'http://hl7.org/fhir/StructureDefinition/patient-birthTime\').exists()',
    'birthDate.extension.value is dateTime', 'multipleBirth is integer', 'multipleBirth.is(boolean)', 'multipleBirth.ofType(integer) > 1', '(multipleBirth as integer) >= 3', 'multipleBirth + 1 = 3', 'multipleBirth * 2 - 4 = 0', '-1 < 0',
    'multipleBirth.toString() = \'2\'', '\'12\'.toInteger() = 12', '\'1.5\'.toDecimal() > 1', '\'x\'.toInteger().empty()', 'contact.period.start <= contact.period.end', 'contact.period.start > contact.period.end',
    'gender.startsWith(\'fe\')', 'gender.endsWith(\'x\')', 'gender.contains(\'mal\')', 'gender.length() = 6', 'gender.upper() = \'FEMALE\'', '\'ABC\'.lower() = \'abc\'', 'gender.substring(2) = \'male\'', 'gender.substring(0, 2) = \'fe\'', 'gender.substring(9).empty()',
    'gender.indexOf(\'m\') = 2', 'gender.matches(\'^f.*e$\')', 'gender.replace(\'fe\', \'\') = \'male\'', 'gender.replaceMatches(\'[aeiou]\', \'_\') = \'f_m_l_\'', 'gender & name.use = \'femalenickname\'', 'deceased & \'x\' = \'x\'',
    'iif(active, gender = \'female\', gender = \'male\')', 'iif(active.not(), true).empty()', 'active and deceased.exists()', 'active implies deceased.exists()', 'deceased implies active', 'deceased or active', 'deceased and active', 'deceased xor active', 'active xor false',
    'name.given.intersect(\'Lan\' | \'Mai\').count() = 1', 'name.given.exclude(\'Lan\').count() = 1', 'name.given.union(\'Mai\').count() = 3', 'name.given.combine(\'Mai\').count() = 4', 'name.given.subsetOf(\'Lan\' | \'Thị\' | \'Mai\')', '(\'Lan\' | \'Thị\' | \'Mai\').supersetOf(name.given)',
    '(true | false).allTrue()', '(true | false).anyTrue()', '(true | false).allFalse()', '(true | false).anyFalse()', 'contact.descendants().count() = 5', 'contact.children().count() = 2', '%resource.id = \'lan\'', '%ucum = \'http://unitsofmeasure.org\'', 'contact.where($this.name.family = \'Phạm\').exists()',
    'identifier.select(system & \'|\' & value).isDistinct()', 'identifier.where(system = \'http://bvsen.vn/ma-the\').value.matches(\'^[A-Z]{2}[0-9]+$\')', 'contained.where(\'#\' + id in %resource.generalPractitioner.reference).exists()', 'name.trace(\'n\').exists()', 'name.given.count() > 2 and (name.count() = 2)', '\'a\' < \'b\'', '\'it\\\'s\' = \'it\' & \'\\\'\' & \'s\'', '`gender` = \'female\'',
  ])('%s', (expression) => {
    expect(ours(expression)).toBe(library(expression));
  });

  it.each(['birthDate < today()', 'birthDate < @2020', 'name.repeat(given)', 'name.given ~ \'lan\'', '4 days > 1 day', 'name.aggregate($total + 1, 0)', 'generalPractitioner.resolve().name.exists()', '%factory.x', 'name.given.memberOf(\'http://x\')', 'a +', '(a', 'a.b.', '#'])('leaves %s to the library', (expression) => {
    expect(() => compileTest(parseExpression(expression), 'Patient')).toThrow(Unsupported);
  });

  it('tells the type of what a reference points to', () => {
    expect(ours('generalPractitioner.resolve().ofType(Organization).exists()')).toBe(true);
  });

  it('reads a number kept as its text', () => {
    expect(ours('multipleBirth = 2', parseLossless('{"resourceType":"Patient","multipleBirthInteger":2.0}') as object)).toBe(true);
  });

  it('gives no answer for a pattern of another dialect', () => {
    expect(ours('gender.matches(\'(?<=\')')).toBeUndefined();
  });
});
