import { randomId } from '../../platform/ids.ts';
import type { Work } from '../../platform/work.ts';
import type { CodeMessage } from '../security/index.ts';
import { deliverDue } from './delivery/deliver-due.ts';
import { meansNow } from './means-now.ts';
import { codeTemplate } from './house-templates.ts';
import { sendMessage } from './send-message.ts';

/** For so long the message is ours alone; the runners take it only when it is still there after that. */
const leadMs = 2000;

/** Sends a one-time code at once: who asked for it stands there and waits. A provider that does not answer is tried again in the background. */
export async function answerCode(work: Work, { phone, code, until }: CodeMessage): Promise<boolean> {
  const minutes = String(Math.max(1, Math.round((until - work.now) / 60_000)));
  const id = await sendMessage(work, { template: codeTemplate.code, to: { phone }, data: { code, minutes }, onceKey: `security.code:${randomId()}`, notBefore: work.now + leadMs, expires: until, language: work.language });
  const means = meansNow();
  if (id !== undefined && means !== undefined) await work.afterCommit(async (outside) => void (await deliverDue(outside, means, id).catch(() => 0)));
  return true;
}
