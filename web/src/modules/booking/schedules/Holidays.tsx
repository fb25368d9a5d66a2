// Days off of a year: those of the law, those the hospital sets. Setting one shows first what becomes of whoever is booked.
import type { Holiday } from '@sen/contracts';
import { useState, type SyntheticEvent } from 'react';
import { Answer, Bones } from '../../../kit/Feedback.tsx';
import { Icon } from '../../../kit/icons.tsx';
import { ApiError } from '../../../lib/api.ts';
import { formatDate } from '../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { Outcome } from './LeaveOutcome.tsx';
import { useHolidays, useSetHoliday } from './requests.ts';
import { strings } from './strings.ts';

type Fate = 'keep' | 'move' | 'call';

export function Holidays({ today }: { today: string }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const [year, setYear] = useState(Number(today.slice(0, 4)));
  const asked = useHolidays(year);
  const turn = useSetHoliday();
  const row = (one: Holiday) => (
    <tr key={one.date}>
      <th scope="row" className="nw">{formatDate(one.date, language)} <span className="c3">{words.weekdays[(new Date(`${one.date}T00:00:00Z`).getUTCDay() + 6) % 7]}</span></th>
      <td>{one.name} <span className="c3">{words.origin[one.origin]}</span></td><td>{one.open ? <span className="pill ok"><Icon name="check" size={14} />{words.open}</span> : <span className="pill">{words.off}</span>}</td>
      <td className="num">{one.date > today && <button type="button" className="btn small" disabled={turn.isPending} onClick={() => turn.mutate({ date: one.date, name: one.name, open: !one.open })}>{one.open ? words.closeIt : words.openIt}<span className="vh"> {formatDate(one.date, language)}</span></button>}</td>
    </tr>
  );
  return (
    <div className="schedule-scroll" role="region" aria-label={words.tabs.holidays} tabIndex={0}>
      <HolidayForm today={today} />
      <div className="week-bar">
        <button type="button" className="btn small" onClick={() => setYear(year - 1)}><Icon name="left" size={14} />{words.earlier}</button><b>{words.year} {year}</b><button type="button" className="btn small" onClick={() => setYear(year + 1)}>{words.later}<Icon name="right" size={14} /></button>
        {turn.data !== undefined && <span role="status">{turn.data.holiday.open ? words.opensAgain(turn.data.effect.changed + turn.data.effect.made) : words.holidaySet} {!turn.data.holiday.open && turn.data.booked > 0 && <span className="pill warn">{words.stillBooked(turn.data.booked)}</span>}</span>}
      </div>
      <Answer asked={asked} bones={<Bones rows={10} />}>{({ holidays }) => <table className="schedule-table"><thead><tr>{[words.date, words.holiday, words.state].map((head) => <th key={head} scope="col">{head}</th>)}<th scope="col"><span className="vh">{words.acts}</span></th></tr></thead><tbody>{holidays.map(row)}</tbody></table>}</Answer>
    </div>
  );
}

function HolidayForm({ today }: { today: string }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const [form, setForm] = useState({ date: '', name: '', fate: 'move' as Fate });
  const [preview, set] = [useSetHoliday(), useSetHoliday()];
  const change = (part: Partial<typeof form>) => { preview.reset(); set.reset(); setForm({ ...form, ...part }); };
  const asked = { date: form.date, name: form.name, open: false, ...(form.fate !== 'keep' && { booked: form.fate }) };
  const submit = (event: SyntheticEvent) => { event.preventDefault(); if (preview.data === undefined) preview.mutate({ ...asked, preview: true }); else set.mutate(asked); };
  const [error, shown] = [preview.error ?? set.error, set.data ?? preview.data];
  return (
    <form className="desk-form schedule-form" aria-label={words.setHoliday} onSubmit={submit}>
      <div className="seat-fields">
        <label>{words.date}<input type="date" required min={today} value={form.date} onChange={(event) => change({ date: event.currentTarget.value })} /></label>
        <label>{words.name}<input required maxLength={120} value={form.name} onChange={(event) => change({ name: event.currentTarget.value })} /></label>
        <label>{words.fate}<select value={form.fate} onChange={(event) => change({ fate: event.currentTarget.value as Fate })}><option value="move">{words.fates.move}</option><option value="call">{words.fates.call}</option><option value="keep">{words.keepThem}</option></select></label>
      </div>
      {error instanceof ApiError && <p className="field-error" role="alert">{error.text[language]}</p>}
      {set.data !== undefined && <p className="note" role="status">{words.holidaySet}</p>}
      {shown !== undefined && <p role="status">{words.closes(shown.effect.withdrawn)} {shown.effect.keptForBooked > 0 && words.keeps(shown.effect.keptForBooked)}</p>}
      {shown !== undefined && shown.booked > 0 && <p><span className="pill warn">{words.stillBooked(shown.booked)}</span></p>}
      {shown?.outcome !== undefined && <Outcome outcome={shown.outcome} done={set.data !== undefined} />}
      {set.data === undefined && <div className="form-end"><button type="submit" className="btn primary" disabled={preview.isPending || set.isPending}>{preview.data === undefined ? words.preview : words.setHoliday}</button></div>}
    </form>
  );
}
