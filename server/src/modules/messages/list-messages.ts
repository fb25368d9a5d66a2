import type { MessageDay, MessageLine } from '@sen/contracts';
import type { Work } from '../../platform/work.ts';
import { meansNow } from './means-now.ts';
import { countLately, findMessages, type MessageFilter, type MessageRow } from './store-lists.ts';

const pageSize = 100;

/** Lists messages without what they say; one-time codes are never among them. */
export async function listMessages(work: Work, filter: MessageFilter): Promise<MessageDay> {
  const rows = await findMessages(work.db, filter, pageSize + 1);
  const { states, channels } = await countLately(work.db, work.now);
  const shown = rows.slice(0, pageSize);
  const last = shown.at(-1);
  work.trail.note = { detail: { shown: shown.length } };
  return {
    messages: shown.map(lineOf), counts: states,
    ...(rows.length > pageSize && last !== undefined ? { next: `${last.created_at.toISOString()}~${last.id}` } : {}),
    channels: [...(meansNow()?.channels.values() ?? [])].map(({ channel, adapter }) => ({ channel, adapter, sentDay: channels.get(channel)?.sent ?? 0, failedDay: channels.get(channel)?.failed ?? 0 })),
  };
}

function lineOf(row: MessageRow): MessageLine {
  return {
    id: row.id, template: row.template, purpose: row.purpose, state: row.state, createdAt: row.created_at.toISOString(), dueAt: row.due_at.toISOString(), changedAt: row.changed_at.toISOString(),
    attempts: row.attempts, ...(row.channel === null ? {} : { channel: row.channel }), ...(row.to_masked === null ? {} : { to: row.to_masked }),
    ...(row.why === null ? {} : { why: row.why }), ...(row.answer === null ? {} : { answer: row.answer }),
  };
}
