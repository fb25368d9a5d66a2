import { dateText } from './calendar.ts';
import { add, type Chart, type Diagnosis, type Problem, type Visit } from './chart.ts';
import type { Reference } from './hospital.ts';
import { concept, hl7Concept, systems } from './systems.ts';

const active = hl7Concept('condition-clinical', 'active', 'Active');
const resolved = hl7Concept('condition-clinical', 'resolved', 'Resolved');
const confirmed = hl7Concept('condition-ver-status', 'confirmed', 'Confirmed');
const listed = [hl7Concept('condition-category', 'problem-list-item', 'Problem List Item')];
const visited = [hl7Concept('condition-category', 'encounter-diagnosis', 'Encounter Diagnosis')];
const drugOrFood = { code: 'allergyintolerance-clinical', verification: 'allergyintolerance-verification' };

/** Adds the one problem-list entry of a chronic disease. */
export function addProblem(chart: Chart, diagnosis: Diagnosis, onset: number, note?: string): Problem {
  const reference = add(chart, 'Condition', {
    clinicalStatus: active, verificationStatus: confirmed, category: listed,
    code: concept(systems.icd10, diagnosis.code, diagnosis.vi),
    subject: chart.patient, onsetDateTime: dateText(onset), recordedDate: dateText(onset),
    ...(note === undefined ? {} : { note: [{ text: note }] }),
  });
  return { ...diagnosis, reference };
}

/** Adds the diagnosis of a short illness, resolved when its days are over. */
export function addIllness(chart: Chart, visit: Visit, abatement: number): Problem {
  const over = abatement <= chart.now;
  const reference = add(chart, 'Condition', {
    clinicalStatus: over ? resolved : active, verificationStatus: confirmed, category: visited,
    code: concept(systems.icd10, visit.diagnosis.code, visit.diagnosis.vi),
    subject: chart.patient, encounter: visit.reference, onsetDateTime: dateText(visit.at),
    ...(over ? { abatementDateTime: dateText(abatement) } : {}),
    recordedDate: dateText(visit.at), recorder: visit.doctor.reference,
  });
  return { ...visit.diagnosis, reference };
}

export interface Allergy {
  readonly substance: string;
  readonly atc?: string;
  readonly category: 'medication' | 'food' | 'environment';
  readonly reaction: string;
  readonly severity: 'mild' | 'moderate' | 'severe';
  readonly since: number;
}

/** Adds an allergy with its reaction; severe ones are of high criticality. */
export function addAllergy(chart: Chart, allergy: Allergy): Reference {
  const substance = allergy.atc === undefined ? { text: allergy.substance } : concept(systems.atc, allergy.atc, allergy.substance);
  return add(chart, 'AllergyIntolerance', {
    clinicalStatus: hl7Concept(drugOrFood.code, 'active', 'Active'),
    verificationStatus: hl7Concept(drugOrFood.verification, 'confirmed', 'Confirmed'),
    type: 'allergy', category: [allergy.category], criticality: allergy.severity === 'severe' ? 'high' : 'low',
    code: substance, patient: chart.patient, onsetDateTime: dateText(allergy.since), recordedDate: dateText(allergy.since),
    reaction: [{ substance, manifestation: [{ text: allergy.reaction }], description: allergy.reaction, onset: dateText(allergy.since), severity: allergy.severity }],
  });
}

/** Adds the statement that the person was asked and knows of no allergy. */
export function addNoKnownAllergy(chart: Chart, asked: number): Reference {
  return add(chart, 'AllergyIntolerance', {
    clinicalStatus: hl7Concept(drugOrFood.code, 'active', 'Active'),
    verificationStatus: hl7Concept(drugOrFood.verification, 'confirmed', 'Confirmed'),
    code: { coding: [{ system: 'http://snomed.info/sct', code: '716186003', display: 'No known allergy' }], text: 'Chưa ghi nhận tiền sử dị ứng' },
    patient: chart.patient, recordedDate: dateText(asked),
  });
}

export const commonAllergies: readonly Omit<Allergy, 'since'>[] = [
  { substance: 'Penicilin', atc: 'J01C', category: 'medication', reaction: 'Mày đay, phản vệ độ I', severity: 'mild' },
  { substance: 'Cefotaxim', atc: 'J01DD01', category: 'medication', reaction: 'Phản vệ độ II: mày đay, khó thở, tụt huyết áp nhẹ', severity: 'moderate' },
  { substance: 'Diclofenac', atc: 'M01AB05', category: 'medication', reaction: 'Phản vệ độ III: sốc', severity: 'severe' },
  { substance: 'Allopurinol', atc: 'M04AA01', category: 'medication', reaction: 'Hội chứng Stevens–Johnson', severity: 'severe' },
  { substance: 'Tôm, cua', category: 'food', reaction: 'Mày đay cấp, ngứa', severity: 'mild' },
  { substance: 'Nhộng tằm', category: 'food', reaction: 'Phản vệ độ II: mày đay, đau bụng, nôn', severity: 'moderate' },
  { substance: 'Đạm sữa bò', category: 'food', reaction: 'Chàm, đi ngoài phân nhầy', severity: 'mild' },
  { substance: 'Bụi nhà', category: 'environment', reaction: 'Hắt hơi, chảy mũi, khò khè', severity: 'mild' },
];
