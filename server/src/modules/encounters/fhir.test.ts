import { describe, expect, it } from 'vitest';
import { partsOf } from './fhir-documents.ts';
import { medicineOf } from './fhir-medicines.ts';
import { allergyFacts, insuranceOf, problemOf, visitOf } from './fhir.ts';
import { oneRowEach } from './list-problems.ts';

const active = { coding: [{ code: 'active' }] };

describe('allergies', () => {
  it('tells "asked, none" from "nobody asked"', () => {
    expect(allergyFacts([], 'vi').state).toBe('not-asked');
    expect(allergyFacts([{ resourceType: 'AllergyIntolerance', clinicalStatus: active, code: { coding: [{ code: '716186003' }] } }], 'vi')).toEqual({ state: 'none-known', allergies: [] });
  });

  it('puts the severe first and leaves out the refuted and the inactive', () => {
    const allergy = (id: string, rest: object) => ({ resourceType: 'AllergyIntolerance', id, clinicalStatus: active, code: { text: id }, ...rest });
    const facts = allergyFacts([
      allergy('Tôm', {}), allergy('Penicilin', { criticality: 'high', reaction: [{ manifestation: [{ text: 'phản vệ' }] }] }),
      allergy('Sữa', { verificationStatus: { coding: [{ code: 'refuted' }] } }), allergy('Latex', { clinicalStatus: { coding: [{ code: 'inactive' }] } }),
    ], 'vi');
    expect(facts.allergies.map((one) => one.substance)).toEqual(['Penicilin', 'Tôm']);
    expect(facts.allergies[0]).toMatchObject({ reaction: 'phản vệ', high: true });
  });
});

describe('problems', () => {
  it('is one row a diagnosis, active first, begun when it first began', () => {
    const condition = (id: string, code: string, since: string, status: string) =>
      problemOf({ resourceType: 'Condition', id, clinicalStatus: { coding: [{ code: status }] }, code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code }], text: code }, onsetDateTime: since }, 'vi')!;
    const rows = oneRowEach([condition('1', 'J18.9', '2019-06-20', 'resolved'), condition('2', 'I10', '2020-01-01', 'active'), condition('3', 'I10', '2016-09-13', 'active')]);
    expect(rows.map((row) => [row.code, row.since, row.active])).toEqual([['I10', '2016-09-13', true], ['J18.9', '2019-06-20', false]]);
  });
});

describe('visits', () => {
  it('say their class in English where the record only speaks Vietnamese', () => {
    const visit = { resourceType: 'Encounter', id: 'v', status: 'in-progress', class: { code: 'AMB' }, type: [{ text: 'Khám Nội tiết' }], period: { start: '2026-11-23T08:00:00+07:00' } };
    expect(visitOf(visit, 'vi')).toMatchObject({ title: 'Khám Nội tiết', kind: 'visit', state: 'in-progress' });
    expect(visitOf(visit, 'en').title).toBe('Outpatient visit');
    expect(visitOf({ ...visit, type: [{ text: 'Encounter for problem (procedure)' }] }, 'en').title).toBe('Encounter for problem');
  });
});

describe('medicines', () => {
  const now = Date.parse('2026-11-23T12:00:00+07:00');

  it('counts the days of supply that are left', () => {
    const medicine = medicineOf({
      resourceType: 'MedicationRequest', id: 'm', status: 'active', authoredOn: '2026-10-29T12:00:00+07:00', medicationCodeableConcept: { text: 'Metformin 1000 mg' },
      dosageInstruction: [{ text: 'Uống 1 viên × 2 lần/ngày' }], dispenseRequest: { expectedSupplyDuration: { value: 28, code: 'd' } },
    }, [], now, 'vi');
    expect(medicine).toMatchObject({ name: 'Metformin 1000 mg', sig: 'Uống 1 viên × 2 lần/ngày', daysLeft: 3, current: true });
  });

  it('composes the instructions from the fields when nobody wrote them, and finds the drug behind a reference', () => {
    const request = {
      resourceType: 'MedicationRequest', id: 'm', status: 'stopped', medicationReference: { reference: 'Medication/b88' },
      dosageInstruction: [{ doseAndRate: [{ doseQuantity: { value: 1, unit: 'tablet' } }], timing: { repeat: { frequency: 2, period: 1, periodUnit: 'd' } } }],
    };
    const drug = { resourceType: 'Medication', id: 'b88', code: { text: 'Cisplatin 50 MG' } };
    expect(medicineOf(request, [drug], now, 'en')).toMatchObject({ name: 'Cisplatin 50 MG', sig: '1\u00a0tablet, 2 × per day', current: false });
    expect(medicineOf({ ...request, dosageInstruction: [] }, [drug], now, 'en')).not.toHaveProperty('sig');
  });
});

describe('insurance', () => {
  it('gives the benefit from the share of the patient, and knows when it ended', () => {
    const coverage = { resourceType: 'Coverage', status: 'active', type: { text: 'Bảo hiểm y tế' }, subscriberId: 'GD4013688725673', period: { end: '2026-12-31' }, costToBeneficiary: [{ valueQuantity: { value: 20, unit: '%' } }] };
    expect(insuranceOf(coverage, '2026-11-23', () => '•••• 5673', 'vi')).toEqual({ payer: 'Bảo hiểm y tế', cardMasked: '•••• 5673', until: '2026-12-31', inForce: true, benefitPercent: 80 });
    expect(insuranceOf(coverage, '2027-01-01', () => '', 'vi').inForce).toBe(false);
  });
});

describe('documents', () => {
  const encoded = (text: string) => Buffer.from(text).toString('base64');

  it('reads text as text and takes the markup out of HTML', () => {
    const parts = partsOf({ resourceType: 'DocumentReference', content: [
      { attachment: { contentType: 'text/plain; charset=utf-8', data: encoded('Tỉnh, tiếp xúc tốt') } },
      { attachment: { contentType: 'text/html', data: encoded('<head><title>x</title></head><h1>Ra viện</h1><script>steal()</script><table><tr><th>Tên</th><td>Lan &amp; con</td></tr></table>') } },
    ] });
    expect(parts).toEqual([{ kind: 'text', text: 'Tỉnh, tiếp xúc tốt' }, { kind: 'text', text: 'Ra viện\nTên: Lan & con' }]);
  });

  it('never hands a browser an address that runs', () => {
    const attachment = { contentType: 'application/pdf', url: 'javascript:steal()' };
    expect(partsOf({ resourceType: 'DocumentReference', content: [{ attachment }] })).toEqual([{ kind: 'file', contentType: 'application/pdf' }]);
  });
});
