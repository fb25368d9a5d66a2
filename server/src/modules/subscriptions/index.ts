// The front door of subscriptions: the topics that every house has, for modules that describe what they tell of.
export { namedTopics, type Topic, type Trigger } from './topic.ts';
