// Follows topics of the server: `changed` says which one, and whoever shows it fetches again. One stream a page, opened again when it breaks.
import { useEffect, useRef, useState } from 'react';

export type LiveState = 'live' | 'reconnecting' | 'offline';

/** The server says something at least every 20 s; without a word for this long the connection is dead even if nobody told us. */
const silentMs = 50_000;
const offlineAfterMs = 15_000;
const firstPauseMs = 1_000;
const longestPauseMs = 15_000;

/**
 * Calls `onChange` with each topic that changed, and with every topic after an interruption, in which changes may have been missed.
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
    if (list.length === 0 && address === undefined) return undefined;
    const url = address ?? `/api/live?${new URLSearchParams(list.map((topic) => ['topic', topic]))}`;
    return follow(url, (topic) => (topic === '' ? list : [topic]).forEach((one) => told.current(one)), setState);
  }, [key, address]);
  return state;
}

/** Opens the stream and keeps it open; gives what closes it. The empty topic: anything may have changed. */
function follow(url: string, onTopic: (topic: string) => void, onState: (state: LiveState) => void): () => void {
  let source: EventSource | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  let grace: ReturnType<typeof setTimeout> | undefined;
  let pauseMs = firstPauseMs;
  let isFirst = true;

  const lost = () => {
    source?.close();
    clearTimeout(silence);
    onState(navigator.onLine ? 'reconnecting' : 'offline');
    grace ??= setTimeout(() => onState('offline'), offlineAfterMs);
    clearTimeout(again);
    again = setTimeout(open, pauseMs);
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  };
  const heard = () => {
    clearTimeout(silence);
    silence = setTimeout(lost, silentMs);
  };
  const there = () => {
    heard();
    clearTimeout(grace);
    grace = undefined;
    pauseMs = firstPauseMs;
    onState('live');
    if (!isFirst) onTopic('');
    isFirst = false;
  };
  const open = () => {
    source?.close();
    source = new EventSource(url);
    source.addEventListener('open', there);
    source.addEventListener('error', lost);
    source.addEventListener('ended', lost);
    source.addEventListener('beat', heard);
    source.addEventListener('resync', () => {
      heard();
      onTopic('');
    });
    source.addEventListener('changed', (event) => {
      heard();
      onTopic(String(event.data));
    });
  };
  const wake = () => {
    pauseMs = firstPauseMs;
    clearTimeout(again);
    open();
  };
  open();
  window.addEventListener('online', wake);
  window.addEventListener('offline', lost);
  return () => {
    source?.close();
    for (const timer of [silence, again, grace]) clearTimeout(timer);
    window.removeEventListener('online', wake);
    window.removeEventListener('offline', lost);
  };
}
