import { Refusal, type RefusalCategory, type RefusalText } from '../../platform/refusal.ts';

/** Most codes that one expansion may hold: beyond it, pages must be asked for. */
export const mostCodes = 10_000;

export function unknownCodeSystem(url: string, version?: string): Refusal {
  const named = version === undefined ? url : `${url}|${version}`;
  return refusal('not-found', 'terminology.unknown-code-system', {
    vi: `Không có hệ thống mã ${named} có hiệu lực ở đây.`,
    en: `The code system ${named} is not known here, or no edition of it is in force on that day.`,
  }, 'not-found');
}

export function unknownValueSet(named: string): Refusal {
  return refusal('not-found', 'terminology.unknown-value-set', {
    vi: `Không có tập giá trị ${named} ở đây.`,
    en: `The value set ${named} is not known here.`,
  }, 'not-found');
}

export function unknownConceptMap(named: string): Refusal {
  return refusal('not-found', 'terminology.unknown-concept-map', {
    vi: `Không có bảng ánh xạ mã ${named} ở đây.`,
    en: `The concept map ${named} is not known here.`,
  }, 'not-found');
}

export function unknownCode(system: string, code: string): Refusal {
  return refusal('not-found', 'terminology.unknown-code', {
    vi: `Hệ thống mã ${system} không có mã "${code}".`,
    en: `The code system ${system} has no code "${code}".`,
  }, 'not-found');
}

export function tooCostly(): Refusal {
  return refusal('rule', 'terminology.too-costly', {
    vi: `Tập giá trị có hơn ${mostCodes} mã; hãy lọc hoặc chia trang (count, offset).`,
    en: `The value set has more than ${mostCodes} codes; use filter, or pages (count, offset).`,
  }, 'too-costly');
}

export function tooManyValueSets(most: number): Refusal {
  return refusal('rule', 'terminology.too-many-value-sets', {
    vi: `Tập giá trị gồm hơn ${most} tập giá trị khác, hoặc lồng nhau quá sâu.`,
    en: `The value set is made of more than ${most} others, or they are nested too deeply.`,
  }, 'too-costly');
}

export function circularValueSet(named: string): Refusal {
  return refusal('rule', 'terminology.circular-value-set', {
    vi: `Tập giá trị ${named} chứa chính nó.`,
    en: `The value set ${named} includes itself.`,
  }, 'business-rule');
}

export function unsupportedFilter(property: string, op: string): Refusal {
  return refusal('rule', 'terminology.unsupported-filter', {
    vi: `Hệ thống mã này không có bộ lọc "${property} ${op}".`,
    en: `The filter "${property} ${op}" is not supported for this code system.`,
  }, 'not-supported');
}

export function badRegex(): Refusal {
  return refusal('rule', 'terminology.bad-regex', {
    vi: 'Biểu thức chính quy của bộ lọc không dùng được.',
    en: 'The regular expression of the filter cannot be used: at most 200 characters, without references back to groups.',
  }, 'not-supported');
}

export function wrongVersion(url: string, version: string, wanted: string): Refusal {
  return refusal('rule', 'terminology.wrong-version', {
    vi: `Hệ thống mã ${url} được dùng ở phiên bản ${version}, không phải ${wanted}.`,
    en: `The code system ${url} is used in version ${version}, not ${wanted}.`,
  }, 'business-rule');
}

export function duplicateCode(code: string): Refusal {
  return refusal('rule', 'terminology.duplicate-code', {
    vi: `Mã "${code}" có hai lần trong hệ thống mã.`,
    en: `The code "${code}" stands twice in the code system (R4 csd-1).`,
  }, 'duplicate');
}

/** Refuses (400) a call whose parameters do not say what is asked. */
export function badTerminologyParameters(diagnostics: string): Refusal {
  return new Refusal('incorrect', 'terminology.bad-parameters', {
    vi: 'Tham số của thao tác thuật ngữ không hợp lệ.',
    en: 'The parameters of the terminology operation are not valid.',
  }, [{ severity: 'error', code: 'invalid', diagnostics }]);
}

function refusal(category: RefusalCategory, code: string, text: RefusalText, issue: string): Refusal {
  return new Refusal(category, code, text, [{ severity: 'error', code: issue, diagnostics: text.en }]);
}
