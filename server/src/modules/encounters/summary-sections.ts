// The sections of an International Patient Summary (HL7 IPS 2.0.0, Composition-uv-ips) and the searches that fill them.

export interface SummarySection {
  /** LOINC code of the section. */
  readonly code: string;
  readonly display: string;
  readonly title: { readonly vi: string; readonly en: string };
  /** Searches, without the patient; their resources make the entries. */
  readonly searches: readonly { readonly type: string; readonly query: string }[];
  /** IPS requires the section: when nothing is known it says so. */
  readonly required: boolean;
  /** Only the newest of each code. */
  readonly lastOfEach?: boolean;
}

const active = 'active,recurrence,relapse';
/** LOINC: status, expected day, and numbers of outcomes (IPS 2.0.0 Observation-pregnancy-status, -edd and -outcome). */
const pregnancy = ['82810-3', '11778-8', '11779-6', '11780-4', '11636-8', '11637-6', '11638-4', '11639-2', '11640-0', '11612-9', '11613-7', '11614-5', '33065-4'].map((code) => `http://loinc.org|${code}`).join(',');

export const summarySections: readonly SummarySection[] = [
  {
    code: '11450-4', display: 'Problem list - Reported', title: { vi: 'Vấn đề sức khỏe', en: 'Problems' }, required: true,
    // a diagnosis of a visit without a status says nothing about today; any other may still hold
    searches: [{ type: 'Condition', query: `clinical-status=${active}&_sort=-recorded-date` }, { type: 'Condition', query: 'clinical-status:missing=true&category:not=encounter-diagnosis&_sort=-recorded-date' }],
  },
  {
    code: '48765-2', display: 'Allergies and adverse reactions Document', title: { vi: 'Dị ứng', en: 'Allergies and intolerances' }, required: true,
    searches: [{ type: 'AllergyIntolerance', query: 'clinical-status:not=inactive,resolved&_sort=-date' }],
  },
  {
    code: '10160-0', display: 'History of Medication use Narrative', title: { vi: 'Thuốc đang dùng', en: 'Medications' }, required: true,
    searches: [
      { type: 'MedicationRequest', query: 'status=active,on-hold&_sort=-authoredon&_include=MedicationRequest:medication' },
      { type: 'MedicationStatement', query: 'status=active,intended,on-hold&_sort=-effective&_include=MedicationStatement:medication' },
    ],
  },
  { code: '11369-6', display: 'History of Immunization note', title: { vi: 'Tiêm chủng', en: 'Immunizations' }, required: false, searches: [{ type: 'Immunization', query: 'status=completed&_sort=-date' }] },
  {
    code: '30954-2', display: 'Relevant diagnostic tests/laboratory data note', title: { vi: 'Kết quả xét nghiệm', en: 'Results' }, required: false, lastOfEach: true,
    searches: [
      { type: 'Observation', query: 'category=laboratory,imaging&status=final,amended,corrected&_sort=-date' },
      { type: 'DiagnosticReport', query: 'category:not=LAB&status=final,amended,corrected&_sort=-date' },
    ],
  },
  { code: '47519-4', display: 'History of Procedures Document', title: { vi: 'Thủ thuật, phẫu thuật', en: 'Procedures' }, required: false, searches: [{ type: 'Procedure', query: 'status=completed&_sort=-date' }] },
  { code: '46264-8', display: 'History of medical device use', title: { vi: 'Thiết bị y tế mang theo', en: 'Medical devices' }, required: false, searches: [{ type: 'DeviceUseStatement', query: '_include=DeviceUseStatement:device' }] },
  {
    code: '8716-3', display: 'Vital signs note', title: { vi: 'Dấu hiệu sinh tồn', en: 'Vital signs' }, required: false, lastOfEach: true,
    searches: [{ type: 'Observation', query: 'category=vital-signs&status=final,amended,corrected&_sort=-date' }],
  },
  { code: '11348-0', display: 'History of Past illness note', title: { vi: 'Bệnh đã qua', en: 'Past illnesses' }, required: false, searches: [{ type: 'Condition', query: 'clinical-status=inactive,remission,resolved&_sort=-recorded-date' }] },
  { code: '29762-2', display: 'Social history note', title: { vi: 'Lối sống', en: 'Social history' }, required: false, lastOfEach: true, searches: [{ type: 'Observation', query: 'category=social-history&status=final,amended,corrected&_sort=-date' }] },
  { code: '10162-6', display: 'History of pregnancies note', title: { vi: 'Thai sản', en: 'History of pregnancy' }, required: false, lastOfEach: true, searches: [{ type: 'Observation', query: `code=${pregnancy}&status=final,amended,corrected&_sort=-date` }] },
  { code: '47420-5', display: 'Functional status assessment note', title: { vi: 'Tình trạng chức năng', en: 'Functional status' }, required: false, searches: [{ type: 'ClinicalImpression', query: 'status=completed&_sort=-date' }] },
  { code: '18776-5', display: 'Plan of care note', title: { vi: 'Kế hoạch điều trị', en: 'Plan of care' }, required: false, searches: [{ type: 'CarePlan', query: 'status=active' }] },
  { code: '42348-3', display: 'Advance healthcare directives', title: { vi: 'Ý nguyện của người bệnh', en: 'Advance directives' }, required: false, searches: [{ type: 'Consent', query: 'status=active&scope=adr' }] },
  { code: '104605-1', display: 'Alert', title: { vi: 'Cảnh báo', en: 'Alerts' }, required: false, searches: [{ type: 'Flag', query: '' }] },
];
