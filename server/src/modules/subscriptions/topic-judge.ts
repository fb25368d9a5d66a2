// Whether a change is an event of a topic (R5 SubscriptionTopic.resourceTrigger).
import { compileQuery, type Facts, type Judge } from './fhir-filter.ts';
import type { Method } from './subscription.ts';
import type { QueryCriteria, Topic, Trigger } from './topic.ts';

export interface TopicJudge {
  readonly type: string;
  /** It must be shown what the resource was before. */
  readonly needsPrevious: boolean;
  readonly anchor: readonly bigint[] | undefined;
  judge(method: Method, previous: Facts | undefined, current: Facts | undefined): boolean;
}

/** One judge for each type that triggers a topic. */
export function judgesOf(topic: Topic): TopicJudge[] {
  return [...Map.groupBy(topic.triggers, ({ type }) => type)].map(([type, triggers]) => {
    const judges = triggers.map(judgeOf);
    return {
      type,
      needsPrevious: judges.some(({ needsPrevious }) => needsPrevious),
      anchor: judges.length === 1 ? judges[0]!.anchor : undefined,
      judge: (method, previous, current) => judges.some((one) => one.judge(method, previous, current)),
    };
  });
}

/** Query criteria of a topic that memory cannot judge, as text; undefined when it can judge all. */
export function undecidable(topic: Topic): string | undefined {
  return topic.triggers
    .flatMap(({ type, query }) => [query?.previous, query?.current].map((text) => (text === undefined || compileQuery(type, text).decided ? undefined : text)))
    .find((text) => text !== undefined);
}

function judgeOf({ type, on, query }: Trigger): TopicJudge {
  const byMethod = query === undefined ? undefined : criteriaJudge(type, query);
  const current = query?.current === undefined ? undefined : compileQuery(type, query.current);
  return {
    type,
    needsPrevious: on.includes('delete') || query?.previous !== undefined,
    // a deletion has no current side, and a previous side alone may be enough
    anchor: on.includes('delete') || (query?.previous !== undefined && !query.requireBoth) ? undefined : current?.anchor,
    judge: (method, before, after) => on.includes(method) && (byMethod === undefined || byMethod(method, before, after)),
  };
}

function criteriaJudge(type: string, query: QueryCriteria): TopicJudge['judge'] {
  const judges = { previous: compiled(type, query.previous), current: compiled(type, query.current) };
  return (method, before, after) => {
    const previous = method === 'create' ? query.passesOnCreate : passes(judges.previous, before);
    const current = method === 'delete' ? query.passesOnDelete : passes(judges.current, after);
    if (judges.previous === undefined) return current;
    if (judges.current === undefined) return previous;
    return query.requireBoth ? previous && current : previous || current;
  };
}

function compiled(type: string, query: string | undefined): Judge | undefined {
  return query === undefined ? undefined : compileQuery(type, query);
}

function passes(judge: Judge | undefined, facts: Facts | undefined): boolean {
  return judge === undefined || (facts !== undefined && judge.judge(facts) === true);
}
