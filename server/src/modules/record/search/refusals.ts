import { Refusal } from '../../../platform/refusal.ts';

/** A search that cannot be understood (R4 search §3.1.1.3: 400). The text names the parameter, never its value, which may be a patient's. */
export function badSearch(code: 'unknown-parameter' | 'bad-value' | 'bad-modifier' | 'bad-control', en: string, vi: string): Refusal {
  const issueCode = code === 'unknown-parameter' || code === 'bad-modifier' ? 'not-supported' : 'value';
  switch (code) {
    case 'unknown-parameter':
      return new Refusal('incorrect', 'record.unknown-parameter', { vi, en }, [{ severity: 'error', code: issueCode, diagnostics: en }]);
    case 'bad-modifier':
      return new Refusal('incorrect', 'record.bad-modifier', { vi, en }, [{ severity: 'error', code: issueCode, diagnostics: en }]);
    case 'bad-control':
      return new Refusal('incorrect', 'record.bad-control', { vi, en }, [{ severity: 'error', code: issueCode, diagnostics: en }]);
    default:
      return new Refusal('incorrect', 'record.bad-value', { vi, en }, [{ severity: 'error', code: issueCode, diagnostics: en }]);
  }
}

/** `_contained=true` and `both` (R4 search.html, "Contained Resources"). */
export function containedSearch(): Refusal {
  const text = {
    vi: '_contained=true và both không được hỗ trợ: tài nguyên chứa bên trong không có chỉ mục riêng; hãy tìm tài nguyên chứa nó.',
    en: '_contained=true and both are not supported: a contained resource has no index entry of its own; search for the resource that holds it.',
  };
  return new Refusal('incorrect', 'record.contained-search', text, [{ severity: 'error', code: 'not-supported', diagnostics: text.en }]);
}

/** A value that does not fit the type of its parameter. */
export function badValue(name: string, expected: string): Refusal {
  return badSearch('bad-value', `Search parameter "${name}": the value is not ${expected}.`, `Tham số tìm kiếm "${name}": giá trị không hợp lệ (cần: ${expected}).`);
}

/** A modifier that the parameter does not take. */
export function badModifier(name: string, modifier: string): Refusal {
  return badSearch(
    'bad-modifier',
    `Search parameter "${name}": modifier ":${modifier}" is not supported.`,
    `Tham số tìm kiếm "${name}": không hỗ trợ bổ ngữ ":${modifier}".`,
  );
}
