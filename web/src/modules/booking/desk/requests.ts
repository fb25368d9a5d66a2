// What the desk asks and does.
import type * as contracts from '@sen/contracts';
import type { BodyOf } from '@sen/contracts';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api.ts';

export const deskDayKey = 'desk-day';

export function useSeatsLeft(wanted: boolean) {
  return useQuery({
    queryKey: ['desk-seats'],
    queryFn: ({ signal }) => call<typeof contracts.listSeatsLeft>('GET', '/api/desk/seats', {}, signal),
    enabled: wanted, staleTime: 5_000,
  });
}

type Arrival = BodyOf<typeof contracts.receiveArrival>;

/** Receives a person; safe to send twice. */
export function useReceive(done: (ticket: contracts.DeskTicket) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (arrival: Arrival) => call<typeof contracts.receiveArrival>('POST', '/api/desk/arrivals', arrival),
    onSuccess: (ticket) => {
      done(ticket);
      void queries.invalidateQueries({ queryKey: [deskDayKey] });
      void queries.invalidateQueries({ queryKey: ['desk-seats'] });
      void queries.invalidateQueries({ queryKey: ['patient-appointments', ticket.patientId] });
    },
  });
}

/** What the paper says, once somebody has been received. */
export function useTicket(visitId: string | undefined) {
  return useQuery({
    queryKey: ['ticket', visitId],
    queryFn: ({ signal }) => call<typeof contracts.readTicket>('GET', '/api/visits/:visitId/ticket', { visitId: visitId ?? '' }, signal),
    enabled: visitId !== undefined, staleTime: 5_000, placeholderData: keepPreviousData,
  });
}
