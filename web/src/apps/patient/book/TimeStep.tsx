// Step 3: which day, which time. A tap on a time keeps the seat for some minutes and goes on.
import type * as contracts from '@sen/contracts';
import type { BookingDay, BookingStart } from '@sen/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Icon } from '../../../kit/icons.tsx';
import { call } from '../../../lib/api.ts';
import { useMinute } from '../../../lib/clock.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { addDays, dayOf, mondayOf, sayDay, timeOf } from '../days.ts';
import { Refused } from '../Frame.tsx';
import { nameInSentence } from '../people.ts';
import { To, usePlace } from '../place.tsx';
import { strings } from '../strings.ts';
import { useBookedPerson, useBooking, useHold } from './booking-choices.tsx';
import { BookingFrame } from './BookingFrame.tsx';
import { WeekStrip } from './WeekStrip.tsx';

const weekDays = 7;
const furthestDays = 28;

export function TimeStep({ specialty }: { specialty: { id: string; name: string } }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const today = dayOf(useMinute());
  const person = useBookedPerson();
  const { choices, choose } = useBooking();
  const [weekWanted, setWeek] = useState<string>();
  const where = { specialty: specialty.id, ...(choices.doctor !== undefined && choices.doctor !== 'any' && { doctor: choices.doctor.id }), ...(choices.moving !== undefined && { visitType: choices.moving.visitType.id }) };
  const first = mondayOf(today);
  const days = useQuery({
    queryKey: ['days', where, first], staleTime: 10_000,
    queryFn: ({ signal }) => call<typeof contracts.listBookingDays>('GET', '/api/booking/days', { ...where, from: today, days: furthestDays }, signal),
  });
  const day = choices.day ?? days.data?.days.find(({ free }) => free > 0)?.date;
  const week = weekWanted ?? mondayOf(day ?? today);
  const doctor = choices.doctor === undefined || choices.doctor === 'any' ? words.anyDoctor : choices.doctor.name;
  return (
    <BookingFrame step={3} title={words.whichTime} lead={person === undefined ? doctor : words.specialtyFor(doctor, nameInSentence(person, language))}>
      <Refused error={days.error} />
      <WeekStrip days={inWeek(days.data?.days ?? [], week)} week={week} today={today} chosen={day} choose={(date) => choose({ day: date })}
        {...(week > first && { before: () => setWeek(addDays(week, -weekDays)) })} {...(addDays(week, weekDays) < addDays(today, furthestDays) && { after: () => setWeek(addDays(week, weekDays)) })} />
      {days.data !== undefined && day === undefined && <p className="none">{words.allFull}</p>}
      {day !== undefined && <Starts day={day} where={where} />}
      <To path="/book/wait" className="choice alone-row">
        <i className="tile"><Icon name="bell" size={24} /></i><span>{words.noGoodTime}<b>{words.tellMe}</b></span><Icon name="right" size={22} />
      </To>
    </BookingFrame>
  );
}

function inWeek(days: readonly BookingDay[], week: string): (BookingDay | undefined)[] {
  return Array.from({ length: weekDays }, (_, index) => days.find(({ date }) => date === addDays(week, index)));
}

function Starts({ day, where }: { day: string; where: { specialty: string; doctor?: string; visitType?: string } }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const { go } = usePlace();
  const queries = useQueryClient();
  const hold = useHold(() => go('/book/check'));
  const found = useQuery({ queryKey: ['starts', where, day], staleTime: 5_000, queryFn: ({ signal }) => call<typeof contracts.listBookingStarts>('GET', '/api/booking/starts', { ...where, date: day }, signal) });
  const starts = onePerTime(found.data?.starts ?? []);
  const take = (start: BookingStart) => hold.mutate(start, { onError: () => void queries.invalidateQueries({ queryKey: ['starts'] }) });
  const halves = [['morning', starts.filter(({ start }) => timeOf(start) < '12:00')], ['afternoon', starts.filter(({ start }) => timeOf(start) >= '12:00')]] as const;
  return (
    <section aria-busy={found.isPending}>
      <h2 className="big">{sayDay(day, language, 'short')}</h2>
      <p className="lead">{words.tapToReview}</p>
      <Refused error={found.error ?? hold.error} />
      {halves.map(([half, all]) => all.length > 0 && (
        <div key={half}>
          <h3 className="beside">{words[half]}<span>{words.seats(all.filter(({ free }) => free).length)}</span></h3>
          <div className="slots">
            {all.map((one) => <button key={one.start} type="button" disabled={!one.free || hold.isPending} className={one.free ? '' : 'taken'} onClick={() => take(one)}>{timeOf(one.start)}{!one.free && <span className="vh"> {words.taken}</span>}</button>)}
          </div>
        </div>
      ))}
    </section>
  );
}

/** Several doctors may be free at one time: a free seat stands for the time. */
function onePerTime(starts: readonly BookingStart[]): BookingStart[] {
  const byTime = new Map<string, BookingStart>();
  for (const one of starts) if (one.free || !byTime.has(one.start)) if (byTime.get(one.start)?.free !== true) byTime.set(one.start, one);
  return [...byTime.values()].sort((one, other) => one.start.localeCompare(other.start));
}
