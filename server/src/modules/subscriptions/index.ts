// The front door of subscriptions: the topics that every house has, for modules that describe what they tell of.
export { namedTopics, type Topic, type Trigger } from './topic.ts';
// How the house calls an address that a client has given: only hosts of a list, never its own network, no redirects.
export { sendHook, type HookOutcome } from './send-hook.ts';
