// Numbers that kiosks gave for the desk, followed live; each is called by one desk.
import type * as contracts from '@sen/contracts';
import type { ResponseOf } from '@sen/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api.ts';
import { useLive } from '../../../lib/live.ts';

const key = ['desk-numbers'];

export type DeskNumber = ResponseOf<typeof contracts.listDeskNumbers>['numbers'][number];

export function useDeskNumbers() {
  const queries = useQueryClient();
  const asked = useQuery({ queryKey: key, queryFn: ({ signal }) => call<typeof contracts.listDeskNumbers>('GET', '/api/kiosk/desk-numbers', {}, signal), refetchInterval: 60_000 });
  const facility = asked.data?.facility ?? '';
  useLive(facility === '' ? [] : [`desk/${facility}`], () => void queries.invalidateQueries({ queryKey: key }));
  return asked.data?.numbers ?? [];
}

/** Calls a number; when another desk was faster, the list says so by being fetched again. */
export function useCallNumber() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (one: DeskNumber) => {
      await call<typeof contracts.serveDeskNumber>('POST', '/api/kiosk/desk-numbers/:id/serve', { id: one.id });
      return one;
    },
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  });
}
