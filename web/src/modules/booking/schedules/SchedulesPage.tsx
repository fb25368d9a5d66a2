// Who sees patients when: the sessions of a day, leave, holidays, the weekly templates in force.
import type { StoredTemplate, SessionView } from '@sen/contracts';
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { useSearchParams } from 'react-router';
import { Answer, Bones, Empty } from '../../../kit/Feedback.tsx';
import { useMinute } from '../../../lib/clock.ts';
import { dateParts, formatDate, glued } from '../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { usePageTitle } from '../../../lib/page-title.ts';
import { todayOf } from '../seats/times.ts';
import { LeaveForm } from './LeaveForm.tsx';
import { useHolidays, useSessions, useSetHoliday, useTemplates } from './requests.ts';
import { strings } from './strings.ts';
import '../seats/seats.css';
import './schedules.css';

const tabs = ['day', 'leave', 'holidays', 'weekly'] as const;

export function Component() {
  const words = useStrings(strings);
  const today = todayOf(useMinute());
  const [params, setParams] = useSearchParams();
  const tab = tabs.find((one) => one === params.get('part')) ?? 'day';
  const date = params.get('date') ?? today;
  usePageTitle(words.title);
  const set = (change: Record<string, string>) => setParams((before) => { for (const [name, value] of Object.entries(change)) before.set(name, value); return before; }, { replace: true });
  return (
    <div className="schedules">
      <div className="page-head"><h1>{words.title}</h1><div className="segments">{tabs.map((one) => <button key={one} type="button" aria-pressed={tab === one} onClick={() => set({ part: one })}>{words.tabs[one]}</button>)}</div>
        {tab === 'day' && <label className="schedule-date">{words.date} <input type="date" value={date} onChange={(event) => { if (event.currentTarget.value !== '') set({ date: event.currentTarget.value }); }} /></label>}</div>
      <div className="schedule-scroll" role="region" aria-label={words.tabs[tab]} tabIndex={0}>
        {tab === 'day' && <Sessions date={date} />}{tab === 'leave' && <LeaveForm today={today} />}{tab === 'holidays' && <Holidays year={Number(today.slice(0, 4))} />}{tab === 'weekly' && <Weekly />}
      </div>
    </div>
  );
}

function Table({ heads, children }: { heads: readonly string[]; children: ReactNode }) {
  return <table className="schedule-table"><thead><tr>{heads.map((head) => <th key={head} scope="col">{head}</th>)}</tr></thead><tbody>{children}</tbody></table>;
}

function Sessions({ date }: { date: string }) {
  const words = useStrings(strings);
  const asked = useSessions(date);
  const row = (one: SessionView) => <tr key={one.id}><th scope="row">{glued(one.doctor?.name ?? words.noDoctor)}</th><td>{one.specialty.name}</td><td>{glued(one.room.name)}</td><td className="nw">{dateParts(one.from)?.time}–{dateParts(one.until)?.time} {one.state === 'closed' && <span className="pill">{words.closed}</span>}</td><td>{one.booked}</td><td>{one.free}</td><td>{one.seats}</td></tr>;
  return <Answer asked={asked} bones={<Bones rows={10} />}>{({ sessions }) => (sessions.length === 0 ? <Empty title={words.noSessions} /> : <Table heads={[words.doctor, words.specialty, words.room, words.hours, words.booked, words.free, words.seats]}>{sessions.map(row)}</Table>)}</Answer>;
}

function Weekly() {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const row = (one: StoredTemplate) => <tr key={one.id}><th scope="row">{glued(one.doctorName ?? words.noDoctor)}</th><td>{one.specialtyName}</td><td>{glued(one.roomName)}</td><td>{words.weekdays[one.weekday - 1]}</td><td className="nw">{one.from}–{one.until}, {words.step(one.stepMinutes)}</td><td>{formatDate(one.validFrom, language)}{one.validUntil !== undefined && ` – ${formatDate(one.validUntil, language)}`}</td></tr>;
  return <Answer asked={useTemplates()} bones={<Bones rows={10} />}>{({ templates }) => (templates.length === 0 ? <Empty title={words.noTemplates} /> : <Table heads={[words.doctor, words.specialty, words.room, words.weekday, words.hours, words.valid]}>{templates.map(row)}</Table>)}</Answer>;
}

function Holidays({ year }: { year: number }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const asked = useHolidays(year);
  const set = useSetHoliday();
  const [form, setForm] = useState({ date: '', name: '' });
  const submit = (event: SyntheticEvent) => { event.preventDefault(); set.mutate({ ...form, open: false }); };
  return (
    <>
      <form className="desk-form schedule-form" aria-label={words.setHoliday} onSubmit={submit}>
        <div className="seat-fields"><label>{words.date}<input type="date" required value={form.date} onChange={(event) => setForm({ ...form, date: event.currentTarget.value })} /></label><label>{words.name}<input required maxLength={120} value={form.name} onChange={(event) => setForm({ ...form, name: event.currentTarget.value })} /></label></div>
        <button type="submit" className="btn primary" disabled={set.isPending}>{words.setHoliday}</button>
      </form>
      <Answer asked={asked} bones={<Bones rows={10} />}>{({ holidays }) => <Table heads={[words.date, words.holiday, words.open]}>{holidays.map((one) => <tr key={one.date}><th scope="row">{formatDate(one.date, language)}</th><td>{one.name} <span className="c3">{words.origin[one.origin]}</span></td><td><label><input type="checkbox" checked={one.open} onChange={() => set.mutate({ date: one.date, name: one.name, open: !one.open })} /> {words.open}</label></td></tr>)}</Table>}</Answer>
    </>
  );
}
