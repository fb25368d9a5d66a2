// Everybody of the day, followed live.
import type * as contracts from '@sen/contracts';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { call } from '../../../lib/api.ts';
import { useLive } from '../../../lib/live.ts';
import { deskDayKey } from './requests.ts';

/** The server keeps a reading of the day for a second: what changed within it is seen by asking once more. */
const readingKeptMs = 1_500;

export type DeskCounts = contracts.ResponseOf<typeof contracts.readDeskDay>['counts'];

/** The people of a part of the day, or, whatever the part, those whom `find` finds. */
export function useDeskDay(group: contracts.DeskGroup, find: string) {
  const queries = useQueryClient();
  const later = useRef<ReturnType<typeof setTimeout>>(undefined);
  const asked = useQuery({
    queryKey: [deskDayKey, group, find],
    queryFn: ({ signal }) => call<typeof contracts.readDeskDay>('GET', '/api/desk/day', { group, ...(find !== '' && { find }) }, signal),
    placeholderData: keepPreviousData, staleTime: 2_000,
  });
  const facility = asked.data?.facility;
  const live = useLive(facility === undefined || facility === '' ? [] : [`desk/${facility}`], () => {
    const again = () => void queries.invalidateQueries({ queryKey: [deskDayKey] });
    again();
    clearTimeout(later.current);
    later.current = setTimeout(again, readingKeptMs);
  });
  useEffect(() => () => clearTimeout(later.current), []);
  return { asked, live };
}
