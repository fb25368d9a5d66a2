// Break-glass, asked of the server.
import type * as contracts from '@sen/contracts';
import type { EmergencyReason, EmergencyVerdict } from '@sen/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api.ts';

export function useStanding(patientId: string) {
  return useQuery({
    queryKey: ['standing', patientId],
    queryFn: ({ signal }) => call<typeof contracts.readStanding>('GET', '/api/patients/:patientId/standing', { patientId }, signal),
  });
}

export function useOwnEmergencies(enabled: boolean) {
  return useQuery({
    queryKey: ['emergencies', 'own'],
    queryFn: ({ signal }) => call<typeof contracts.listOwnEmergencies>('GET', '/api/emergencies/own', {}, signal),
    enabled,
    refetchInterval: 300_000,
  });
}

/** What was refused before is asked anew once the record is open, and what was shown is forgotten once it is closed. */
export function useOpenEmergency() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: { patientId: string; reason: EmergencyReason; explanation: string }) => call<typeof contracts.openEmergency>('POST', '/api/emergencies', input),
    onSuccess: () => queries.invalidateQueries(),
  });
}

export function useCloseEmergency() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ emergencyId }: { emergencyId: string; patientId: string }) => call<typeof contracts.closeEmergency>('DELETE', '/api/emergencies/:emergencyId', { emergencyId }),
    onSuccess: async (_, { patientId }) => {
      await queries.resetQueries({ predicate: ({ queryKey }) => queryKey.includes(patientId) });
      await queries.invalidateQueries();
    },
  });
}

export function useEmergencies(state: 'waiting' | 'reviewed') {
  return useQuery({
    queryKey: ['emergencies', state],
    queryFn: ({ signal }) => call<typeof contracts.listEmergencies>('GET', '/api/emergencies', { state }, signal),
  });
}

export function useReview() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: { emergencyId: string; verdict: EmergencyVerdict; note: string }) => call<typeof contracts.reviewEmergency>('POST', '/api/emergencies/:emergencyId/review', input),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['emergencies'] });
      await queries.invalidateQueries({ queryKey: ['attention'] });
    },
  });
}

/** What waits for me; empty for those who watch over nothing. */
export function useAttention() {
  return useQuery({
    queryKey: ['attention'],
    queryFn: ({ signal }) => call<typeof contracts.readAttention>('GET', '/api/attention', {}, signal),
    staleTime: 60_000,
    refetchInterval: 120_000,
  });
}
