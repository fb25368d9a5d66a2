// What the page of doubles asks of the server.
import type * as contracts from '@sen/contracts';
import type { MergeField } from '@sen/contracts';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api.ts';

const key = 'duplicates';

export function usePairs() {
  return useInfiniteQuery({
    queryKey: [key, 'pairs'],
    queryFn: ({ signal, pageParam }) => call<typeof contracts.listDuplicates>('GET', '/api/duplicates', pageParam === '' ? {} : { after: pageParam }, signal),
    initialPageParam: '', getNextPageParam: (page) => page.next,
  });
}

export function usePair(pairId: string) {
  return useQuery({ queryKey: [key, 'pair', pairId], queryFn: ({ signal }) => call<typeof contracts.readDuplicate>('GET', '/api/duplicates/:pairId', { pairId }, signal) });
}

export function useMerges() {
  return useQuery({ queryKey: [key, 'merges'], queryFn: ({ signal }) => call<typeof contracts.listMerges>('GET', '/api/merges', {}, signal) });
}

export function useDecide(done: () => void) {
  return useChange((input: { pairId: string; decision: 'different' | 'later' }) => call<typeof contracts.decideDuplicate>('POST', '/api/duplicates/:pairId/decision', input), done);
}

export function useMerge(done: (answer: { moved: number }) => void) {
  return useChange((input: { patientId: string; from: string; take: MergeField[] }) => call<typeof contracts.mergePatients>('POST', '/api/patients/:patientId/merge', input), done);
}

export function useUndo(done: (answer: { stayed: readonly unknown[] }) => void) {
  return useChange((mergeId: string) => call<typeof contracts.undoMerge>('POST', '/api/merges/:mergeId/undo', { mergeId }), done);
}

function useChange<I, A>(send: (input: I) => Promise<A>, done: (answer: A) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: async (answer) => {
      done(answer);
      await queries.invalidateQueries({ queryKey: [key] });
    },
  });
}
