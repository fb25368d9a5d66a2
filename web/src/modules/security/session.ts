// Who is signed in.
import type * as contracts from '@sen/contracts';
import type { OwnSession, SignInAnswer } from '@sen/contracts';
import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { ApiError, call } from '../../lib/api.ts';
import { tellTabs } from './tabs.ts';

export const sessionKey = ['session'];
const failuresKey = ['sign-in-failures'];

/** The session of this browser; `null` when nobody is signed in. */
export function useSession() {
  return useQuery({ queryKey: sessionKey, queryFn: ({ signal }) => readSession(signal), staleTime: 300_000, gcTime: Infinity, retry: 1 });
}

async function readSession(signal: AbortSignal): Promise<OwnSession | null> {
  try {
    return await call<typeof contracts.readSession>('GET', '/api/session', {}, signal);
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null;
    throw error;
  }
}

/** Takes in the answer of a sign-in that is complete. */
export function useWelcome(): (answer: SignInAnswer) => void {
  const queries = useQueryClient();
  return ({ session, failures }) => {
    if (session === undefined) return;
    const before = queries.getQueryData<OwnSession | null>(sessionKey);
    if (before?.account.id !== session.account.id) forgetAnswers(queries);
    queries.setQueryData(failuresKey, failures ?? null);
    queries.setQueryData(sessionKey, session);
    tellTabs('changed');
  };
}

export function useSignIn() {
  const welcome = useWelcome();
  return useMutation({
    mutationFn: (input: { username: string; password: string }) => call<typeof contracts.signIn>('POST', '/api/session', input),
    onSuccess: welcome,
  });
}

/** Wrong tries since the last sign-in, told once. */
export function useFailures() {
  const queries = useQueryClient();
  const { data } = useQuery<SignInAnswer['failures'] | null>({ queryKey: failuresKey, queryFn: () => null, staleTime: Infinity, gcTime: Infinity });
  return { failures: data ?? undefined, dismiss: () => queries.setQueryData(failuresKey, null) };
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
      tellTabs('changed');
    },
  });
}

/** What one person was told is not for the next one at this machine. */
function forgetAnswers(queries: QueryClient): void {
  queries.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
}

/** What the server's "no" means for the session that the screen shows. */
export function sessionRefused(queries: QueryClient, { status, code }: ApiError): void {
  const held = ({ 'security.locked': 'locked', 'security.must-change-password': 'must-change', 'security.must-enrol': 'must-enrol' } as const)[code];
  if (held !== undefined) return void queries.setQueryData<OwnSession | null>(sessionKey, (session) => (session ? { ...session, held } : session));
  // A wrong code or password is 401 too, and says nothing about the session.
  if (status === 401 && (code === 'security.not-signed-in' || code === 'security.session-ended')) queries.setQueryData(sessionKey, null);
}

export function useDemoAccounts() {
  return useQuery({
    queryKey: ['demo-accounts'],
    queryFn: ({ signal }) => call<typeof contracts.listDemoAccounts>('GET', '/api/session/demo-accounts', {}, signal),
    staleTime: Infinity,
  });
}

export function useSignInWays() {
  return useQuery({ queryKey: ['sign-in-ways'], queryFn: ({ signal }) => call<typeof contracts.listSignInWays>('GET', '/api/session/ways', {}, signal), staleTime: 60_000 });
}
