import { describe, expect, it } from 'vitest';
import { marks, type Mark } from './marks.ts';
import { marksOf, patientMarksOf } from './marks-of.ts';

const icd10 = 'http://hl7.org/fhir/sid/icd-10';
const coded = (type: string, element: string, system: string, code: string, display?: string) => ({ resourceType: type, [element]: { coding: [{ system, code, ...(display && { display }) }] } });
const labelled = (type: string, ...codes: string[]) => ({
  resourceType: type, meta: { security: codes.map((code) => ({ system: `http://terminology.hl7.org/CodeSystem/v3-${code.length === 1 ? 'Confidentiality' : 'ActCode'}`, code })) },
});
const named = (bits: number) => Object.entries(marks).filter(([, bit]) => (bits & bit) !== 0).map(([name]) => name as Mark);

describe('Sensitive by its code, though nobody has labelled it', () => {
  it.each<[string, string, string, Mark[]]>([
    ['B24', icd10, 'hiv', ['hiv']], ['b20.1', icd10, '', ['hiv']], ['Z21', 'https://sen.vn/fhir/CodeSystem/icd10-vn', '', ['hiv']], ['B25', icd10, '', []], ['B19.9', icd10, '', []],
    ['F32.1', icd10, '', ['mentalHealth']], ['F00*', icd10, '', ['mentalHealth']], ['F99', icd10, '', ['mentalHealth']], ['F02.4', icd10, '', ['hiv', 'mentalHealth']],
    ['F11.2', icd10, '', ['substanceUse']], ['F17.2', icd10, '', []], ['A51.0', icd10, '', ['sexualHealth']], ['A65', icd10, '', []], ['Q90.9', icd10, '', ['genetic']],
    ['Z14.8', icd10, '', ['genetic']], ['T74.1', icd10, '', ['violence']], ['Y09', icd10, '', ['violence']], ['Y10', icd10, '', []], ['E11', icd10, '', []],
    ['56888-1', 'http://loinc.org', '', ['hiv']], ['2345-7', 'http://loinc.org', '', []], ['51969-4', 'http://loinc.org', '', ['genetic']],
    ['J05AR20', 'http://www.whocc.no/atc', '', ['hiv']], ['J05AF07', 'http://www.whocc.no/atc', '', []], ['J05AF10', 'http://www.whocc.no/atc', '', []], ['N07BC02', 'http://www.whocc.no/atc', '', ['substanceUse']],
  ])('%s', (code, system, _, expected) => {
    expect(named(marksOf(coded('Condition', 'code', system, code)))).toEqual(expected);
  });

  it('sees it deep inside: a claim, a contained resource, a component', () => {
    const inside = { coding: [{ system: icd10, code: 'B24' }] };
    expect(marksOf({ resourceType: 'Claim', diagnosis: [{ sequence: 1, diagnosisCodeableConcept: inside }] })).toBe(marks.hiv);
    expect(marksOf({ resourceType: 'MedicationRequest', contained: [{ resourceType: 'Condition', code: inside }] })).toBe(marks.hiv);
    expect(marksOf({ resourceType: 'Observation', component: [{ code: { text: 'HIV Ab test nhanh' } }] })).toBe(marks.hiv);
  });

  it('sees the word where a service has only a local code, and not inside other words', () => {
    expect(marksOf(coded('ServiceRequest', 'code', 'urn:local', 'XN17', 'Xét nghiệm HIV Ag/Ab'))).toBe(marks.hiv);
    expect(marksOf({ resourceType: 'Condition', code: { text: 'SHIVA' } })).toBe(0);
  });

  it('leaves catalogues and definitions alone: nobody has the illness', () => {
    expect(marksOf({ resourceType: 'ValueSet', compose: { include: [{ system: icd10, concept: [{ code: 'B24', display: 'HIV' }] }] } })).toBe(0);
    expect(marksOf(coded('Medication', 'code', 'http://www.whocc.no/atc', 'J05AR20'))).toBe(0);
  });
});

describe('Sensitive by its label (HL7 v3-ActCode, v3-Confidentiality)', () => {
  it.each<[string[], Mark[]]>([
    [['HIV'], ['hiv']], [['PSYTHPN', 'R'], ['mentalHealth']], [['R'], ['restricted']], [['V'], ['restricted']], [['N'], []], [['TBOO'], ['withheld']], [['TBOO', 'R'], ['restricted', 'withheld']],
    [['AMB'], []], [['GDIS', 'SDV'], ['genetic', 'violence']],
  ])('%j', (codes, expected) => {
    expect(named(marksOf(labelled('Observation', ...codes)))).toEqual(expected);
  });

  it('marks everything about a famous person or a colleague by the label of the Patient', () => {
    expect(named(patientMarksOf(labelled('Patient', 'CEL', 'EMP')))).toEqual(['vip', 'staff']);
    expect(named(marksOf(labelled('Patient', 'VIP')))).toEqual(['vip']);
    expect(patientMarksOf({ resourceType: 'Patient' })).toBe(0);
  });
});
