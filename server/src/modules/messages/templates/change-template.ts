import type { MessageTemplate, MessageWording } from '@sen/contracts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { wordingFindings } from '../template.ts';
import { knownTemplate, readTemplate } from './list-templates.ts';
import { writeWords } from './store.ts';

interface TemplateChange {
  readonly code: string;
  readonly vi?: MessageWording;
  readonly en?: MessageWording;
  readonly from?: string;
  readonly zaloTemplate?: string;
}

/** Puts own words in place, in both languages or in none. Refuses words that lack a placeholder or name one that is not there (`messages.bad-wording`). */
export async function changeTemplate(work: Work, { code, vi, en, from, zaloTemplate }: TemplateChange): Promise<MessageTemplate> {
  const template = knownTemplate(code);
  if ((vi === undefined) !== (en === undefined)) throw badWording([{ where: vi === undefined ? 'vi' : 'en', vi: 'Phải có đủ hai ngôn ngữ.', en: 'Both languages are needed.' }]);
  const findings = Object.entries({ ...(vi && { vi }), ...(en && { en }) }).flatMap(([language, wording]) => wordingFindings(template, wording).map((finding) => ({ ...finding, where: `${language}.${finding.where}` })));
  if (findings.length > 0) throw badWording(findings);
  const at = from === undefined ? work.now : Date.parse(from);
  if (!Number.isFinite(at) || at < work.now) throw new Refusal('incorrect', 'messages.bad-day', { vi: 'Ngày bắt đầu phải từ bây giờ trở đi.', en: 'The words must begin now or later.' });
  await writeWords(work.db, { template: code, from: at, words: vi === undefined || en === undefined ? null : { vi, en }, zaloTemplate: zaloTemplate === '' ? null : (zaloTemplate ?? null), by: work.actor.id }, work.now);
  work.trail.note = { action: 'U', detail: { template: code } };
  return readTemplate(work, code);
}

function badWording(findings: readonly { where: string; vi: string; en: string }[]): Refusal {
  return new Refusal('incorrect', 'messages.bad-wording', { vi: findings.map(({ vi }) => vi).join(' '), en: findings.map(({ en }) => en).join(' ') }, findings.map(({ where, en }) => ({ severity: 'error' as const, code: 'invalid' as const, expression: where, diagnostics: en })));
}
