// The tabs of one browser share one session: what happens in one is told to the others.

type Word = 'changed' | 'locked' | 'active';

const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('sen-session');

export function tellTabs(word: Word): void {
  channel?.postMessage(word); // oxlint-disable-line unicorn/require-post-message-target-origin -- a channel of our own origin, not a window
}

/** Hears the other tabs; gives a function that stops it. */
export function hearTabs(hear: (word: Word) => void): () => void {
  const listener = ({ data }: MessageEvent<Word>) => hear(data);
  channel?.addEventListener('message', listener);
  return () => channel?.removeEventListener('message', listener);
}
