// The words of one message: values put in their places, in the language of the person.
import type { MessageWording } from '@sen/contracts';
import type { Language, Text } from '../../platform/i18n.ts';

/** An instant is told in the hospital's zone: `07:40`, `thứ Hai 23/11`, `07:40 thứ Hai 23/11`. */
export type MessageValue = string | Text | { readonly at: number; readonly as: 'time' | 'day' | 'day-time' };
export type MessageData = Readonly<Record<string, MessageValue>>;

export interface RenderedMessage {
  readonly sms: string;
  readonly title: string;
  readonly email: string;
}

const days = {
  vi: ['Chủ nhật', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
};

/** Puts the values in; a name without a value leaves nothing, and no double blank. */
export function renderWording(wording: MessageWording, data: MessageData, language: Language, zone: string): RenderedMessage {
  const put = (text: string) => text.replace(/\{([a-zA-Z]\w*)\}/g, (_, name: string) => valueText(data[name], language, zone)).replace(/ {2,}/g, ' ').replace(/ +([.,;:])/g, '$1').trim();
  const sms = put(wording.sms);
  return { sms, title: wording.title === undefined ? firstSentence(sms) : put(wording.title), email: wording.email === undefined ? sms : put(wording.email) };
}

/** One value as the person reads it. */
export function valueText(value: MessageValue | undefined, language: Language, zone: string): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return oneLine(value);
  if ('at' in value) return instantText(value.at, value.as, language, zone);
  return oneLine(value[language]);
}

function instantText(at: number, as: 'time' | 'day' | 'day-time', language: Language, zone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const time = `${parts['hour']}:${parts['minute']}`;
  if (as === 'time') return time;
  const weekday = days[language][new Date(`${parts['year']}-${parts['month']}-${parts['day']}T00:00:00Z`).getUTCDay()] ?? '';
  const day = `${weekday} ${parts['day']}/${parts['month']}`;
  return as === 'day' ? day : `${time} ${day}`;
}

/** A value cannot begin a line of its own: a name typed with a line break would look like words of the hospital. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function firstSentence(text: string): string {
  const [sentence = text] = text.split(/(?<=[.!?])\s/);
  return sentence.length <= 100 ? sentence : `${sentence.slice(0, 99)}…`;
}
