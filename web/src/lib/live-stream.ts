// One stream of Server-Sent Events, opened again when it breaks or falls silent.

export type LiveState = 'live' | 'reconnecting' | 'offline';

/** The server says something at least every 20 s; without a word for this long the connection is dead even if nobody told us. */
const silentMs = 50_000;
const offlineAfterMs = 15_000;
const firstPauseMs = 1_000;
const longestPauseMs = 15_000;

interface Stream {
  readonly address: string;
  readonly onTopic: (topic: string) => void;
  readonly onState: (state: LiveState) => void;
  source?: EventSource | undefined;
  silence?: ReturnType<typeof setTimeout> | undefined;
  again?: ReturnType<typeof setTimeout> | undefined;
  grace?: ReturnType<typeof setTimeout> | undefined;
  pauseMs: number;
}

/** Opens the stream and keeps it open; gives what closes it. The empty topic: anything may have changed. */
export function followStream(address: string, onTopic: (topic: string) => void, onState: (state: LiveState) => void): () => void {
  const stream: Stream = { address, onTopic, onState, pauseMs: firstPauseMs };
  const wake = () => {
    stream.pauseMs = firstPauseMs;
    clearTimeout(stream.again);
    open(stream);
  };
  const fail = () => lose(stream);
  open(stream);
  window.addEventListener('online', wake);
  window.addEventListener('offline', fail);
  return () => {
    stream.source?.close();
    for (const timer of [stream.silence, stream.again, stream.grace]) clearTimeout(timer);
    window.removeEventListener('online', wake);
    window.removeEventListener('offline', fail);
  };
}

function open(stream: Stream): void {
  stream.source?.close();
  const source = new EventSource(stream.address);
  stream.source = source;
  source.addEventListener('open', () => arrive(stream));
  for (const end of ['error', 'ended']) source.addEventListener(end, () => lose(stream));
  source.addEventListener('beat', () => hear(stream));
  source.addEventListener('resync', () => {
    hear(stream);
    stream.onTopic('');
  });
  source.addEventListener('changed', (event) => {
    hear(stream);
    stream.onTopic(String((event as MessageEvent).data));
  });
}

function arrive(stream: Stream): void {
  hear(stream);
  clearTimeout(stream.grace);
  stream.grace = undefined;
  stream.pauseMs = firstPauseMs;
  stream.onState('live');
  stream.onTopic(''); // what was fetched before it opened may be old already
}

function hear(stream: Stream): void {
  clearTimeout(stream.silence);
  stream.silence = setTimeout(() => lose(stream), silentMs);
}

function lose(stream: Stream): void {
  stream.source?.close();
  clearTimeout(stream.silence);
  stream.onState(navigator.onLine ? 'reconnecting' : 'offline');
  stream.grace ??= setTimeout(() => stream.onState('offline'), offlineAfterMs);
  clearTimeout(stream.again);
  stream.again = setTimeout(() => open(stream), stream.pauseMs);
  stream.pauseMs = Math.min(stream.pauseMs * 2, longestPauseMs);
}
