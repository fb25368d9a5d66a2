import type * as contracts from '@sen/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call } from '../../lib/api.ts';

/** Finds people as one types; the answer to an older question is dropped and its request cancelled. */
export function useFindPatients(typed: string) {
  const find = typed.trim();
  return useQuery({
    queryKey: ['find-patients', find],
    queryFn: ({ signal }) => call<typeof contracts.findPatients>('GET', '/api/patients', { find }, signal),
    enabled: find !== '',
    placeholderData: keepPreviousData,
    staleTime: 15_000,
  });
}
