// What open screens are told at once: a topic has changed, nothing else; whoever follows it fetches again. NOTIFY carries it to every process.
import type { Work } from './work.ts';

/** Channel of NOTIFY whose payload is a topic. */
export const liveChannel = 'sen_live';

/** `room/sen-hong-205`: what kind of thing, and which one. */
export const topicShape = /^([a-z-]{1,32})\/([A-Za-z0-9._-]{1,80})$/;

/**
 * May whoever works follow `<kind>/<key>`? Gives the topics that count as a change of it (itself among them), or undefined when not. Asked again
 * when the topic itself changes and at every heartbeat, so that the answer may move (a visit goes on to another room).
 */
export type TopicJudge = (work: Work, key: string) => Promise<readonly string[] | undefined>;

const judges = new Map<string, TopicJudge>();

/** Says who may follow the topics of a kind; the last word for a kind holds. Call at start. */
export function allowTopic(kind: string, judge: TopicJudge): void {
  judges.set(kind, judge);
}

/** Tells, with the commit of the transaction, that topics have changed. */
export async function tellLive(work: Work, ...topics: readonly string[]): Promise<void> {
  if (topics.length === 0) return;
  await work.db.query({ name: 'platform.tell-live', text: `SELECT pg_notify('${liveChannel}', topic) FROM unnest($1::text[]) AS topic`, values: [topics] });
}

/** Gives what to listen to for each topic that may be followed: a page that asks for several loses none of the others to one. Undefined when there is none. */
export async function judgeTopics(work: Work, topics: readonly string[]): Promise<ReadonlyMap<string, readonly string[]> | undefined> {
  const judged = new Map<string, readonly string[]>();
  for (const topic of topics) {
    const [, kind = '', key = ''] = topicShape.exec(topic) ?? [];
    const heard = await judges.get(kind)?.(work, key);
    if (heard !== undefined) judged.set(topic, heard);
  }
  return judged.size > 0 ? judged : undefined;
}
