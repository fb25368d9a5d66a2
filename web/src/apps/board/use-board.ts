// What the screen shows, kept fresh: by the stream, by a slow clock beside it, and honest when neither works.
import type * as contracts from '@sen/contracts';
import type { ResponseOf } from '@sen/contracts';
import { useCallback, useEffect, useState } from 'react';
import { ApiError, call } from '../../lib/api.ts';
import { useLive, type LiveState } from '../../lib/live.ts';

type Shown = ResponseOf<typeof contracts.readBoard>;

export interface BoardState {
  readonly board: Shown | undefined;
  readonly unknown: boolean;
  readonly live: LiveState;
  /** Of this machine, in ms: when the server last answered. */
  readonly heardAt: number;
  /** The connection is gone for longer than a blink: what is shown is old. */
  readonly lost: boolean;
}

const everyMs = 20_000;
const oldAfterMs = 45_000;

export function useBoard(key: string): BoardState & { retry: () => void } {
  const [state, setState] = useState<Pick<BoardState, 'board' | 'unknown' | 'heardAt'>>({ board: undefined, unknown: false, heardAt: 0 });
  const [failed, setFailed] = useState(false);
  const [old, setOld] = useState(false);
  const read = useCallback(() => {
    call<typeof contracts.readBoard>('GET', '/api/board/:key', { key }).then((board) => {
      setState({ board, unknown: false, heardAt: Date.now() });
      setFailed(false);
      setOld(false);
    }, (error: unknown) => {
      const status = error instanceof ApiError ? error.status : 0;
      if (status === 404 || status === 410 || status === 400) setState({ board: undefined, unknown: true, heardAt: 0 });
      setFailed(true);
    });
  }, [key]);
  useEffect(() => {
    read();
    const timer = setInterval(read, everyMs);
    return () => clearInterval(timer);
  }, [read]);
  useEffect(() => {
    if (state.heardAt === 0) return undefined;
    const timer = setTimeout(() => setOld(true), oldAfterMs);
    return () => clearTimeout(timer);
  }, [state.heardAt]);
  const live = useLive([], read, state.unknown ? undefined : `/api/board/${key}/live`);
  return { ...state, live, lost: state.board !== undefined && (old || (failed && live !== 'live') || live === 'offline'), retry: read };
}
