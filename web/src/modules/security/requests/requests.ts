// Requests of data subjects, asked of the server.
import type * as contracts from '@sen/contracts';
import type { BodyOf, RequestKind } from '@sen/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ApiError, call } from '../../../lib/api.ts';

export function useOwnRequests() {
  return useQuery({ queryKey: ['requests', 'own'], queryFn: ({ signal }) => call<typeof contracts.listOwnRequests>('GET', '/api/my/requests', {}, signal) });
}

export function useMakeRequest() {
  return useChange((input: { patientId: string; kind: RequestKind; details: string }) => call<typeof contracts.makeOwnRequest>('POST', '/api/my/requests', input));
}

export function useCancelRequest() {
  return useChange((requestId: string) => call<typeof contracts.cancelOwnRequest>('DELETE', '/api/my/requests/:requestId', { requestId }));
}

/** Fetches a granted copy and hands it to the browser to keep. */
export function useFetchCopy(own: boolean) {
  return useChange(async ({ id, number }: { id: string; number: string }) => {
    const response = await fetch(`/api/${own ? 'my/' : ''}requests/${id}/copy`, { method: 'POST', credentials: 'same-origin' });
    if (!response.ok) {
      const told = (await response.json().catch(() => ({}))) as { code?: string; message?: { vi: string; en: string } };
      throw new ApiError(response.status, told.code ?? '', told.message ?? { vi: 'Chưa tải được.', en: 'It could not be fetched.' });
    }
    const address = URL.createObjectURL(await response.blob());
    const link = Object.assign(document.createElement('a'), { href: address, download: `ho-so-${number}.zip` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  });
}

export function useRequests(state: 'open' | 'closed') {
  return useQuery({ queryKey: ['requests', state], queryFn: ({ signal }) => call<typeof contracts.listRequests>('GET', '/api/requests', { state }, signal) });
}

export function useRequest(requestId: string) {
  return useQuery({ queryKey: ['requests', 'one', requestId], queryFn: ({ signal }) => call<typeof contracts.readRequest>('GET', '/api/requests/:requestId', { requestId }, signal) });
}

export function useReceiveRequest() {
  return useChange((input: BodyOf<typeof contracts.receiveRequest>) => call<typeof contracts.receiveRequest>('POST', '/api/requests', input));
}

export function useChangeRequest() {
  return useChange((input: { requestId: string } & BodyOf<typeof contracts.changeRequest>) => call<typeof contracts.changeRequest>('POST', '/api/requests/:requestId/steps', input));
}

export function useBreaches() {
  return useQuery({ queryKey: ['requests', 'breaches'], queryFn: ({ signal }) => call<typeof contracts.listBreaches>('GET', '/api/breaches', {}, signal) });
}

export function useRecordBreach() {
  return useChange((input: BodyOf<typeof contracts.recordBreach>) => call<typeof contracts.recordBreach>('POST', '/api/breaches', input));
}

export function useChangeBreach() {
  return useChange((input: { breachId: string } & BodyOf<typeof contracts.changeBreach>) => call<typeof contracts.changeBreach>('POST', '/api/breaches/:breachId', input));
}

function useChange<I, O>(change: (input: I) => Promise<O>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async () => {
      for (const key of ['requests', 'attention', 'consents']) await queries.invalidateQueries({ queryKey: [key] });
    },
  });
}
