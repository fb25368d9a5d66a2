import type * as contracts from '@sen/contracts';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../lib/api.ts';

export function useFacility() {
  return useQuery({
    queryKey: ['facility'],
    queryFn: ({ signal }) => call<typeof contracts.readFacility>('GET', '/api/facility', {}, signal),
    staleTime: Infinity,
  });
}
