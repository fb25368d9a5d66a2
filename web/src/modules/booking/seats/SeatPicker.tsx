// One slot list for every channel: specialty, doctor and kind, then days with what is left, then the times. Arrow keys and Enter do all of it.
import type { BookingStart } from '@sen/contracts';
import { useState, type KeyboardEvent } from 'react';
import { Answer, Bones, Empty } from '../../../kit/Feedback.tsx';
import { useMinute } from '../../../lib/clock.ts';
import { formatDate, formatDayMonth, glued } from '../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { isAsked, useDays, useDoctors, useSpecialties, useStarts, type SeatQuestion } from './requests.ts';
import { strings } from './strings.ts';
import { cellsOf, dayAfter, todayOf } from './times.ts';
import './seats.css';

interface Props {
  /** What is asked for at first: of the appointment to be moved, of the room of today. */
  first?: Partial<SeatQuestion>;
  pick: (start: BookingStart, question: SeatQuestion) => void;
  busy: boolean;
}

export function SeatPicker({ first = {}, pick, busy }: Props) {
  const words = useStrings(strings);
  const today = todayOf(useMinute());
  const [question, setQuestion] = useState<SeatQuestion>({ specialty: '', doctor: '', visitType: '', date: today, ...first });
  const [from, setFrom] = useState(first.date ?? today);
  const change = (part: Partial<SeatQuestion>) => setQuestion((before) => ({ ...before, ...part }));
  const turn = (days: number) => {
    const next = dayAfter(from, days);
    if (next < today) return;
    setFrom(next);
    change({ date: next });
  };
  return (
    <section className="seat-picker" aria-label={words.title} aria-busy={busy}>
      <Fields question={question} change={change} />
      {!isAsked(question) && <Empty title={words.chooseFirst} />}
      {isAsked(question) && <Days question={question} from={from} choose={(date) => change({ date })} turn={turn} />}
      {isAsked(question) && <Times question={question} pick={(start) => { if (!busy) pick(start, question); }} />}
    </section>
  );
}

function Fields({ question, change }: { question: SeatQuestion; change: (part: Partial<SeatQuestion>) => void }) {
  const words = useStrings(strings);
  const known = useSpecialties();
  const doctors = useDoctors(question.specialty).data?.doctors ?? [];
  return (
    <div className="seat-fields">
      <label>{words.specialty}
        <select value={question.specialty} onChange={(event) => change({ specialty: event.currentTarget.value, doctor: '' })} data-first><option value="">{words.anySpecialty}</option>{known.data?.specialties.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}</select></label>
      <label>{words.doctor}
        <select value={question.doctor} onChange={(event) => change({ doctor: event.currentTarget.value })}><option value="">{words.anyDoctor}</option>{doctors.map(({ id, name }) => <option key={id} value={id}>{glued(name)}</option>)}</select></label>
      <label>{words.visitType}
        <select value={question.visitType} onChange={(event) => change({ visitType: event.currentTarget.value })}><option value="">{words.anyType}</option>{known.data?.visitTypes.map(({ code, name }) => <option key={code} value={code}>{name}</option>)}</select></label>
    </div>
  );
}

function Days({ question, from, choose, turn }: { question: SeatQuestion; from: string; choose: (date: string) => void; turn: (days: number) => void }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const days = useDays(question, from);
  return (
    <div className="seat-days-line">
      <button type="button" className="btn small" onClick={() => turn(-7)} aria-label={words.earlier}>‹</button>
      <Answer asked={days} bones={<Bones rows={1} height={44} />}>{({ days: list }) => (
        <div className="seat-days" role="toolbar" aria-label={words.days} onKeyDown={roving}>
          {list.map(({ date, state, free, note }) => (
            <button key={date} type="button" className={`seat-day ${state}`} aria-pressed={date === question.date} tabIndex={date === question.date ? 0 : -1} title={note} onClick={() => choose(date)}>
              <small className="c2">{weekday(date, language)}</small><b>{formatDayMonth(date, language)}</b><small>{state === 'closed' ? words.closed : state === 'holiday' ? words.holiday : words.free(free)}</small>
            </button>
          ))}
        </div>
      )}</Answer>
      <button type="button" className="btn small" onClick={() => turn(7)} aria-label={words.laterDays}>›</button>
    </div>
  );
}

function Times({ question, pick }: { question: SeatQuestion; pick: (start: BookingStart) => void }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const starts = useStarts(question);
  return (
    <Answer asked={starts} bones={<Bones rows={5} height={30} />}>{(answer) => {
      const hours = cellsOf(answer.starts);
      const firstTime = hours[0]?.cells[0]?.time;
      if (hours.length === 0) return <Empty title={words.noStarts}>{words.noStartsHint}</Empty>;
      return (
        <div className="seat-times" role="toolbar" aria-label={words.times(formatDate(question.date, language))} onKeyDown={roving}>
          {hours.map(({ hour, cells }) => (
            <div key={hour} className="seat-hour"><span className="c3">{hour}:00</span><div>{cells.map(({ time, starts: of }) => (
              <button key={time} type="button" className="seat-time" tabIndex={time === firstTime ? 0 : -1} onClick={() => { if (of[0] !== undefined) pick(of[0]); }}>
                <b>{time}</b><small className="el">{of.length > 1 ? words.of(of.length) : glued(of[0]?.doctor?.name ?? of[0]?.room.name ?? '')}</small>
              </button>
            ))}</div></div>
          ))}
        </div>
      );
    }}</Answer>
  );
}

/** Arrow keys go from one button of the group to the next; up and down by the row on the screen. */
function roving(event: KeyboardEvent<HTMLElement>): void {
  const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button')];
  const at = buttons.findIndex((button) => button === document.activeElement);
  const here = buttons[at];
  if (here === undefined) return;
  const next = { ArrowRight: buttons[at + 1], ArrowLeft: buttons[at - 1], Home: buttons[0], End: buttons.at(-1), ArrowDown: beside(buttons, here, 1), ArrowUp: beside(buttons, here, -1) }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

function beside(buttons: readonly HTMLButtonElement[], here: HTMLButtonElement, way: 1 | -1): HTMLButtonElement | undefined {
  const place = here.getBoundingClientRect();
  const others = buttons.map((button) => ({ button, box: button.getBoundingClientRect() })).filter(({ box }) => (box.top - place.top) * way > 4);
  const nearestTop = Math.min(...others.map(({ box }) => Math.abs(box.top - place.top)));
  return others.filter(({ box }) => Math.abs(box.top - place.top) < nearestTop + 4).sort((one, other) => Math.abs(one.box.left - place.left) - Math.abs(other.box.left - place.left))[0]?.button;
}

function weekday(date: string, language: 'vi' | 'en'): string {
  const names = { vi: ['CN', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7'], en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] };
  return names[language][new Date(`${date}T00:00:00Z`).getUTCDay()] ?? '';
}
