// One cache of what the server said.
import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from './api.ts';

/** Makes the cache; `signedOut` runs when the server no longer knows the session. */
export function createQueries(signedOut: () => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (error instanceof ApiError && error.status === 401) signedOut();
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        // A refusal will be a refusal again; a lost connection or a busy server deserves one more try.
        retry: (failures, error) => failures < 1 && (!(error instanceof ApiError) || error.status === 0 || error.status >= 500),
        retryDelay: 600,
      },
    },
  });
}
