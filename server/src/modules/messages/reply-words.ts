// What a person means by a reply to a message: short words, with and without accents, in both languages.
import { plainLetters } from './sms-text.ts';

export type Answer = 'confirm' | 'cancel' | 'other';

const yes = new Set(['xn', 'xac nhan', 'co', 'dong y', 'ok', 'oke', 'okay', 'vang', 'da', 'u', 'uh', 'duoc', 'yes', 'y', '1', 'confirm', 'co den', 'se den', 'toi den', 'da vang']);
const no = new Set(['huy', 'huy lich', 'huy hen', 'huy kham', 'khong', 'ko', 'k', 'khong den', 'no', 'n', '2', 'cancel', 'toi huy', 'xin huy', 'khong di', 'khong den duoc']);

/** Reads a reply. What is not plainly yes or no is `other`: a person reads it, and nothing is cancelled by a guess. */
export function answerIn(text: string): Answer {
  const words = plainLetters(text).toLowerCase().replace(/[^a-z0-9 ]+/g, ' ').replace(/\s+/g, ' ').trim();
  if (yes.has(words)) return 'confirm';
  return no.has(words) ? 'cancel' : 'other';
}
