// What the desk asks about the person who stands before it.
import type * as contracts from '@sen/contracts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { call } from '../../../../lib/api.ts';

/** What a reader read, or a hand has typed: a typed number is no card that was seen. */
export interface Read { readonly text: string; readonly typed?: boolean }

export function useReading(done: (reading: contracts.ResponseOf<typeof contracts.readCard>, read: Read) => void) {
  return useMutation({ mutationFn: ({ text }: Read) => call<typeof contracts.readCard>('POST', '/api/card-readings', { text }), onSuccess: done });
}

export function useRegistration(patientId: string | undefined) {
  return useQuery({
    queryKey: ['registration', patientId],
    queryFn: ({ signal }) => call<typeof contracts.readRegistration>('GET', '/api/patients/:patientId/registration', { patientId: patientId ?? '' }, signal),
    enabled: patientId !== undefined, staleTime: 10_000,
  });
}

/** Who may be the same person, by what the record says. */
export function useLikely(patientId: string, draft: Partial<contracts.Registration> | undefined) {
  return useQuery({
    queryKey: ['likely', patientId, draft],
    queryFn: ({ signal }) => call<typeof contracts.findDuplicates>('POST', '/api/patients/duplicates', { draft: draft ?? {}, except: patientId }, signal),
    enabled: draft !== undefined, staleTime: 60_000,
  });
}
