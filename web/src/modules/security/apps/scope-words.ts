// What a scope lets an app do, in a sentence for the person who decides.
import type { Language } from '../../../lib/language.tsx';

const types: Readonly<Record<string, { readonly vi: string; readonly en: string }>> = {
  '*': { vi: 'mọi thông tin', en: 'everything' },
  AllergyIntolerance: { vi: 'dị ứng', en: 'allergies' }, Appointment: { vi: 'lịch hẹn', en: 'appointments' }, CarePlan: { vi: 'kế hoạch chăm sóc', en: 'care plans' }, CareTeam: { vi: 'người chăm sóc', en: 'care teams' },
  Condition: { vi: 'chẩn đoán, vấn đề sức khỏe', en: 'conditions' }, Consent: { vi: 'sự đồng ý', en: 'consents' }, Coverage: { vi: 'thẻ bảo hiểm', en: 'insurance' }, Device: { vi: 'thiết bị', en: 'devices' },
  DiagnosticReport: { vi: 'phiếu kết quả', en: 'reports' }, DocumentReference: { vi: 'tài liệu', en: 'documents' }, Binary: { vi: 'tệp tài liệu', en: 'files' }, Encounter: { vi: 'lần khám, lần nằm viện', en: 'visits' },
  FamilyMemberHistory: { vi: 'bệnh sử gia đình', en: 'family history' }, Goal: { vi: 'mục tiêu điều trị', en: 'goals' }, ImagingStudy: { vi: 'hình ảnh chụp', en: 'images' }, Immunization: { vi: 'tiêm chủng', en: 'immunizations' },
  Location: { vi: 'phòng, khoa', en: 'places' }, Medication: { vi: 'thuốc', en: 'medicines' }, MedicationAdministration: { vi: 'thuốc đã dùng', en: 'medicines given' }, MedicationRequest: { vi: 'đơn thuốc', en: 'prescriptions' }, MedicationStatement: { vi: 'thuốc đang dùng', en: 'medicines in use' },
  Observation: { vi: 'kết quả xét nghiệm, chỉ số đo', en: 'results and measurements' }, Organization: { vi: 'cơ sở y tế', en: 'organizations' }, Patient: { vi: 'họ tên, ngày sinh, địa chỉ, liên hệ', en: 'name, birth date, address, contacts' },
  Practitioner: { vi: 'nhân viên y tế', en: 'health staff' }, Procedure: { vi: 'thủ thuật, phẫu thuật', en: 'procedures' }, Questionnaire: { vi: 'mẫu câu hỏi', en: 'questionnaires' }, QuestionnaireResponse: { vi: 'câu trả lời', en: 'answers' },
  RelatedPerson: { vi: 'người thân', en: 'relatives' }, ServiceRequest: { vi: 'chỉ định', en: 'orders' }, Specimen: { vi: 'mẫu bệnh phẩm', en: 'specimens' }, Task: { vi: 'việc cần làm', en: 'tasks' },
};

const categories: Readonly<Record<string, { readonly vi: string; readonly en: string }>> = {
  laboratory: { vi: 'xét nghiệm', en: 'laboratory' }, 'vital-signs': { vi: 'dấu hiệu sinh tồn', en: 'vital signs' }, imaging: { vi: 'chẩn đoán hình ảnh', en: 'imaging' }, 'social-history': { vi: 'lối sống', en: 'social history' },
  survey: { vi: 'bảng hỏi', en: 'surveys' }, 'encounter-diagnosis': { vi: 'chẩn đoán của lần khám', en: 'visit diagnoses' }, 'problem-list-item': { vi: 'vấn đề sức khỏe', en: 'problems' },
};

const words = {
  vi: { see: 'Xem', write: 'Ghi', both: 'Xem và ghi', only: 'chỉ', ofPatient: 'của người bệnh này', ofChosen: 'của người bệnh bạn đã chọn', ofAll: 'của mọi người bệnh mà bạn được xem' },
  en: { see: 'See', write: 'Write', both: 'See and write', only: 'only', ofPatient: 'of this patient', ofChosen: 'of the patient you chose', ofAll: 'of every patient you may see' },
};

const older: Readonly<Record<string, string>> = { read: 'rs', write: 'cud', '*': 'cruds' };

/** Tells a scope for resources as a sentence; undefined for any other. `here`: the patient is in view. */
export function scopeSentence(scope: string, language: Language, here = true): string | undefined {
  const [, context, type, given, criteria] = /^(patient|user|system)\/(\*|[A-Za-z]+)\.([a-z*]+)(?:\?(.+))?$/.exec(scope) ?? [];
  if (context === undefined || type === undefined || given === undefined) return undefined;
  const told = words[language];
  const letters = older[given] ?? given;
  const act = !/[cud]/.test(letters) ? told.see : /[rs]/.test(letters) ? told.both : told.write;
  const what = types[type]?.[language] ?? type;
  return `${act} ${what}${criteria === undefined ? '' : ` (${told.only} ${criteriaWords(criteria, language)})`} ${context !== 'patient' ? told.ofAll : here ? told.ofPatient : told.ofChosen}`;
}

function criteriaWords(criteria: string, language: Language): string {
  return [...new URLSearchParams(criteria)].map(([name, value]) => {
    const code = value.split('|').at(-1) ?? value;
    return categories[code]?.[language] ?? `${name} ${code}`;
  }).join(', ');
}
