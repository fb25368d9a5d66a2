// What a message says, per language and channel, and which values it takes. Modules declare theirs at start; a hospital may put its own words in place.
import type { MessagePurpose, MessageWording } from '@sen/contracts';
import type { Text } from '../../platform/i18n.ts';

export interface Template {
  /** `<module>.<what>`, such as `booking.confirmed`. */
  readonly code: string;
  readonly purpose: MessagePurpose;
  /** When it is sent, for those who edit it. */
  readonly about: Text;
  /** The names that may stand in braces, each with an example for the preview. */
  readonly placeholders: Readonly<Record<string, Text>>;
  /** Placeholders that own words may leave out, and a message may lack. */
  readonly optional?: readonly string[];
  readonly vi: MessageWording;
  readonly en: MessageWording;
  /** Sent in quiet hours too: codes, and calls of today. */
  readonly urgent?: boolean;
  /** Takes a reply: yes or no. */
  readonly answerable?: boolean;
  /** How long after it is due it is still worth sending, in minutes; a day when it is not said. */
  readonly usefulMinutes?: number;
}

const declared = new Map<string, Template>();

/** Declares a template, once for the process; refuses one whose words use a name it does not have, or lack a required one. */
export function declareTemplate<const T extends Template>(template: T): T {
  if (declared.has(template.code)) throw new Error(`the template ${template.code} is declared twice`);
  for (const language of ['vi', 'en'] as const) {
    const findings = wordingFindings(template, template[language]);
    if (findings[0] !== undefined) throw new Error(`${template.code}, ${language}: ${findings[0].en}`);
  }
  declared.set(template.code, template);
  return template;
}

export function templateOf(code: string): Template | undefined {
  return declared.get(code);
}

export function declaredTemplates(): readonly Template[] {
  return [...declared.values()].sort((one, other) => one.code.localeCompare(other.code));
}

export interface WordingFinding extends Text {
  readonly where: 'sms' | 'title' | 'email';
}

/** Names in braces that a text uses. */
function namesIn(text: string): string[] {
  return [...text.matchAll(/\{([a-zA-Z]\w*)\}/g)].map(([, name = '']) => name);
}

/** What is wrong with the words of a template: unknown names, braces that name nothing, required names left out of the text of the SMS or the e-mail. */
export function wordingFindings(template: Pick<Template, 'placeholders' | 'optional'>, wording: MessageWording): WordingFinding[] {
  const known = new Set(Object.keys(template.placeholders));
  const required = [...known].filter((name) => !template.optional?.includes(name));
  return (['sms', 'title', 'email'] as const).flatMap((where) => {
    const text = wording[where];
    if (text === undefined) return [];
    const used = namesIn(text);
    const unknown = used.filter((name) => !known.has(name)).map((name) => ({ where, vi: `Không có ô {${name}} trong mẫu này.`, en: `This template has no {${name}}.` }));
    const stray = /[{}]/.test(text.replace(/\{[a-zA-Z]\w*\}/g, '')) ? [{ where, vi: 'Có dấu ngoặc nhọn không bao quanh tên ô nào.', en: 'There is a brace that names nothing.' }] : [];
    const missing = where === 'title' ? [] : required.filter((name) => !used.includes(name)).map((name) => ({ where, vi: `Thiếu ô {${name}}.`, en: `{${name}} is missing.` }));
    return [...unknown, ...stray, ...missing];
  });
}
