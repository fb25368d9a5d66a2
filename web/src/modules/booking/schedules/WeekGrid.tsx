// The sessions of a week, drawn: how full each is, and what it keeps for a door. Arrow keys go from session to session.
import type { SessionView } from '@sen/contracts';
import type { KeyboardEvent } from 'react';
import { Answer, Bones, Empty } from '../../../kit/Feedback.tsx';
import { Icon } from '../../../kit/icons.tsx';
import { dateParts, formatDayMonth, glued } from '../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { dayAfter } from '../seats/times.ts';
import { FillBar } from './FillBar.tsx';
import { useSessions, useTemplates } from './requests.ts';
import { SessionPanel } from './SessionPanel.tsx';
import { strings } from './strings.ts';
import { partsOf, rowsOf, weekOf, type WeekRow } from './week.ts';

interface Shown {
  readonly today: string;
  readonly date: string;
  readonly specialty: string | undefined;
  readonly session: string | undefined;
  set(change: Record<string, string>): void;
}

export function WeekGrid({ today, date, specialty, session, set }: Shown) {
  const words = useStrings(strings);
  const choices = useTemplates().data;
  const week = weekOf(date);
  // One department at a time: a large hospital has thousands of sessions in a week.
  const shown = specialty ?? choices?.templates[0]?.specialty ?? choices?.specialties[0]?.id;
  const asked = useSessions({ from: week[0]!, days: 7, ...(shown !== undefined && shown !== 'all' && { specialty: shown }) }, choices !== undefined);
  const open = asked.data?.sessions.find(({ id }) => id === session);
  return (
    <>
      <div className="week-bar">
        <select aria-label={words.specialty} value={shown ?? ''} onChange={(event) => set({ specialty: event.currentTarget.value, session: '' })}>
          {choices?.specialties.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}<option value="all">{words.allSpecialties}</option>
        </select>
        <button type="button" className="btn small" onClick={() => set({ date: dayAfter(date, -7) })}><Icon name="left" size={14} />{words.back}</button>
        <button type="button" className="btn small" disabled={week.includes(today)} onClick={() => set({ date: today })}>{words.thisWeek}</button>
        <button type="button" className="btn small" onClick={() => set({ date: dayAfter(date, 7) })}>{words.on}<Icon name="right" size={14} /></button>
        <label>{words.date} <input type="date" value={date} onChange={(event) => { if (event.currentTarget.value !== '') set({ date: event.currentTarget.value }); }} /></label>
        <Legend />
      </div>
      <div className="week-with-panel">
        <div className="schedule-scroll" role="region" aria-label={words.weekGrid} tabIndex={0}>
          <Answer asked={asked} bones={<Bones rows={10} />}>
            {({ sessions }) => (sessions.length === 0 ? <Empty title={words.noSessions}>{words.noSessionsWhy}</Empty> : <Grid rows={rowsOf(sessions, week)} week={week} today={today} chosen={session} choose={(id) => set({ session: id })} />)}
          </Answer>
        </div>
        {open !== undefined && <SessionPanel session={open} visitTypes={choices?.visitTypes ?? []} close={() => set({ session: '' })} leave={() => set({ part: 'leave', doctor: open.doctor?.id ?? '', session: open.id, date: open.date })} />}
      </div>
    </>
  );
}

function Legend() {
  const { legend } = useStrings(strings);
  return <span className="week-legend">{(['taken', 'kept', 'free'] as const).map((part) => <span key={part}><i className={`fill ${part}`} aria-hidden="true" />{legend[part]}</span>)}</span>;
}

interface Drawn {
  readonly rows: readonly WeekRow[];
  readonly week: readonly string[];
  readonly today: string;
  readonly chosen: string | undefined;
  choose(id: string): void;
}

function Grid({ rows, week, today, chosen, choose }: Drawn) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  return (
    <table className="week-grid">
      <thead><tr><th scope="col">{words.doctor}</th>{week.map((day, i) => <th key={day} scope="col" aria-current={day === today ? 'date' : undefined}>{words.weekdays[i]} <span>{formatDayMonth(day, language)}</span></th>)}</tr></thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <th scope="row">{glued(row.doctor ?? words.noDoctor)}<small>{row.rooms.map(glued).join(', ')}</small></th>
            {row.days.map((sessions, i) => <td key={week[i]}>{sessions.map((one) => <Cell key={one.id} session={one} day={words.weekdays[i]!} chosen={one.id === chosen} choose={() => choose(one.id)} />)}</td>)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ session, day, chosen, choose }: { session: SessionView; day: string; chosen: boolean; choose: () => void }) {
  const words = useStrings(strings);
  const { taken, kept } = partsOf(session);
  const [from = '', until = ''] = [dateParts(session.from)?.time, dateParts(session.until)?.time];
  const closed = session.state === 'closed';
  return (
    <button type="button" className={`week-cell${closed ? ' closed' : ''}`} aria-pressed={chosen} onClick={choose} onKeyDown={moveFocus}>
      <span><span><span className="vh">{session.doctor?.name ?? session.room.name}, {day}, </span><b>{from}</b><span className="vh">–{until}, </span></span>
        <span>{closed && <span className={taken > 0 ? 'vh' : undefined}>{words.closed} </span>}{(!closed || taken > 0) && <>{words.takenOf(taken, session.seats)}<span className="vh"> {words.legend.taken}</span></>}</span></span>
      <FillBar taken={taken} kept={kept} seats={session.seats} warn={closed && taken > 0} />
    </button>
  );
}

/** Left and right go by day, up and down by session of the column. */
function moveFocus(event: KeyboardEvent<HTMLButtonElement>): void {
  const button = event.currentTarget;
  const [cell, row, table] = [button.closest('td'), button.closest('tr'), button.closest('table')];
  if (cell === null || row === null || table === null || !event.key.startsWith('Arrow')) return;
  const column = [...row.children].indexOf(cell);
  const inColumn = (at: number) => [...table.querySelectorAll<HTMLElement>(`tbody tr > :nth-child(${at + 1}) button`)];
  const sideways = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
  const own = inColumn(column);
  const next = sideways === 0 ? own[own.indexOf(button) + (event.key === 'ArrowUp' ? -1 : 1)] : nearest(inColumn(column + sideways), row, [...cell.children].indexOf(button));
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

function nearest(column: readonly HTMLElement[], row: Element, place: number): HTMLElement | undefined {
  const same = column.filter((one) => row.contains(one));
  return same[place] ?? same.at(-1) ?? column[0];
}
