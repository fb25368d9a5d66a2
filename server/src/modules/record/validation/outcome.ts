// Findings about a resource as the OperationOutcome that $validate answers.
import type { Issue, ProfileFinding } from '@sen/fhir';

type Language = 'vi' | 'en';

/** What each kind of finding means, for readers of Vietnamese and of English. R4 issue-type. */
const meanings: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  structure: { vi: 'Cấu trúc không đúng', en: 'The structure is not right' },
  required: { vi: 'Thiếu phần bắt buộc', en: 'Something required is missing' },
  value: { vi: 'Giá trị không hợp lệ', en: 'A value is not valid' },
  invariant: { vi: 'Không thỏa ràng buộc', en: 'A constraint does not hold' },
  'code-invalid': { vi: 'Mã không hợp lệ', en: 'A code is not valid' },
  extension: { vi: 'Phần mở rộng không hợp lệ ở đây', en: 'An extension is not right here' },
  'too-long': { vi: 'Giá trị quá dài', en: 'A value is too long' },
  'not-found': { vi: 'Không tìm thấy định nghĩa hoặc hồ sơ', en: 'Something was not found' },
  'not-supported': { vi: 'Máy chủ chưa kiểm tra được', en: 'This server cannot check it' },
  'business-rule': { vi: 'Trái quy tắc', en: 'A rule does not hold' },
  invalid: { vi: 'Nội dung không hợp lệ', en: 'The content is not valid' },
  informational: { vi: 'Thông tin', en: 'For information' },
};

const order = { error: 0, warning: 1, information: 2 } as const;

/** Makes the OperationOutcome of findings, errors first; of none it says that all is well. */
export function outcomeOf(findings: readonly (Issue | ProfileFinding)[], language: Language): object {
  const sorted = [...findings].sort((a, b) => order[a.severity] - order[b.severity]);
  const issue = sorted.length === 0 ? [allWell[language]] : sorted.map((finding) => issueOf(finding, language));
  return { resourceType: 'OperationOutcome', issue };
}

function issueOf(finding: Issue | ProfileFinding, language: Language): object {
  const { severity, code, diagnostics, expression, key } = finding;
  const coding = key === undefined ? {} : { coding: [{ system: 'urn:sen:constraint', code: key }] };
  return { severity, code, details: { ...coding, text: textOf(finding, language) }, diagnostics, ...(expression === undefined ? {} : { expression: [expression] }) };
}

function textOf(finding: Issue | ProfileFinding, language: Language): string {
  if ('vi' in finding) return language === 'vi' ? finding.vi : finding.diagnostics;
  const meaning = meanings[finding.code]?.[language] ?? (language === 'vi' ? 'Không hợp lệ' : 'Not valid');
  return `${meaning}: ${finding.diagnostics}`;
}

const allWell = {
  vi: { severity: 'information', code: 'informational', details: { text: 'Hợp lệ: không có lỗi và không có cảnh báo.' }, diagnostics: 'No errors and no warnings.' },
  en: { severity: 'information', code: 'informational', details: { text: 'Valid: no errors and no warnings.' }, diagnostics: 'No errors and no warnings.' },
} as const;
