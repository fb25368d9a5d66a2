// Who is signed in.
import type * as contracts from '@sen/contracts';
import type { SignedInAccount } from '@sen/contracts';
import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { ApiError, call } from '../../lib/api.ts';

export const sessionKey = ['session'];

/** The account signed in; `null` when nobody is. */
export function useSession() {
  return useQuery({ queryKey: sessionKey, queryFn: ({ signal }) => readSession(signal), staleTime: 300_000, retry: 1 });
}

async function readSession(signal: AbortSignal): Promise<SignedInAccount | null> {
  try {
    return (await call<typeof contracts.readSession>('GET', '/api/session', {}, signal)).account;
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null;
    throw error;
  }
}

export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: { username: string; password: string }) => call<typeof contracts.signIn>('POST', '/api/session', input),
    onSuccess: ({ account }) => {
      forgetAnswers(queries);
      queries.setQueryData(sessionKey, account);
    },
  });
}

/** Ends the session and forgets every patient this browser was told of. */
export function useSignOut(forget: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => call<typeof contracts.signOut>('DELETE', '/api/session', {}),
    onSuccess: () => {
      forget();
      queries.setQueryData(sessionKey, null);
      forgetAnswers(queries);
    },
  });
}

/** What one person was told is not for the next one at this machine. */
function forgetAnswers(queries: QueryClient): void {
  queries.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
}

export function useDemoAccounts() {
  return useQuery({
    queryKey: ['demo-accounts'],
    queryFn: ({ signal }) => call<typeof contracts.listDemoAccounts>('GET', '/api/session/demo-accounts', {}, signal),
    staleTime: Infinity,
  });
}
