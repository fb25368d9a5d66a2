import { randomId } from '../../platform/ids.ts';
import type { Language } from '../../platform/i18n.ts';
import { sealSecret } from '../../platform/seal.ts';
import type { Work } from '../../platform/work.ts';
import { addMessage } from './store.ts';
import { templateOf, type Template } from './template.ts';
import type { MessageData } from './wording.ts';

export interface OutgoingMessage {
  readonly template: string;
  /** A patient is reached by whatever the record and the patient’s own choice say at the time of sending. */
  readonly to: { readonly patientId: string } | { readonly phone: string } | { readonly email: string };
  readonly data: MessageData;
  /** What makes it one and the same message: a second one with this key is none. At most 200 letters, no patient data. */
  readonly onceKey: string;
  readonly about?: { readonly kind: string; readonly id: string };
  /** ms since 1970; at once when it is not said or past. */
  readonly notBefore?: number;
  /** ms since 1970 from which it is no longer worth sending. */
  readonly expires?: number;
  /** For an address without a patient, whose language nobody knows. */
  readonly language?: Language;
}

const priorities = { code: 0, visit: 2, appointment: 4, result: 5, notice: 6, marketing: 9 } as const;
const dayMs = 86_400_000;

/**
 * Queues a message in the transaction of the work: it is sent if and only if that commits, and once for each `onceKey`. Gives its id; undefined when
 * there was one with this key.
 */
export async function sendMessage(work: Work, message: OutgoingMessage): Promise<string | undefined> {
  const template = knownTemplate(message);
  const id = randomId<'Message'>();
  const dueAt = Math.max(work.now, message.notBefore ?? work.now);
  const usefulMs = template.usefulMinutes === undefined ? dayMs : template.usefulMinutes * 60_000;
  const { to } = message;
  const added = await addMessage(work.db, {
    id, onceKey: message.onceKey, template: template.code, purpose: template.purpose, patient: 'patientId' in to ? to.patientId : null,
    contentSealed: sealSecret(JSON.stringify({ ...('patientId' in to ? {} : { to }), data: message.data }), `message:${id}`),
    language: message.language ?? null, about: message.about, answerable: template.answerable === true && message.about !== undefined,
    priority: priorities[template.purpose], dueAt, expiresAt: message.expires ?? dueAt + usefulMs,
  }, work.now);
  return added ? id : undefined;
}

/** A message with a hole in it must not reach a person: it is a fault of ours, found where it is made. */
function knownTemplate({ template: code, data, onceKey }: OutgoingMessage): Template {
  const template = templateOf(code);
  if (template === undefined) throw new Error(`no template ${code} is declared`);
  const missing = Object.keys(template.placeholders).find((name) => data[name] === undefined && !template.optional?.includes(name));
  if (missing !== undefined) throw new Error(`a message of ${code} lacks {${missing}}`);
  if (onceKey === '' || onceKey.length > 200) throw new Error(`the onceKey of a message of ${code} must have 1 to 200 letters`);
  return template;
}
