import { describe, expect, it } from 'vitest';
import { ageOn } from './age.ts';
import { patientFacts } from './fhir.ts';
import { maskNumber, maskPhone } from './mask.ts';

describe('ages as clinicians speak them', () => {
  it.each([
    ['2026-11-11', '2026-11-23', { value: 12, unit: 'days' }],
    ['2024-04-24', '2026-11-23', { value: 30, unit: 'months' }],
    ['2020-11-24', '2026-11-23', { value: 71, unit: 'months' }],
    ['2020-11-23', '2026-11-23', { value: 6, unit: 'years' }],
    ['1968-03-14', '2026-11-23', { value: 58, unit: 'years' }],
    ['1968', '2026-11-23', { value: 58, unit: 'years' }],
    ['1968-12', '2026-11-23', { value: 57, unit: 'years' }],
  ])('born %s, on %s', (born, day, age) => expect(ageOn(born, day)).toEqual(age));

  it('knows no age before birth', () => expect(ageOn('2027-01-01', '2026-11-23')).toBeUndefined());
});

describe('a Patient read into the facts that tell people apart', () => {
  it('takes the whole name as written and the numbers by their type', () => {
    const facts = patientFacts({
      resourceType: 'Patient', id: 'hanh', gender: 'female', birthDate: '1968-03-14',
      name: [{ use: 'official', text: 'Nguyễn Thị Hạnh', family: 'Nguyễn', given: ['Thị', 'Hạnh'] }],
      identifier: [
        { system: 'urn:sen:sid:hospital-number', value: '26.014.582', type: { coding: [{ code: 'MR' }] } },
        { system: 'http://fhir.hl7.org.vn/core/sid/cccd', value: '001168009164' },
      ],
      telecom: [{ system: 'phone', value: '0814222420' }, { system: 'email', value: 'a@b.vn' }],
    }, '2026-11-23');
    expect(facts).toEqual({ id: 'hanh', name: 'Nguyễn Thị Hạnh', sex: 'female', birthDate: '1968-03-14', age: { value: 58, unit: 'years' }, hospitalNumber: '26.014.582', citizenNumber: '001168009164', phones: ['0814222420'] });
  });

  it('puts given names first where only the parts are known, and counts the age of the dead at death', () => {
    const facts = patientFacts({ resourceType: 'Patient', id: 'k', name: [{ family: 'Treutel973', given: ['Kristie55'] }], birthDate: '1945-06-23', deceasedDateTime: '2015-03-08T19:45:53+01:00' }, '2026-11-23');
    expect(facts).toMatchObject({ name: 'Kristie55 Treutel973', sex: 'unknown', age: { value: 69, unit: 'years' }, deceased: '2015-03-08T19:45:53+01:00' });
  });
});

describe('masked numbers', () => {
  it('show neither a whole phone nor a whole card', () => {
    expect(maskPhone('+84912345458')).toBe('0912 ••• 458');
    expect(maskNumber('001168009164')).toBe('•••• 9164');
  });
});
