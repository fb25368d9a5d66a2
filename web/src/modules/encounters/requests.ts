// What the chart asks of the server: each part by itself, and only when it is on the screen.
import type * as contracts from '@sen/contracts';
import type { ResultSeries } from '@sen/contracts';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api.ts';
import { useLanguage } from '../../lib/language.tsx';

export function useBanner(patientId: string) {
  const { language } = useLanguage();
  return useQuery({
    queryKey: ['banner', patientId, language],
    queryFn: ({ signal }) => call<typeof contracts.readBanner>('GET', '/api/patients/:patientId/banner', { patientId }, signal),
  });
}

export function useProblems(patientId: string, limit: number) {
  const { language } = useLanguage();
  return useQuery({
    queryKey: ['problems', patientId, language, limit],
    queryFn: ({ signal }) => call<typeof contracts.listProblems>('GET', '/api/patients/:patientId/problems', { patientId, limit }, signal),
    placeholderData: (before, query) => (query?.queryKey[1] === patientId && query.queryKey[2] === language ? before : undefined),
  });
}

export function useMedicines(patientId: string, when: 'current' | 'past', enabled = true) {
  const { language } = useLanguage();
  return useInfiniteQuery({
    queryKey: ['medicines', patientId, language, when],
    queryFn: ({ signal, pageParam }) => call<typeof contracts.listMedicines>('GET', '/api/patients/:patientId/medicines', { patientId, when, ...cursor(pageParam) }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    enabled,
  });
}

export function useLatestResults(patientId: string) {
  const { language } = useLanguage();
  return useQuery({
    queryKey: ['latest-results', patientId, language],
    queryFn: ({ signal }) => call<typeof contracts.latestResults>('GET', '/api/patients/:patientId/results/latest', { patientId }, signal),
  });
}

export function useResults(patientId: string, category: ResultSeries['category']) {
  const { language } = useLanguage();
  return useInfiniteQuery({
    queryKey: ['results', patientId, language, category],
    queryFn: ({ signal, pageParam }) => call<typeof contracts.listResults>('GET', '/api/patients/:patientId/results', { patientId, category, ...cursor(pageParam) }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
}

export function useTrend(patientId: string, key: string | undefined) {
  const { language } = useLanguage();
  return useInfiniteQuery({
    queryKey: ['trend', patientId, language, key],
    queryFn: ({ signal, pageParam }) => call<typeof contracts.readTrend>('GET', '/api/patients/:patientId/results/trend', { patientId, key: key ?? '', ...cursor(pageParam) }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    enabled: key !== undefined,
  });
}

export function useTimeline(patientId: string, limit: number) {
  const { language } = useLanguage();
  return useInfiniteQuery({
    queryKey: ['timeline', patientId, language, limit],
    queryFn: ({ signal, pageParam }) => call<typeof contracts.readTimeline>('GET', '/api/patients/:patientId/timeline', { patientId, limit, ...cursor(pageParam) }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
}

export function useDocuments(patientId: string) {
  const { language } = useLanguage();
  return useInfiniteQuery({
    queryKey: ['documents', patientId, language],
    queryFn: ({ signal, pageParam }) => call<typeof contracts.listDocuments>('GET', '/api/patients/:patientId/documents', { patientId, ...cursor(pageParam) }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
}

export function useDocument(patientId: string, documentId: string | undefined) {
  const { language } = useLanguage();
  return useQuery({
    queryKey: ['document', patientId, language, documentId],
    queryFn: ({ signal }) => call<typeof contracts.readDocument>('GET', '/api/patients/:patientId/documents/:documentId', { patientId, documentId: documentId ?? '' }, signal),
    enabled: documentId !== undefined,
    staleTime: 300_000,
  });
}

/** Verified on the server on every view; asked again when a document is opened again. */
export function useSignatures(patientId: string, documentId: string) {
  return useQuery({
    queryKey: ['signatures', patientId, documentId],
    queryFn: ({ signal }) => call<typeof contracts.verifyDocument>('GET', '/api/patients/:patientId/documents/:documentId/signatures', { patientId, documentId }, signal),
    staleTime: 0,
  });
}

export function useSign(patientId: string, documentId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (pin: string) => call<typeof contracts.signDocument>('POST', '/api/patients/:patientId/documents/:documentId/signatures', { patientId, documentId, pin }),
    onSuccess: (answer) => {
      queries.setQueryData(['signatures', patientId, documentId], answer);
      void queries.invalidateQueries({ queryKey: ['document', patientId] });
    },
  });
}

/** Counts this look once a visit to the chart: the answer is kept while the page lives. */
export function useLook(patientId: string) {
  const { language } = useLanguage();
  return useQuery({
    queryKey: ['look', patientId, language],
    queryFn: () => call<typeof contracts.lookAtChart>('POST', '/api/patients/:patientId/looks', { patientId }),
    staleTime: 600_000,
  });
}

export function useRecentCharts(enabled = true) {
  return useQuery({
    queryKey: ['recent-charts'],
    queryFn: ({ signal }) => call<typeof contracts.listRecentCharts>('GET', '/api/charts/recent', {}, signal),
    enabled,
    staleTime: 0,
  });
}

export function usePresentVisits() {
  const { language } = useLanguage();
  return useInfiniteQuery({
    queryKey: ['present-visits', language],
    queryFn: ({ signal, pageParam }) => call<typeof contracts.listPresentVisits>('GET', '/api/visits/present', cursor(pageParam), signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: 60_000,
  });
}

function cursor(pageParam: string): { cursor?: string } {
  return pageParam === '' ? {} : { cursor: pageParam };
}
