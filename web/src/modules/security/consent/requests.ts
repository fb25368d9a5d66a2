// Sharing and restricting, asked of the server: one's own, or of a patient at the desk.
import type * as contracts from '@sen/contracts';
import type { ConsentCategory, RecipientKind } from '@sen/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api.ts';

export interface Given {
  readonly patientId: string;
  readonly effect: 'share' | 'restrict';
  readonly recipient: { readonly kind: RecipientKind; readonly reference: string };
  readonly category: ConsentCategory;
  readonly until?: string;
}

export function useOwnConsents() {
  return useQuery({ queryKey: ['consents', 'own'], queryFn: ({ signal }) => call<typeof contracts.listOwnConsents>('GET', '/api/my/consents', {}, signal) });
}

export function useConsents(patientId: string) {
  return useQuery({ queryKey: ['consents', patientId], queryFn: ({ signal }) => call<typeof contracts.listConsents>('GET', '/api/patients/:patientId/consents', { patientId }, signal) });
}

/** `own`: with the words of the patient's page; else of the desk. */
export function useRecipients(own: boolean, kind: RecipientKind, find: string) {
  const input = { kind, ...(find === '' ? {} : { find }) };
  return useQuery({
    queryKey: ['recipients', own, kind, find],
    queryFn: ({ signal }) => (own ? call<typeof contracts.findOwnRecipients>('GET', '/api/my/recipients', input, signal) : call<typeof contracts.findRecipients>('GET', '/api/recipients', input, signal)),
    placeholderData: (before) => before,
  });
}

export function useGiveOwnConsent() {
  return useChange((input: Given) => call<typeof contracts.giveOwnConsent>('POST', '/api/my/consents', input));
}

export function useWithdrawOwnConsent() {
  return useChange((consentId: string) => call<typeof contracts.withdrawOwnConsent>('DELETE', '/api/my/consents/:consentId', { consentId }));
}

export function useRecordConsent() {
  return useChange((input: Given & { readonly paper: string; readonly signedOn: string }) => call<typeof contracts.recordConsent>('POST', '/api/patients/:patientId/consents', input));
}

export function useWithdrawConsent() {
  return useChange((input: { patientId: string; consentId: string }) => call<typeof contracts.withdrawConsent>('DELETE', '/api/patients/:patientId/consents/:consentId', input));
}

function useChange<I, O>(change: (input: I) => Promise<O>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: () => queries.invalidateQueries({ queryKey: ['consents'] }) });
}
