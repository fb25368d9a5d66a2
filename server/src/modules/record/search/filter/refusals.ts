import { Refusal } from '../../../../platform/refusal.ts';

/** A `_filter` that cannot be read; the text names the place and what is expected there, never the value, which may be a patient's. */
export function badFilter(position: number, expected: string): Refusal {
  const text = { vi: `_filter: sai ở ký tự ${position}; cần: ${expected}.`, en: `_filter: at character ${position}, expected ${expected}.` };
  return new Refusal('incorrect', 'record.bad-filter', text, [{ severity: 'error', code: 'value', diagnostics: text.en }]);
}

/** An operator that the parameter's type does not take (R4 search_filter.html §3.1.3.2, "n/a"). */
export function badOperator(position: number, operator: string, name: string, type: string): Refusal {
  const text = {
    vi: `_filter: ký tự ${position}: toán tử "${operator}" không dùng được cho "${name}" (loại ${type}).`,
    en: `_filter: at character ${position}: operator "${operator}" does not apply to "${name}" (of type ${type}).`,
  };
  return new Refusal('incorrect', 'record.bad-filter-operator', text, [{ severity: 'error', code: 'not-supported', diagnostics: text.en }]);
}
