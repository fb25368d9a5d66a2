// Step 4: look once more, then book. The seat is kept until the clock over the button runs out.
import type * as contracts from '@sen/contracts';
import type { BookingHold } from '@sen/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Icon } from '../../../kit/icons.tsx';
import { call } from '../../../lib/api.ts';
import { formatAge } from '../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { dayOf, sayDay, timeOf } from '../days.ts';
import { Refused } from '../Frame.tsx';
import { forgetDay } from '../my-day.ts';
import { To, usePlace } from '../place.tsx';
import { strings } from '../strings.ts';
import { useBookedPerson, useBooking } from './booking-choices.tsx';
import { BookingFrame } from './BookingFrame.tsx';

export function CheckStep({ hold }: { hold: BookingHold }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const { choices: { moving } } = useBooking();
  const [reason, setReason] = useState('');
  const seconds = useSecondsUntil(hold.until);
  const isMove = moving !== undefined;
  return (
    <BookingFrame step={4} title={isMove ? words.reviewMove : words.review} bar={<Finish hold={hold} reason={reason} seconds={seconds} />}>
      <section className="card">
        <div className="line"><b>{sayDay(dayOf(hold.start), language)}</b><To path="/book/time" label={words.changeDay}>{words.change}</To></div>
        <div className="clocks">
          <p className="arrive">{words.arriveHospital}<b>{timeOf(hold.arriveAt)}</b></p>
          <p>{hold.doctor === undefined ? words.seenAt : words.meetAt}<b>{timeOf(hold.start)}</b></p>
        </div>
        <p className="line small">{words.earlyWhy(Math.round((Date.parse(hold.start) - Date.parse(hold.arriveAt)) / 60_000))}</p>
      </section>
      <Who hold={hold} isMove={isMove} />
      {hold.bring.length > 0 && <><h2 className="sec">{words.bring}</h2><ul className="card bring">{hold.bring.map((thing) => <li key={thing}><Icon name="check" size={22} />{thing}</li>)}</ul></>}
      {!isMove && <label className="field"><b>{words.reason}</b><span>{words.reasonHint}</span><textarea rows={2} maxLength={500} value={reason} onChange={(event) => setReason(event.currentTarget.value)} /></label>}
    </BookingFrame>
  );
}

function Who({ hold, isMove }: { hold: BookingHold; isMove: boolean }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const person = useBookedPerson();
  return (
    <section className="card">
      {person !== undefined && <div className="line"><Icon name="person" size={24} /><span><b>{person.name}</b>{person.age !== undefined && <small>{formatAge(person.age, language)}</small>}</span>{!isMove && <To path="/book" label={words.changePerson}>{words.change}</To>}</div>}
      <div className="line"><Icon name="stethoscope" size={24} /><span><b>{hold.doctor?.name ?? hold.specialty.name}</b><small>{[hold.doctor === undefined ? undefined : hold.specialty.name, hold.visitType.name].filter((one) => one !== undefined).join(', ')}</small></span>{!isMove && <To path="/book/doctor" label={words.changeDoctor}>{words.change}</To>}</div>
      <div className="line"><Icon name="pin" size={24} /><span><b>{hold.room.name}</b></span></div>
    </section>
  );
}

function Finish({ hold, reason, seconds }: { hold: BookingHold; reason: string; seconds: number }) {
  const words = useStrings(strings);
  const { choices, choose, clear } = useBooking();
  const person = useBookedPerson();
  const { go } = usePlace();
  const queries = useQueryClient();
  const { moving } = choices;
  const book = useMutation({
    mutationFn: () => moving === undefined
      ? call<typeof contracts.bookAppointment>('POST', '/api/booking/appointments', { holdToken: hold.holdToken, ...(person !== undefined && { patientId: person.patientId }), ...(reason.trim() !== '' && { reason: reason.trim() }) })
      : call<typeof contracts.moveAppointment>('POST', '/api/appointments/:appointmentId/move', { appointmentId: moving.id, holdToken: hold.holdToken }),
    onSuccess: async (appointment) => {
      await forgetDay(queries);
      go(`/appointments/${appointment.id}`, 'replace');
      clear();
    },
  });
  if (seconds <= 0 && !book.isPending && !book.isSuccess) {
    return <><p className="ended" role="alert"><Icon name="clock" size={22} />{words.holdEnded}</p><button type="button" className="primary" onClick={() => { choose({ hold: undefined }); go('/book/time', 'replace'); }}>{words.chooseAgain}</button></>;
  }
  return (
    <>
      <Refused error={book.error} />
      <p className="held" role="timer"><Icon name="clock" size={22} />{words.holding(Math.floor(seconds / 60), seconds % 60)}</p>
      <button type="button" className="primary" disabled={book.isPending || book.isSuccess} onClick={() => book.mutate()}>{moving === undefined ? words.book : words.moveHere}</button>
    </>
  );
}

function useSecondsUntil(until: string): number {
  const left = () => Math.max(0, Math.round((Date.parse(until) - Date.now()) / 1000));
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    const timer = setInterval(() => setSeconds(left()), 1000);
    return () => clearInterval(timer);
  });
  return seconds;
}
