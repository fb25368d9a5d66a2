import type * as contracts from '@sen/contracts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { call } from '../../../lib/api.ts';

export type Filters = Readonly<Partial<Record<'from' | 'to' | 'who' | 'patient' | 'action' | 'outcome' | 'door' | 'address' | 'request', string>>>;
type Question = Parameters<typeof call<typeof contracts.searchAudit>>[2];

export function useAudit(filters: Filters) {
  return useInfiniteQuery({
    queryKey: ['audit', filters],
    queryFn: ({ signal, pageParam }) => call<typeof contracts.searchAudit>('GET', '/api/audit', { ...(filters as Question), count: 100, ...(pageParam === '' ? {} : { page: pageParam }) }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
}

export function useVolume(filters: Filters, per: 'hour' | 'day') {
  return useQuery({
    queryKey: ['audit-volume', filters, per],
    queryFn: ({ signal }) => call<typeof contracts.countAudit>('GET', '/api/audit/volume', { ...(filters as Question), per }, signal),
  });
}

export function useUnusual(days: number) {
  return useQuery({ queryKey: ['audit-unusual', days], queryFn: ({ signal }) => call<typeof contracts.findUnusualAccess>('GET', '/api/audit/unusual', { days }, signal) });
}

export function useOwnAccess(patient: string | undefined, only: 'others' | 'emergency' | 'changes' | undefined) {
  return useInfiniteQuery({
    queryKey: ['own-access', patient, only],
    queryFn: ({ signal, pageParam }) =>
      call<typeof contracts.listOwnAccess>('GET', '/api/my/access-log', { ...(patient === undefined ? {} : { patient }), ...(only === undefined ? {} : { only }), ...(pageParam === '' ? {} : { page: pageParam }) }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
}
