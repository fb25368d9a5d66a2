import type * as contracts from '@sen/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api.ts';
import { useConfirmed } from '../confirm.tsx';

/** The policy in force, or another version of it. */
export function usePolicy(version: number | undefined) {
  return useQuery({
    queryKey: ['policy', version],
    queryFn: ({ signal }) => call<typeof contracts.readPolicy>('GET', '/api/policy', version === undefined ? {} : { version }, signal),
  });
}

/** Adds a version; asks who one is, when that is too long ago. */
export function useChangePolicy() {
  const queries = useQueryClient();
  const confirmed = useConfirmed();
  return useMutation({
    mutationFn: (change: { document: unknown; basedOn: number; reason: string; effectiveFrom?: string }) =>
      confirmed(() => call<typeof contracts.changePolicy>('POST', '/api/policy', change)),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['policy'] }),
  });
}
