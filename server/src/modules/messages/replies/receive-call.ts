// What providers tell: that a message arrived, was read or was lost, and what the person replied.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { mobileOf } from '../address.ts';
import { addressHash } from '../delivery/deliver-due.ts';
import { repliedEvent, type Replied } from '../events.ts';
import { unclearTemplate } from '../house-templates.ts';
import { answerIn } from '../reply-words.ts';
import { sendMessage } from '../send-message.ts';
import { findAnswerable, hearOnce, keepAnswer, keepReceipt, type Receipt } from './store.ts';

const freshMs = 5 * 60_000;

export interface ProviderCall {
  readonly adapter: string;
  readonly body: string;
  /** `t=<seconds>,v1=<hex of HMAC-SHA-256 over "<seconds>.<body>">` */
  readonly signature: string;
}

/** Hears one call. Refuses one that is not signed by the key, not of the last five minutes, or heard before. */
export async function receiveCall(work: Work, call: ProviderCall, key: string): Promise<void> {
  const mac = verifiedMac(call, key, work.now);
  const told = contentOf(call.body);
  await work.transact(async (inside) => {
    if (!(await hearOnce(inside.db, createHash('sha256').update(mac).digest(), inside.now))) throw new Refusal('conflict', 'messages.heard-before', { vi: 'Cuộc gọi này đã được nhận.', en: 'This call was heard before.' });
    if (told.kind === 'receipt') await keepReceipt(inside.db, call.adapter, told.id, told.state, inside.now);
    else await takeReply(inside, told.from, told.text);
  });
}

/** A yes says yes to all that wait for one; a no with several open cancels nothing, and says so. */
async function takeReply(work: Work, from: string, text: string): Promise<void> {
  const phone = mobileOf(from);
  if (phone === undefined) return;
  const open = await findAnswerable(work.db, addressHash(phone), work.now);
  const answer = answerIn(text);
  const abouts = new Set(open.map(({ about_kind: kind, about_id: id }) => `${kind}/${id}`));
  if (answer === 'cancel' && abouts.size > 1) {
    await sendMessage(work, { template: unclearTemplate.code, to: { phone }, data: {}, onceKey: `messages.reply-unclear:${open[0]?.id}:${work.now}` });
    return;
  }
  for (const { id, template, about_kind: kind, about_id: about } of open) {
    await keepAnswer(work.db, id, answer, work.now);
    const told: Replied = { message: id, template, about: { kind, id: about }, answer };
    await work.tell({ name: repliedEvent, data: { ...told } });
  }
}

function verifiedMac({ body, signature }: ProviderCall, key: string, now: number): Buffer {
  const [, seconds = '', given = ''] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(signature) ?? [];
  const mac = createHmac('sha256', key).update(`${seconds}.${body}`).digest();
  const isRight = key !== '' && given !== '' && timingSafeEqual(mac, Buffer.from(given, 'hex'));
  if (!isRight || Math.abs(Number(seconds) * 1000 - now) > freshMs) throw new Refusal('unauthenticated', 'messages.bad-signature', { vi: 'Chữ ký của cuộc gọi không đúng hoặc đã quá hạn.', en: 'The signature of the call is wrong or too old.' });
  return mac;
}

type Told = { readonly kind: 'reply'; readonly from: string; readonly text: string } | { readonly kind: 'receipt'; readonly id: string; readonly state: Receipt };

function contentOf(body: string): Told {
  const { kind, from, text, id, state } = parsed(body);
  if (kind === 'reply' && typeof from === 'string' && typeof text === 'string') return { kind, from, text: text.slice(0, 500) };
  if (kind === 'receipt' && typeof id === 'string' && (state === 'delivered' || state === 'read' || state === 'failed')) return { kind, id, state };
  throw new Refusal('incorrect', 'messages.bad-call', { vi: 'Nội dung cuộc gọi không hiểu được.', en: 'The content of the call is not understood.' });
}

function parsed(body: string): Record<string, unknown> {
  try {
    return (JSON.parse(body) ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}
