// One person at the desk: the card, then receiving by appointment or into a room, moving the appointment, the ticket.
import type { AppointmentView, BookingStart, SeatsLeft, VisitTicket } from '@sen/contracts';
import { useEffect, useState } from 'react';
import { ApiError } from '../../../../lib/api.ts';
import { useMinute } from '../../../../lib/clock.ts';
import { glued } from '../../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../../lib/language.tsx';
import { useReceive, useTicket } from '../../../../modules/booking/desk/requests.ts';
import { TicketPaper } from '../../../../modules/booking/desk/TicketPaper.tsx';
import { useHold, useMove, usePatientAppointments, type SeatQuestion } from '../../../../modules/booking/seats/requests.ts';
import { SeatPicker } from '../../../../modules/booking/seats/SeatPicker.tsx';
import { todayOf } from '../../../../modules/booking/seats/times.ts';
import { QrCode } from '../../../../modules/security/QrCode.tsx';
import { strings as listStrings } from '../../../../modules/booking/desk/strings.ts';
import { ArrivalCard, declaredReasons, type Declared } from './ArrivalCard.tsx';
import type { Pane } from './desk-state.ts';
import { useRegistration } from './requests.ts';
import { RoomChoice } from './RoomChoice.tsx';
import { strings } from './strings.ts';
import { useUnhurriedKeys } from './unhurried-keys.ts';

type WithSubject = Extract<Pane, { subject: unknown }>;
interface Props { pane: WithSubject; show: (pane: Pane) => void }

export function PersonAtDesk({ pane, show }: Props) {
  const { subject } = pane;
  const { person } = subject;
  const [declared, setDeclared] = useState<Declared>({ reasons: [], urgent: false });
  const registration = useRegistration(person.id).data?.registration;
  const { today, next } = useToday(person.id, subject.code);
  const receive = useReceive((ticket) => show({ kind: 'received', subject, ticket }));
  const visitId = pane.kind === 'received' ? pane.ticket.visitId : today?.visitId ?? subject.row?.visitId;
  const ticket = useTicket(visitId).data;
  const priority = { ...(declared.reasons.length > 0 && { priority: [...declared.reasons] }), ...(declared.urgent && { urgent: true }) };
  const toRooms = () => show({ kind: 'rooms', subject });
  const act = () => {
    if (receive.isPending || pane.kind !== 'person') return;
    if (visitId !== undefined) window.print();
    else if (today !== undefined) receive.mutate({ appointmentId: today.id, ...priority });
    else toRooms();
  };
  const intoRoom = (seat: SeatsLeft, reason: string, over: boolean) => receive.mutate({ patientId: person.id, room: seat.room.id, ...(reason !== '' && { reason }), ...(over && { over }), ...priority });
  const toMove = () => { if (today !== undefined && visitId === undefined) show({ kind: 'move', subject, appointmentId: today.id }); };
  const edit = () => show({ kind: 'register', draft: {}, patientId: person.id });
  const toggles = Object.fromEntries(declaredReasons.map((reason, at) => [String(at + 1), () => setDeclared(toggled(declared, reason))]));
  useUnhurriedKeys(pane.kind === 'person' ? { enter: act, w: toRooms, m: toMove, e: edit, u: () => setDeclared({ ...declared, urgent: !declared.urgent }), ...toggles } : {});
  useUnhurriedKeys(ticket === undefined ? {} : { p: () => window.print() });
  return (
    <div className="card arrival">
      <div className="arrival-scroll">
        {pane.kind === 'person' && <ArrivalCard subject={subject} registration={registration} appointment={today} next={next} declared={declared} declare={setDeclared} edit={edit} />}
        {pane.kind === 'rooms' && <RoomChoice take={intoRoom} busy={receive.isPending} back={() => show({ kind: 'person', subject })} />}
        {pane.kind === 'move' && <MoveTo appointment={today} name={person.name} done={() => show({ kind: 'person', subject })} />}
        {pane.kind === 'received' && <Received pane={pane} ticket={ticket} />}
        <Refused error={receive.error} />
      </div>
      {pane.kind === 'person' && <Acts received={visitId !== undefined} booked={today !== undefined} act={act} toMove={toMove} other={() => show({ kind: 'idle' })} busy={receive.isPending} />}
      {ticket !== undefined && <Paper ticket={ticket} />}
    </div>
  );
}

