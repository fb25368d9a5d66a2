// Plain words for what was seen or done, as a patient would say it.
import type { Entry } from './entry.ts';

export interface Words {
  readonly vi: string;
  readonly en: string;
}

const things: Readonly<Record<string, Words>> = {
  Patient: { vi: 'thông tin hành chính', en: 'personal details' },
  Observation: { vi: 'kết quả xét nghiệm và chỉ số đo', en: 'test results and measurements' },
  DiagnosticReport: { vi: 'phiếu kết quả', en: 'reports' },
  Condition: { vi: 'chẩn đoán', en: 'diagnoses' },
  MedicationRequest: { vi: 'đơn thuốc', en: 'prescriptions' },
  MedicationAdministration: { vi: 'thuốc đã dùng', en: 'medicines given' },
  MedicationDispense: { vi: 'thuốc đã phát', en: 'medicines handed out' },
  MedicationStatement: { vi: 'thuốc đang dùng', en: 'medicines taken' },
  AllergyIntolerance: { vi: 'dị ứng', en: 'allergies' },
  Encounter: { vi: 'lượt khám, điều trị', en: 'visits' },
  Procedure: { vi: 'thủ thuật, phẫu thuật', en: 'procedures' },
  ServiceRequest: { vi: 'chỉ định', en: 'orders' },
  DocumentReference: { vi: 'tài liệu bệnh án', en: 'documents' },
  Composition: { vi: 'tài liệu bệnh án', en: 'documents' },
  Binary: { vi: 'tệp đính kèm', en: 'attachments' },
  ImagingStudy: { vi: 'hình ảnh chụp', en: 'images' },
  Media: { vi: 'hình ảnh', en: 'pictures' },
  Immunization: { vi: 'tiêm chủng', en: 'vaccinations' },
  FamilyMemberHistory: { vi: 'tiền sử gia đình', en: 'family history' },
  Appointment: { vi: 'lịch hẹn', en: 'appointments' },
  Coverage: { vi: 'thẻ bảo hiểm', en: 'insurance' },
  Claim: { vi: 'hồ sơ thanh toán', en: 'claims' },
  ExplanationOfBenefit: { vi: 'hồ sơ thanh toán', en: 'claims' },
  Invoice: { vi: 'hóa đơn', en: 'bills' },
  CarePlan: { vi: 'kế hoạch chăm sóc', en: 'care plans' },
  CareTeam: { vi: 'nhóm chăm sóc', en: 'care team' },
  Consent: { vi: 'sự đồng ý chia sẻ', en: 'consents' },
  Specimen: { vi: 'mẫu bệnh phẩm', en: 'specimens' },
  QuestionnaireResponse: { vi: 'phiếu hỏi', en: 'questionnaires' },
};

/** Screens of /api by a part of their address. */
const screens: readonly (readonly [string, Words])[] = [
  ['/banner', { vi: 'thông tin hành chính', en: 'personal details' }],
  ['/summary', { vi: 'tóm tắt bệnh án', en: 'the summary of the record' }],
  ['/problems', { vi: 'chẩn đoán', en: 'diagnoses' }],
  ['/medicines', { vi: 'đơn thuốc', en: 'medicines' }],
  ['/results', { vi: 'kết quả xét nghiệm', en: 'test results' }],
  ['/trend', { vi: 'diễn biến xét nghiệm', en: 'trends of results' }],
  ['/timeline', { vi: 'diễn biến điều trị', en: 'the course of treatment' }],
  ['/documents', { vi: 'tài liệu bệnh án', en: 'documents' }],
  ['/visits', { vi: 'danh sách lượt khám', en: 'the list of visits' }],
  ['/my/access-log', { vi: 'nhật ký truy cập của chính mình', en: 'the access log' }],
  ['/api/patients', { vi: 'tên trong danh sách tìm người bệnh', en: 'the name in a list of patients' }],
];

const whole: Words = { vi: 'hồ sơ', en: 'the record' };
const everything: Words = { vi: 'toàn bộ hồ sơ', en: 'the whole record' };

