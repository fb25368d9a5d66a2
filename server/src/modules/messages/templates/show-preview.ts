import type { MessagePreview, MessageWording } from '@sen/contracts';
import type { Language } from '../../../platform/i18n.ts';
import { meansNow } from '../means-now.ts';
import { smsText } from '../sms-text.ts';
import { wordingFindings } from '../template.ts';
import { renderWording } from '../wording.ts';
import { knownTemplate } from './list-templates.ts';

/** Shows what a person would get, with the example values, and what an SMS of it costs in parts. */
export function showPreview({ code, language, wording }: { code: string; language: Language; wording: MessageWording }): MessagePreview {
  const template = knownTemplate(code);
  const settings = meansNow()?.settings;
  const words = renderWording(wording, template.placeholders, language, settings?.timeZone ?? 'Asia/Ho_Chi_Minh');
  const sent = smsText(words.sms, settings?.smsAccents ?? false);
  return { ...words, smsSent: sent.text, encoding: sent.encoding, segments: sent.segments, findings: wordingFindings(template, wording) };
}