function toggled(declared: Declared, reason: (typeof declaredReasons)[number]): Declared {
  return { ...declared, reasons: declared.reasons.includes(reason) ? declared.reasons.filter((one) => one !== reason) : [...declared.reasons, reason] };
}

/** The appointment of today, of several the one whose code was scanned; else the next one. */
function useToday(patientId: string, code?: string): { today: AppointmentView | undefined; next: AppointmentView | undefined } {
  const day = todayOf(useMinute());
  const answer = usePatientAppointments(patientId).data;
  const all = [...(answer?.coming ?? []), ...(answer?.past ?? [])].filter(({ state }) => state === 'booked' || state === 'arrived' || state === 'no-show');
  const ofToday = all.filter(({ start }) => todayOf(Date.parse(start)) === day);
  const today = ofToday.find(({ qr }) => code !== undefined && qr.endsWith(code)) ?? ofToday[0];
  return { today, next: answer?.coming[0] };
}

function Acts({ received, booked, act, toMove, other, busy }: { received: boolean; booked: boolean; act: () => void; toMove: () => void; other: () => void; busy: boolean }) {
  const words = useStrings(strings);
  return (
    <div className="arrival-acts">
      {booked && !received && <button type="button" className="btn" onClick={toMove}>{words.move}<kbd>M</kbd></button>}
      <button type="button" className="btn" onClick={other}>{words.other}<kbd>Esc</kbd></button>
      <button type="button" className="btn primary" onClick={act} disabled={busy}>{received ? words.reprint : booked ? words.act : words.toRoom}<kbd>↵</kbd></button>
    </div>
  );
}

function Refused({ error }: { error: Error | null }) {
  const { language } = useLanguage();
  return error instanceof ApiError ? <p className="field-error arrival-part" role="alert">{error.text[language]}</p> : null;
}

function Received({ pane: { ticket, subject }, ticket: printed }: { pane: Extract<Pane, { kind: 'received' }>; ticket: VisitTicket | undefined }) {
  const words = useStrings(strings);
  const ready = printed?.visitId === ticket.visitId;
  useEffect(() => {
    if (ready) window.print();
  }, [ready]);
  return (
    <section className="arrival-done" role="status">
      <h2>{ticket.already ? words.alreadyTitle(ticket.ticket) : words.receivedTitle(ticket.ticket)}</h2>
      <strong>{ticket.ticket}</strong>
      <p><b>{subject.person.name}</b></p>
      <p>{[glued(ticket.room.name), ticket.way, ticket.doctor?.name].filter(Boolean).join(', ')}</p>
      <p className="c2">{[ticket.ahead === undefined ? undefined : words.aheadOf(ticket.ahead), ticket.waitFromMinutes === undefined ? undefined : words.waitRange(ticket.waitFromMinutes, ticket.waitToMinutes ?? ticket.waitFromMinutes)].filter(Boolean).join(', ')}</p>
      <p className="c2">{words.next}</p>
    </section>
  );
}

function Paper({ ticket }: { ticket: VisitTicket }) {
  const { paper } = useStrings(listStrings);
  return <TicketPaper ticket={ticket} qr={<QrCode text={ticket.code} label={paper.code} />} />;
}

function MoveTo({ appointment, name, done }: { appointment: AppointmentView | undefined; name: string; done: () => void }) {
  const words = useStrings(strings);
  const hold = useHold();
  const move = useMove();
  if (appointment === undefined) return null;
  const take = async (start: BookingStart, { visitType }: SeatQuestion) => {
    const { holdToken } = await hold.mutateAsync({ session: start.session, start: start.start, channel: 'desk', ...(visitType !== '' && { visitType }) });
    await move.mutateAsync({ appointmentId: appointment.id, holdToken });
    done();
  };
  return (
    <div className="arrival-part">
      <div className="pane-head"><h2>{words.moveTitle(name)}</h2><button type="button" className="btn small" onClick={done}>{words.back}</button></div>
      <SeatPicker first={{ specialty: appointment.specialty.id, doctor: appointment.doctor?.id ?? '', visitType: appointment.visitType.id }} pick={(start, question) => void take(start, question).catch(() => undefined)} busy={hold.isPending || move.isPending} />
      <Refused error={hold.error ?? move.error} />
    </div>
  );
}
