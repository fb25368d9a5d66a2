// Whether this machine is signed in and the server is there: asked every twenty seconds, which also keeps the session.
import type * as contracts from '@sen/contracts';
import type { ResponseOf } from '@sen/contracts';
import { useCallback, useEffect, useState } from 'react';
import { ApiError, call } from '../../lib/api.ts';

type Shown = ResponseOf<typeof contracts.readKiosk>;

export type ServerState =
  | { readonly at: 'loading' }
  | { readonly at: 'signed-out' }
  | { readonly at: 'other-account' }
  | { readonly at: 'ready'; readonly shown: Shown; /** Of the server's clock over ours, ms. */ readonly offset: number; readonly lost: boolean };

const everyMs = 20_000;
const lostEveryMs = 4_000;

export function useServer(): { readonly state: ServerState; readonly ask: () => void } {
  const [state, setState] = useState<ServerState>({ at: 'loading' });
  const [lost, setLost] = useState(false);
  const ask = useCallback(() => {
    call<typeof contracts.readKiosk>('GET', '/api/kiosk', {}).then((shown) => {
      setLost(false);
      setState({ at: 'ready', shown, offset: Date.parse(shown.now) - Date.now(), lost: false });
    }, (error: unknown) => {
      const status = error instanceof ApiError ? error.status : 0;
      if (status === 401) return setState({ at: 'signed-out' });
      if (status === 403) return setState({ at: 'other-account' });
      setLost(true);
    });
  }, []);
  useEffect(() => {
    ask();
    const timer = setInterval(ask, lost ? lostEveryMs : everyMs);
    window.addEventListener('online', ask);
    window.addEventListener('offline', ask);
    return () => {
      clearInterval(timer);
      window.removeEventListener('online', ask);
      window.removeEventListener('offline', ask);
    };
  }, [ask, lost]);
  return { state: state.at === 'ready' && lost ? { ...state, lost: true } : state, ask };
}
