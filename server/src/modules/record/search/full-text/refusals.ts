import { Refusal } from '../../../../platform/refusal.ts';

/** `_text` and `_content` where the setting SEN_FULL_TEXT is off. */
export function fullTextOff(): Refusal {
  const text = { vi: 'Máy chủ này đã tắt tìm toàn văn (thiết lập SEN_FULL_TEXT).', en: '_text and _content are switched off here (setting SEN_FULL_TEXT).' };
  return new Refusal('incorrect', 'record.full-text-off', text, [{ severity: 'error', code: 'not-supported', diagnostics: text.en }]);
}

/** The words of too many changes are not gathered yet, after an import or the first start with full text. */
export function fullTextBehind(changes: number): Refusal {
  const count = changes >= 1_000_000 ? '1000000+' : String(changes);
  const text = {
    vi: `Đang lập chỉ mục toàn văn, còn ${count} thay đổi: xin tìm lại sau ít phút.`,
    en: `The full text is being indexed, ${count} changes are left: search again in a few minutes.`,
  };
  return new Refusal('busy', 'record.full-text-behind', text, [{ severity: 'error', code: 'transient', diagnostics: text.en }]);
}
