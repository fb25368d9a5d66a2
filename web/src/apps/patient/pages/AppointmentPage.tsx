// One appointment: its code, come or not, another time, cancel.
import type * as contracts from '@sen/contracts';
import type { AppointmentView } from '@sen/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Icon } from '../../../kit/icons.tsx';
import { call } from '../../../lib/api.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { usePageTitle } from '../../../lib/page-title.ts';
import { useBooking } from '../book/booking-choices.tsx';
import { dayOf, sayDay, timeOf } from '../days.ts';
import { useFamily } from '../family.tsx';
import { CallForHelp, OfflineStrip, Refused } from '../Frame.tsx';
import { FloorPicture } from '../home/FloorPicture.tsx';
import { CodePart } from '../home/Pass.tsx';
import { forgetDay } from '../my-day.ts';
import { usePlace } from '../place.tsx';
import { strings } from '../strings.ts';

export function AppointmentPage({ appointment }: { appointment: AppointmentView }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const { day } = useFamily();
  const { go } = usePlace();
  const isBooked = appointment.state === 'booked';
  usePageTitle(words.appointment);
  return (
    <div className="booking">
      <header className="book-top"><div><button type="button" className="back" onClick={() => go('/')}><Icon name="back" size={24} />{words.toToday}</button><CallForHelp /></div></header>
      <OfflineStrip />
      <main>
        <h1>{words.states[appointment.state]}</h1>
        <p className="lead">{appointment.patientName}</p>
        <section className="card">
          <div className="line"><b>{sayDay(dayOf(appointment.start), language)}</b></div>
          <div className="clocks"><p className="arrive">{words.arriveHospital}<b>{timeOf(appointment.arriveAt)}</b></p><p>{appointment.doctor === undefined ? words.seenAt : words.meetAt}<b>{timeOf(appointment.start)}</b></p></div>
          <div className="line"><Icon name="stethoscope" size={24} /><span><b>{appointment.doctor?.name ?? appointment.specialty.name}</b><small>{[appointment.specialty.name, appointment.visitType.name].join(', ')}</small></span></div>
          <div className="line"><Icon name="pin" size={24} /><span><b>{appointment.room.name}</b>{appointment.way !== undefined && <small>{appointment.way}</small>}</span></div>
          <FloorPicture room={appointment.room.name.replace(/^\D+/, '') || appointment.room.name} way={appointment.way} />
        </section>
        {isBooked && <section className="card"><CodePart qr={appointment.qr} title={words.showAtDoor} line={<>{words.code} <b>{appointment.code}</b></>} kept={day.kept === true} /></section>}
        {appointment.bring.length > 0 && isBooked && <><h2 className="sec">{words.bring}</h2><ul className="card bring">{appointment.bring.map((thing) => <li key={thing}><Icon name="check" size={22} />{thing}</li>)}</ul></>}
        {isBooked && day.kept !== true && <Acts appointment={appointment} />}
      </main>
    </div>
  );
}

function Acts({ appointment }: { appointment: AppointmentView }) {
  const words = useStrings(strings);
  const { go } = usePlace();
  const { move } = useBooking();
  const queries = useQueryClient();
  const [isSure, setSure] = useState(false);
  const confirm = useMutation({ mutationFn: () => call<typeof contracts.confirmAppointment>('POST', '/api/appointments/:appointmentId/confirm', { appointmentId: appointment.id }), onSuccess: () => forgetDay(queries) });
  const cancel = useMutation({ mutationFn: () => call<typeof contracts.cancelAppointment>('POST', '/api/appointments/:appointmentId/cancel', { appointmentId: appointment.id, reason: 'patient' }), onSuccess: () => forgetDay(queries) });
  const other = () => {
    move(appointment);
    go('/book/time');
  };
  return (
    <div className="acts">
      <Refused error={confirm.error ?? cancel.error} />
      {appointment.confirmed ? <p className="yes" role="status"><Icon name="check" size={24} />{words.confirmed}</p> : <button type="button" className="primary" disabled={confirm.isPending} onClick={() => confirm.mutate()}>{words.willCome}</button>}
      {appointment.canMove && <button type="button" className="secondary" onClick={other}>{words.otherTime}</button>}
      {appointment.canCancel && !isSure && <button type="button" className="quiet" onClick={() => setSure(true)}>{words.cancel}</button>}
      {isSure && (
        <div className="card sure" role="group" aria-label={words.cancelSure}>
          <p><b>{words.cancelSure}</b></p><p>{words.cancelLead}</p>
          <button type="button" className="danger-button" disabled={cancel.isPending} onClick={() => cancel.mutate()}>{words.cancelYes}</button>
          <button type="button" className="secondary" onClick={() => setSure(false)}>{words.cancelNo}</button>
        </div>
      )}
    </div>
  );
}
