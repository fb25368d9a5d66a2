// What the pages about apps ask of the server.
import type * as contracts from '@sen/contracts';
import type { AppForm } from '@sen/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api.ts';
import { useConfirmed } from '../confirm.tsx';

export function useAppRequest(requestId: string) {
  return useQuery({
    queryKey: ['app-request', requestId], queryFn: ({ signal }) => call<typeof contracts.readAppRequest>('GET', '/api/app-requests/:requestId', { requestId }, signal), staleTime: Infinity, retry: false,
  });
}

/** Answers, and goes on to the app. */
export function useAnswerApp(requestId: string) {
  const confirmed = useConfirmed(); // some apps ask for a new proof of who one is (OpenID `prompt=login`, `max_age`)
  return useMutation({
    mutationFn: (answer: { allow: boolean; scopes?: string[]; patientId?: string }) => confirmed(() => call<typeof contracts.answerAppRequest>('POST', '/api/app-requests/:requestId', { requestId, ...answer })),
    onSuccess: ({ url }) => window.location.assign(url),
  });
}

interface FhirPatient {
  readonly id: string;
  readonly birthDate?: string;
  readonly name?: readonly { readonly text?: string; readonly family?: string; readonly given?: readonly string[] }[];
}

/** Name and birth date of one patient, with the rights of who looks. */
export function usePatientName(patientId: string) {
  return useQuery({
    queryKey: ['patient-name', patientId],
    queryFn: async ({ signal }): Promise<{ name: string; birthDate?: string }> => {
      const response = await fetch(`/fhir/R4/Patient/${encodeURIComponent(patientId)}`, { signal, credentials: 'same-origin', headers: { accept: 'application/fhir+json' } });
      if (!response.ok) return { name: patientId };
      const { name: [first] = [], birthDate } = (await response.json()) as FhirPatient;
      const name = first?.text ?? [first?.family, ...(first?.given ?? [])].filter((part) => part !== undefined).join(' ');
      return { name: name === '' ? patientId : name, ...(birthDate === undefined ? {} : { birthDate }) };
    },
  });
}

export function useAllowedApps() {
  return useQuery({ queryKey: ['allowed-apps'], queryFn: ({ signal }) => call<typeof contracts.listAllowedApps>('GET', '/api/my/apps', {}, signal) });
}

export function useWithdrawApp() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (appId: string) => call<typeof contracts.withdrawApp>('DELETE', '/api/my/apps/:appId', { appId }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['allowed-apps'] }),
  });
}

export function useLaunchableApps() {
  return useQuery({ queryKey: ['launchable-apps'], queryFn: ({ signal }) => call<typeof contracts.listLaunchableApps>('GET', '/api/launchable-apps', {}, signal), staleTime: 300_000, retry: false });
}

export function useLaunchApp() {
  return useMutation({ mutationFn: (input: { appId: string; patientId?: string }) => call<typeof contracts.launchApp>('POST', '/api/launches', input) });
}

const appsKey = ['apps'];

export function useApps() {
  return useQuery({ queryKey: appsKey, queryFn: ({ signal }) => call<typeof contracts.listApps>('GET', '/api/apps', {}, signal) });
}

function useChange<Input, Output>(change: (input: Input) => Promise<Output>) {
  const queries = useQueryClient();
  const confirmed = useConfirmed();
  return useMutation({ mutationFn: (input: Input) => confirmed(() => change(input)), onSuccess: () => queries.invalidateQueries({ queryKey: appsKey }) });
}

/** Adds an app, or changes the one that is named. */
export function useSaveApp() {
  return useChange(({ appId, form }: { appId: string | undefined; form: AppForm }) =>
    (appId === undefined ? call<typeof contracts.registerApp>('POST', '/api/apps', form) : call<typeof contracts.changeApp>('PUT', '/api/apps/:appId', { appId, ...form })));
}

export function useSwitchApp() {
  return useChange((input: { appId: string; disabled: boolean }) => call<typeof contracts.switchApp>('PUT', '/api/apps/:appId/disabled', input));
}

export function useRenewSecret() {
  return useChange((appId: string) => call<typeof contracts.renewAppSecret>('POST', '/api/apps/:appId/secret', { appId }));
}

export function useInviteApp() {
  const confirmed = useConfirmed();
  return useMutation({ mutationFn: () => confirmed(() => call<typeof contracts.inviteApp>('POST', '/api/app-invitations', { hours: 24 })) });
}
