// Nothing fits: be told when a seat becomes free.
import type * as contracts from '@sen/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../lib/api.ts';
import { useMinute } from '../../../lib/clock.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { addDays, dayOf, sayDay } from '../days.ts';
import { Refused } from '../Frame.tsx';
import { forgetDay } from '../my-day.ts';
import { nameInSentence } from '../people.ts';
import { usePlace } from '../place.tsx';
import { strings } from '../strings.ts';
import { useBookedPerson, useBooking } from './booking-choices.tsx';
import { BookingFrame } from './BookingFrame.tsx';

const parts = ['any', 'morning', 'afternoon'] as const;
const spans = [3, 7, 14] as const;

export function WaitPage({ specialty }: { specialty: { id: string; name: string } }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const today = dayOf(useMinute());
  const person = useBookedPerson();
  const { choices, clear } = useBooking();
  const { go } = usePlace();
  const queries = useQueryClient();
  const [part, setPart] = useState<(typeof parts)[number]>('any');
  const [span, setSpan] = useState<number>(7);
  const until = addDays(today, span);
  const join = useMutation({
    mutationFn: (patientId: string) => call<typeof contracts.joinWaitingList>('POST', '/api/booking/waiting-list', {
      patientId, specialty: specialty.id, from: today, until, part, ...(choices.doctor !== undefined && choices.doctor !== 'any' && { doctor: choices.doctor.id }),
    }),
    onSuccess: async () => {
      await forgetDay(queries);
      clear();
      go('/', 'replace');
    },
  });
  const doctor = choices.doctor === undefined || choices.doctor === 'any' ? specialty.name : choices.doctor.name;
  const bar = <><Refused error={join.error} /><button type="button" className="primary" disabled={join.isPending || person === undefined} onClick={() => person !== undefined && join.mutate(person.patientId)}>{words.tellMe}</button></>;
  return (
    <BookingFrame step={3} title={words.waitTitle} lead={person === undefined ? doctor : words.specialtyFor(doctor, nameInSentence(person, language))} bar={bar}>
      <h2 className="big">{words.waitHowLong}</h2>
      <div className="picks">{spans.map((days) => <button key={days} type="button" aria-pressed={days === span} onClick={() => setSpan(days)}>{words.days(days)}</button>)}</div>
      <p className="lead">{words.waitingUntil(sayDay(today, language, 'short'), sayDay(until, language, 'short'))}</p>
      <h2 className="big">{words.waitPart}</h2>
      <div className="picks">{parts.map((one) => <button key={one} type="button" aria-pressed={one === part} onClick={() => setPart(one)}>{words.parts[one]}</button>)}</div>
      <p className="lead">{words.waitHow}</p>
    </BookingFrame>
  );
}