/** What an entry is about, in the words of patients; each once. */
export function thingsOf({ touches = [], query, door }: Entry): Words[] {
  const types = new Set(touches.map((touch) => touch.slice(2, touch.indexOf('/'))));
  if (types.size > 0) return distinct([...types].map((type) => things[type] ?? whole));
  const address = query ?? door ?? '';
  if (address.includes('$everything') || address.includes('$export')) return [everything];
  const type = /\/fhir\/R4\/([A-Z]\w+)(?:\/[^/?]+\/([A-Z]\w+))?/.exec(address);
  if (type !== null) return [things[type[2] ?? type[1] ?? ''] ?? whole];
  return [screens.find(([part]) => address.includes(part))?.[1] ?? whole];
}

const verbs: Readonly<Record<Entry['action'], Words>> = {
  C: { vi: 'ghi thêm', en: 'added' }, R: { vi: 'xem', en: 'looked at' }, U: { vi: 'sửa', en: 'changed' }, D: { vi: 'xóa', en: 'deleted' }, E: { vi: 'xem', en: 'looked at' },
};

/** What is not looking at or changing data. */
const ofItsOwn: Readonly<Record<string, Words>> = {
  export: { vi: 'xuất dữ liệu từ hồ sơ', en: 'exported data of the record' },
  import: { vi: 'nạp dữ liệu vào hồ sơ', en: 'imported data into the record' },
  delivery: { vi: 'nhận thông báo về hồ sơ', en: 'was notified about the record' },
  emergency: { vi: 'mở khẩn cấp hồ sơ', en: 'opened the record in an emergency' },
  review: { vi: 'rà soát một lần mở khẩn cấp hồ sơ', en: 'reviewed an emergency access to the record' },
  consent: { vi: 'ghi việc cho phép hoặc hạn chế chia sẻ hồ sơ', en: 'recorded a consent about the record' },
  request: { vi: 'nhận, xử lý yêu cầu về dữ liệu cá nhân', en: 'handled a request about personal data' },
  sign: { vi: 'ký số tài liệu trong hồ sơ', en: 'signed a document of the record' },
  verify: { vi: 'kiểm tra chữ ký số của tài liệu', en: 'verified the signature of a document' },
};

/** What was done, such as `xem kết quả xét nghiệm`. */
export function deedOf(entry: Entry): Words {
  const { kind, action, outcome } = entry;
  const listed = thingsOf(entry);
  const list = (language: keyof Words) => listed.map((thing) => thing[language]).join(', ');
  const deed = ofItsOwn[kind] ?? { vi: `${verbs[action].vi} ${list('vi')}`, en: `${verbs[action].en} ${list('en')}` };
  return outcome === 0 ? deed : { vi: `định ${deed.vi} nhưng bị từ chối`, en: `tried and was refused: ${deed.en}` };
}

const purposes: Readonly<Record<string, Words>> = {
  TREAT: { vi: 'vì đang điều trị', en: 'for treatment' },
  ETREAT: { vi: 'vì cấp cứu', en: 'for emergency treatment' },
  BTG: { vi: 'vì mở khẩn cấp', en: 'by emergency access' },
  HPAYMT: { vi: 'để thanh toán', en: 'for payment' },
  HOPERAT: { vi: 'để vận hành bệnh viện', en: 'for running the hospital' },
  HRESCH: { vi: 'để nghiên cứu', en: 'for research' },
  PATRQT: { vi: 'theo yêu cầu của người bệnh', en: 'at the request of the patient' },
  FAMRQT: { vi: 'theo yêu cầu của gia đình', en: 'at the request of the family' },
  PUBHLTH: { vi: 'vì y tế công cộng', en: 'for public health' },
};

const purposeOfRole: Readonly<Record<string, string>> = {
  cashier: 'HPAYMT', insurance: 'HPAYMT', reception: 'HOPERAT', records: 'HOPERAT', director: 'HOPERAT', administrator: 'HOPERAT', auditor: 'HOPERAT', privacy: 'HOPERAT',
  patient: 'PATRQT', relative: 'FAMRQT',
};

/** Why somebody of a role acts, where nothing was said. */
export function usualPurpose(role: string | undefined): string {
  return purposeOfRole[role ?? ''] ?? 'TREAT';
}

export function purposeOf(code: string): Words {
  return purposes[code] ?? { vi: `mục đích ${code}`, en: `purpose ${code}` };
}

function distinct(words: readonly Words[]): Words[] {
  return [...new Map(words.map((word) => [word.vi, word])).values()];
}
