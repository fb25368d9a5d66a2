// The right of the switchboard: choose a time, it is held at once; then book it, or move an appointment to it.
import type { AppointmentView, BookingHold, BookingStart, NewBookingPerson } from '@sen/contracts';
import { useState, type SyntheticEvent } from 'react';
import { ApiError } from '../../../../lib/api.ts';
import { dateParts, formatDateTime, glued } from '../../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../../lib/language.tsx';
import { useJoinWaiting } from '../../../../modules/booking/operator/requests.ts';
import { useBook, useHold, useMove, useRelease, type SeatQuestion } from '../../../../modules/booking/seats/requests.ts';
import { SeatPicker } from '../../../../modules/booking/seats/SeatPicker.tsx';
import { dayAfter } from '../../../../modules/booking/seats/times.ts';
import type { Caller } from './caller.ts';
import { strings } from './strings.ts';

interface Props { caller: Caller | undefined; moving: AppointmentView | undefined; done: () => void }

export function SeatDesk({ caller, moving, done }: Props) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const [held, setHeld] = useState<BookingHold>();
  const [question, setQuestion] = useState<SeatQuestion>();
  const hold = useHold();
  const [told, setTold] = useState<AppointmentView>();
  const pick = async (start: BookingStart, asked: SeatQuestion) => {
    setTold(undefined);
    setQuestion(asked);
    setHeld(await hold.mutateAsync({ session: start.session, start: start.start, channel: 'phone', ...(asked.visitType !== '' && { visitType: asked.visitType }), ...(held !== undefined && { instead: held.holdToken }) }));
  };
  const end = (appointment?: AppointmentView) => {
    setHeld(undefined);
    setTold(appointment);
    if (appointment !== undefined) done();
  };
  return (
    <div className="op-seats">
      {moving !== undefined && <p className="note">{words.moving(formatDateTime(moving.start, language))}</p>}
      {told !== undefined && <p className="note ok" role="status"><b>{words.booked(formatDateTime(told.start, language), told.code)}</b> {words.arrive(dateParts(told.arriveAt)?.time ?? '')}, {glued(told.room.name)}</p>}
      <Refused error={hold.error} />
      {held !== undefined && <Held held={held} caller={caller} moving={moving} end={end} />}
      <SeatPicker key={moving?.id} {...(moving !== undefined && { first: { specialty: moving.specialty.id, doctor: moving.doctor?.id ?? '', visitType: moving.visitType.id } })} pick={(start, asked) => void pick(start, asked).catch(() => undefined)} busy={hold.isPending} />
      {caller?.id !== undefined && question !== undefined && held === undefined && <Join patientId={caller.id} question={question} />}
    </div>
  );
}

function Refused({ error }: { error: Error | null }) {
  const { language } = useLanguage();
  return error instanceof ApiError ? <p className="field-error" role="alert">{error.text[language]}</p> : null;
}

function Held({ held, caller, moving, end }: { held: BookingHold; caller: Caller | undefined; moving: AppointmentView | undefined; end: (appointment?: AppointmentView) => void }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const [form, setForm] = useState({ name: caller?.name ?? '', birthDate: '', phone: caller?.phone ?? '', reason: '', contact: '' });
  const book = useBook();
  const move = useMove();
  const release = useRelease();
  const known = caller?.id !== undefined;
  const field = (name: keyof typeof form, needed = false) => <label>{words[name]}<input value={form[name]} required={needed} autoComplete="off" maxLength={200} {...(name === 'birthDate' && { placeholder: '14/03/1968', pattern: '\\d{4}|\\d{1,2}/\\d{4}|\\d{1,2}/\\d{1,2}/\\d{4}' })} onChange={(event) => setForm({ ...form, [name]: event.currentTarget.value })} /></label>;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (moving !== undefined) return move.mutate({ appointmentId: moving.id, holdToken: held.holdToken }, { onSuccess: end });
    const person: NewBookingPerson = { name: form.name.trim(), birthDate: form.birthDate.split('/').reverse().map((part) => part.padStart(2, '0')).join('-'), phone: form.phone };
    return book.mutate({ holdToken: held.holdToken, ...(caller?.id === undefined ? { person } : { patientId: caller.id }), ...(form.reason !== '' && { reason: form.reason }), ...(form.contact !== '' && { contactPhone: form.contact }) }, { onSuccess: end });
  };
  return (
    <form className="desk-form op-held" aria-label={words.book} onSubmit={submit}>
      <p><b>{formatDateTime(held.start, language)}</b>, {[held.specialty.name, held.doctor?.name, held.room.name].filter(Boolean).map((text) => glued(text ?? '')).join(', ')}<small className="c2">{words.held(dateParts(held.start)?.time ?? '', dateParts(held.until)?.time ?? '')}</small></p>
      {moving === undefined && <div className="seat-fields">{!known && <>{field('name', true)}{field('birthDate', true)}{field('phone', true)}</>}{field('reason')}{known && field('contact')}</div>}
      <Refused error={book.error ?? move.error} />
      <div className="actions"><button type="submit" className="btn primary" autoFocus disabled={book.isPending || move.isPending}>{moving === undefined ? words.book : words.moveHere}<kbd>↵</kbd></button><button type="button" className="btn" onClick={() => release.mutate(held.holdToken, { onSettled: () => end() })}>{words.giveBack}</button></div>
    </form>
  );
}

const waitDays = 14;

function Join({ patientId, question }: { patientId: string; question: SeatQuestion }) {
  const words = useStrings(strings);
  const join = useJoinWaiting();
  const { specialty, doctor, visitType, date } = question;
  return <button type="button" className="btn" disabled={join.isPending || join.isSuccess} onClick={() => join.mutate({ patientId, from: date, until: dayAfter(date, waitDays), ...(specialty !== '' && { specialty }), ...(doctor !== '' && { doctor }), ...(visitType !== '' && { visitType }) })}>{words.join}</button>;
}
