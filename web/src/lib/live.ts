// Follows topics of the server: `changed` says which one, and whoever shows it fetches again. All that a page follows goes over one stream.
import { useEffect, useRef, useState } from 'react';
import { followStream, type LiveState } from './live-stream.ts';
export type { LiveState } from './live-stream.ts';

/** A browser opens six connections to a server over HTTP/1.1; a page takes one of them however many parts of it follow something. */
interface Follower {
  readonly topics: readonly string[];
  readonly onTopic: (topic: string) => void;
  readonly onState: (state: LiveState) => void;
}
const followers = new Set<Follower>();
let shared: { readonly address: string; readonly stop: () => void } | undefined;
let sharedState: LiveState = 'reconnecting';
let isSettling = false;

/**
 * Calls `onChange` with each topic that changed, and with every topic whenever the stream opens: changes before that may have been missed.
 * `address` is for screens without a session, whose address says what they follow.
 */
export function useLive(topics: readonly string[], onChange: (topic: string) => void, address?: string): LiveState {
  const [state, setState] = useState<LiveState>('reconnecting');
  const told = useRef(onChange);
  useEffect(() => {
    told.current = onChange;
  });
  const key = topics.join('\n');
  useEffect(() => {
    const list = key === '' ? [] : key.split('\n');
    const onTopic = (topic: string) => told.current(topic);
    if (address !== undefined) return followStream(address, onTopic, setState);
    return list.length === 0 ? undefined : join({ topics: list, onTopic, onState: setState });
  }, [key, address]);
  // Who follows nothing misses nothing.
  return key === '' && address === undefined ? 'live' : state;
}

function join(follower: Follower): () => void {
  followers.add(follower);
  follower.onState(sharedState);
  settleSoon();
  return () => {
    followers.delete(follower);
    settleSoon();
  };
}

/** What one turn of React adds and removes makes one new stream at most. */
function settleSoon(): void {
  if (isSettling) return;
  isSettling = true;
  queueMicrotask(() => {
    isSettling = false;
    settle();
  });
}

function settle(): void {
  const topics = [...new Set([...followers].flatMap((one) => one.topics))].toSorted();
  const address = `/api/live?${new URLSearchParams(topics.map((topic) => ['topic', topic]))}`;
  if (shared?.address === address) return;
  shared?.stop();
  shared = undefined;
  if (topics.length === 0) {
    sharedState = 'reconnecting';
    return;
  }
  const stop = followStream(address, tell, (state) => {
    sharedState = state;
    for (const { onState } of followers) onState(state);
  });
  shared = { address, stop };
}

/** The empty topic: anything may have changed. */
function tell(topic: string): void {
  for (const one of followers) {
    if (topic === '') tellAll(one);
    else if (one.topics.includes(topic)) one.onTopic(topic);
  }
}

function tellAll({ topics, onTopic }: Follower): void {
  for (const topic of topics) onTopic(topic);
}
