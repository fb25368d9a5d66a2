import { Refusal } from '../../platform/refusal.ts';
import type { Work } from '../../platform/work.ts';
import { queueAgain } from './store-lists.ts';

/** Sends a message again that failed or may not have arrived. Refuses (`messages.not-to-resend`) any other. */
export async function sendAgain(work: Work, messageId: string): Promise<null> {
  work.trail.note = { action: 'U', detail: { resent: messageId } };
  if (await queueAgain(work.db, messageId, work.now)) return null;
  throw new Refusal('conflict', 'messages.not-to-resend', { vi: 'Tin này không gửi lại được: đã gửi, đang gửi, hoặc nội dung đã xóa.', en: 'This message cannot be sent again: it was sent, is being sent, or its words are gone.' });
}
