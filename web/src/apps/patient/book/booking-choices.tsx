// What has been chosen so far. It lives above the pages, so that going back loses nothing.
import type * as contracts from '@sen/contracts';
import type { AppointmentView, BookingHold, BookingStart } from '@sen/contracts';
import { useMutation } from '@tanstack/react-query';
import { createContext, use, useMemo, useState, type ReactNode } from 'react';
import { call } from '../../../lib/api.ts';
import { useFamily } from '../family.tsx';

export interface Choices {
  readonly patientId?: string | undefined;
  readonly specialty?: { readonly id: string; readonly name: string } | undefined;
  /** `any`: whoever is free first. */
  readonly doctor?: { readonly id: string; readonly name: string } | 'any' | undefined;
  readonly day?: string | undefined;
  readonly hold?: BookingHold | undefined;
  /** The appointment that is moved, when it is not a new one. */
  readonly moving?: AppointmentView | undefined;
}

interface Booking {
  readonly choices: Choices;
  choose(more: Choices): void;
  /** Begins anew with a seat that is already held. */
  take(patientId: string, hold: BookingHold): void;
  /** Begins anew for another time of an appointment. */
  move(appointment: AppointmentView): void;
  clear(): void;
}

const BookingContext = createContext<Booking | undefined>(undefined);

export function BookingProvider({ children }: { children: ReactNode }) {
  const [choices, setChoices] = useState<Choices>({});
  const booking = useMemo<Booking>(() => ({
    choices,
    choose: (more) => setChoices((before) => ({ ...before, ...more })),
    take: (patientId, hold) => setChoices({ patientId, hold, specialty: hold.specialty, doctor: hold.doctor ?? 'any' }),
    move: (appointment) => setChoices({ patientId: appointment.patientId, specialty: appointment.specialty, doctor: appointment.doctor ?? 'any', moving: appointment }),
    clear: () => setChoices({}),
  }), [choices]);
  return <BookingContext value={booking}>{children}</BookingContext>;
}

export function useBooking(): Booking {
  const booking = use(BookingContext);
  if (booking === undefined) throw new Error('outside of BookingProvider');
  return booking;
}

/** The person for whom is booked: the one chosen here, else the one looked at. */
export function useBookedPerson() {
  const { day, person } = useFamily();
  const { choices } = useBooking();
  return day.people.find(({ patientId }) => patientId === choices.patientId) ?? person;
}

/** Keeps a seat; the one kept before is given back in the same step. */
export function useHold(held: (hold: BookingHold) => void) {
  const { choices, choose } = useBooking();
  return useMutation({
    mutationFn: ({ session, start }: BookingStart) => call<typeof contracts.holdSeat>('POST', '/api/booking/holds', {
      session, start,
      ...(choices.moving !== undefined && { visitType: choices.moving.visitType.id }),
      ...(choices.hold !== undefined && Date.parse(choices.hold.until) > Date.now() && { instead: choices.hold.holdToken }),
    }),
    onSuccess: (hold) => {
      choose({ hold });
      held(hold);
    },
  });
}
