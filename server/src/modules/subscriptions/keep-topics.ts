import type { Keeper } from '../record/index.ts';
import { isTopic, knownTopic, readTopic } from './fhir-topic.ts';
import { badTopic, topicTaken } from './refusals.ts';
import { keepTopic, removeTopic } from './store.ts';
import { undecidable } from './topic-judge.ts';

/** Keeps the topics that are defined as Basic resources, in the transaction that stores them. */
export const keepTopics: Keeper = async (work, changes) => {
  for (const { id, version, after } of changes) {
    const topic = after !== undefined && isTopic(after.resource) ? readTopic(after.resource) : undefined;
    if (topic === undefined) {
      await removeTopic(work.db, id);
      continue;
    }
    const query = undecidable(topic);
    if (query !== undefined) throw badTopic(`The query criteria "${query}" cannot be judged on one version of a resource: use codes, references, uris and ids, with :not at most.`);
    if (knownTopic(topic.url) !== undefined || !(await keepTopic(work.db, id, version, topic))) throw topicTaken();
  }
};
