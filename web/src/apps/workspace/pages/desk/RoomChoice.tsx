// Who comes without appointment: rooms with seats left, most first; a digit or Enter takes one.
import type { SeatsLeft } from '@sen/contracts';
import { useState } from 'react';
import { Answer, Bones, Empty } from '../../../../kit/Feedback.tsx';
import { dateParts, glued } from '../../../../lib/format.ts';
import { useStrings } from '../../../../lib/language.tsx';
import { plain } from '../../../../lib/plain.ts';
import { useSeatsLeft } from '../../../../modules/booking/desk/requests.ts';
import { strings } from './strings.ts';

export function RoomChoice({ take, busy, back }: { take: (seat: SeatsLeft, reason: string, over: boolean) => void; busy: boolean; back: () => void }) {
  const words = useStrings(strings);
  const asked = useSeatsLeft(true);
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const [over, setOver] = useState(false);
  const question = plain(typed.trim());
  const matching = (rooms: readonly SeatsLeft[]) => rooms.filter((seat) => (over || seat.seatsLeft > 0) && plain(`${seat.specialty.name} ${seat.room.name} ${seat.doctor?.name ?? ''}`).includes(question));
  return (
    <form className="desk-form room-choice" aria-label={words.rooms} onSubmit={(event) => { event.preventDefault(); const first = matching(asked.data?.rooms ?? [])[0]; if (first !== undefined && !busy) take(first, reason, over); }}>
      <div className="pane-head"><h2>{words.rooms}</h2><button type="button" className="btn small" onClick={back}>{words.back}<kbd>Esc</kbd></button></div>
      <div className="seat-fields"><label>{words.roomFilter}<input type="search" value={typed} onChange={(event) => setTyped(event.currentTarget.value)} autoFocus autoComplete="off" onKeyDown={(event) => { if (event.key === 'Escape') back(); }} /></label><label>{words.reason}<input value={reason} onChange={(event) => setReason(event.currentTarget.value)} maxLength={500} autoComplete="off" /></label></div>
      <label className="room-over"><input type="checkbox" checked={over} onChange={(event) => setOver(event.currentTarget.checked)} />{words.over}</label>
      <button type="submit" className="vh" tabIndex={-1}>{words.toRoom}</button>
      <Answer asked={asked} bones={<Bones rows={6} height={40} />}>{({ rooms }) => (matching(rooms).length === 0 ? <Empty title={words.noRooms} /> : (
        <ul className="room-list">{matching(rooms).map((seat) => (
          <li key={seat.session}><button type="button" className="room-seat" disabled={busy} onClick={() => take(seat, reason, over)}>
            <span><b>{glued(seat.room.name)}</b> {seat.specialty.name}<small className="c2">{seat.doctor?.name}</small></span>
            <span className="num"><b>{seat.seatsLeft > 0 ? words.seatsLeft(seat.seatsLeft) : words.full}</b><small className="c2">{seat.firstFree === undefined ? '' : words.from(dateParts(seat.firstFree)?.time ?? '')}</small></span>
          </button></li>
        ))}</ul>
      ))}</Answer>
    </form>
  );
}
