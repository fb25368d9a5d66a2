// What the caller has with us: coming appointments to move, cancel or confirm, and what they wait for.
import type { AppointmentView } from '@sen/contracts';
import { useState } from 'react';
import { Answer, Bones } from '../../../../kit/Feedback.tsx';
import { formatDateTime, formatDayMonth, glued } from '../../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../../lib/language.tsx';
import { useLeaveWaiting, useWaitingEntries } from '../../../../modules/booking/operator/requests.ts';
import { useCancel, useConfirmComing, usePatientAppointments } from '../../../../modules/booking/seats/requests.ts';
import { strings } from './strings.ts';

export function CallerRecord({ patientId, move }: { patientId: string; move: (appointment: AppointmentView) => void }) {
  const words = useStrings(strings);
  const appointments = usePatientAppointments(patientId);
  return (
    <section className="op-part" aria-label={words.appointments}>
      <h2>{words.appointments}</h2>
      <Answer asked={appointments} bones={<Bones rows={3} />}>{({ coming }) => (
        <>{coming.length === 0 && <p className="c2">{words.none}</p>}<ul>{coming.map((one) => <Coming key={one.id} one={one} move={() => move(one)} />)}</ul></>
      )}</Answer>
      <Waiting patientId={patientId} />
    </section>
  );
}

function Coming({ one, move }: { one: AppointmentView; move: () => void }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const [asking, setAsking] = useState(false);
  const cancel = useCancel();
  const confirm = useConfirmComing();
  return (
    <li className="op-call">
      <div><b>{formatDateTime(one.start, language)}</b> {one.confirmed && <span className="pill ok">{words.confirmed}</span>}
        <small className="c2">{[one.specialty.name, one.doctor?.name, one.room.name].filter(Boolean).map((text) => glued(text ?? '')).join(', ')} · {words.code} {one.code}</small></div>
      {!one.confirmed && <button type="button" className="btn small" onClick={() => confirm.mutate(one.id)}>{words.confirm}</button>}
      {one.canMove && <button type="button" className="btn small" onClick={move}>{words.move}</button>}
      {one.canCancel && <button type="button" className="btn small" onClick={() => { if (asking) cancel.mutate(one.id); setAsking(!asking); }}>{asking ? words.sure : words.cancel}</button>}
    </li>
  );
}

function Waiting({ patientId }: { patientId: string }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const entries = (useWaitingEntries(patientId).data?.entries ?? []).filter(({ state }) => state === 'waiting' || state === 'offered');
  const leave = useLeaveWaiting();
  if (entries.length === 0) return null;
  return (
    <>
      <h3>{words.waiting}</h3>
      <ul>{entries.map((entry) => <li key={entry.id} className="op-call"><div><b>{entry.doctor?.name ?? entry.specialty?.name}</b> <small className="c2">{formatDayMonth(entry.from, language)} {words.until(formatDayMonth(entry.until, language))}</small></div><button type="button" className="btn small" onClick={() => leave.mutate(entry.id)}>{words.leave}</button></li>)}</ul>
    </>
  );
}
