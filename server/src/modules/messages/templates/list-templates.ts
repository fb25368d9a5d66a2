import type { MessageTemplate } from '@sen/contracts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { declaredTemplates, templateOf, type Template } from '../template.ts';
import { readPlannedWords, readWordsInUse, type WordsInUse } from './store.ts';

/** All templates with the words in use and those planned. */
export async function listTemplates(work: Work): Promise<MessageTemplate[]> {
  const templates = declaredTemplates();
  const inUse = await readWordsInUse(work.db, templates.map(({ code }) => code), work.now);
  const planned = await readPlannedWords(work.db, work.now);
  return templates.map((template) => viewOf(template, inUse(template.code), planned(template.code)));
}

export async function readTemplate(work: Work, code: string): Promise<MessageTemplate> {
  knownTemplate(code);
  const found = (await listTemplates(work)).find((template) => template.code === code);
  if (found === undefined) throw new Error(`the template ${code} is gone`);
  return found;
}

/** Refuses (`messages.no-such-template`) a code that no module declares. */
export function knownTemplate(code: string): Template {
  const template = templateOf(code);
  if (template === undefined) throw new Refusal('not-found', 'messages.no-such-template', { vi: 'Không có mẫu tin này.', en: 'There is no such template.' });
  return template;
}

function viewOf(template: Template, inUse: WordsInUse, planned: WordsInUse | undefined): MessageTemplate {
  const { code, purpose, about, placeholders, optional = [] } = template;
  return {
    code, purpose, about, vi: inUse.words?.vi ?? template.vi, en: inUse.words?.en ?? template.en,
    placeholders: Object.entries(placeholders).map(([name, example]) => ({ name, required: !optional.includes(name), ...example })),
    ...(inUse.since === undefined ? {} : { ownSince: inUse.since.toISOString() }),
    ...(inUse.zaloTemplate === undefined ? {} : { zaloTemplate: inUse.zaloTemplate }),
    ...(planned?.words === undefined || planned.since === undefined ? {} : { planned: { from: planned.since.toISOString(), ...planned.words } }),
  };
}
