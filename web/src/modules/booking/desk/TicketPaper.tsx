// What the printer at the desk prints on a roll of 80 mm; not to be seen on the screen.
import type { VisitTicket } from '@sen/contracts';
import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { dateParts, formatDate, glued } from '../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { strings } from './strings.ts';
import './ticket.css';

/** `qr` draws the code of the ticket. */
export function TicketPaper({ ticket, qr }: { ticket: VisitTicket; qr: ReactNode }) {
  const { paper } = useStrings(strings);
  const { language } = useLanguage();
  const { room, doctor, slotAt, arrivedAt, place, wait } = ticket;
  return createPortal(
    <section className="ticket-paper" aria-hidden="true">
      <p>{ticket.facilityName}</p>
      <p>{paper.number}</p>
      <strong>{ticket.ticket}</strong>
      <h2>{glued(room.name)}</h2>
      {room.way !== undefined && <p>{room.way}</p>}
      {doctor !== undefined && <p>{glued(doctor.name)}</p>}
      <p><b>{ticket.patientName}</b></p>
      {slotAt !== undefined && <p>{paper.slot} {dateParts(slotAt)?.time}</p>}
      <p>{paper.came} {dateParts(arrivedAt)?.time}, {formatDate(dayOf(arrivedAt), language)}</p>
      {place !== undefined && <p>{paper.ahead(place - 1)}</p>}
      {wait !== undefined && <p>{paper.wait(wait.from, wait.to)}</p>}
      {qr}
      <p className="small">{paper.keep}</p>
    </section>,
    document.body,
  );
}

function dayOf(instant: string): string {
  const parts = dateParts(instant);
  return parts === undefined ? instant : `${parts.year}-${parts.month}-${parts.day}`;
}
