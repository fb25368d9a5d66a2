// A doctor is away, also from now on: first what it does to everybody booked, then it is recorded.
import type { SessionView } from '@sen/contracts';
import { useEffect, useEffectEvent, useState, type SyntheticEvent } from 'react';
import { useSearchParams } from 'react-router';
import { ApiError } from '../../../lib/api.ts';
import { useMinute } from '../../../lib/clock.ts';
import { dateParts, formatDayMonth, glued } from '../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { Outcome } from './LeaveOutcome.tsx';
import { usePreview, useRecordLeave, useSessions, useTemplates, type Absence } from './requests.ts';
import { RunningLeaves } from './RunningLeaves.tsx';
import { strings } from './strings.ts';

const zone = '+07:00';
const daysAhead = 14;

export function LeaveForm({ today }: { today: string }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const [params] = useSearchParams();
  const [form, setForm] = useState({ doctor: params.get('doctor') ?? '', from: `${params.get('date') ?? today}T00:00`, until: `${params.get('date') ?? today}T23:59`, replacement: '', reason: '', booked: 'move' as Absence['booked'] });
  const preview = usePreview();
  const record = useRecordLeave();
  const change = (part: Partial<typeof form>) => { preview.reset(); record.reset(); setForm({ ...form, ...part }); };
  const absence = (): Absence => ({ doctor: form.doctor, from: new Date(form.from + zone).toISOString(), until: new Date(form.until + zone).toISOString(), booked: form.booked, ...(form.replacement !== '' && { replacement: form.replacement }), ...(form.reason !== '' && { reason: form.reason }) });
  const submit = (event: SyntheticEvent) => { event.preventDefault(); (preview.data === undefined ? preview : record).mutate(absence()); };
  const error = preview.error ?? record.error;
  return (
    <>
      <form className="desk-form schedule-form" aria-label={words.newLeave} onSubmit={submit}>
        <div className="seat-fields">
          <label>{words.doctor}<Doctors value={form.doctor} none={words.choose} required change={(doctor) => change({ doctor, replacement: '' })} /></label>
          <label>{words.replacement}<Doctors value={form.replacement} none={words.nobody} besides={form.doctor} change={(replacement) => change({ replacement })} /></label>
          <label>{words.fate}<select value={form.booked} onChange={(event) => change({ booked: event.currentTarget.value === 'call' ? 'call' : 'move' })}><option value="move">{words.fates.move}</option><option value="call">{words.fates.call}</option></select></label>
        </div>
        {form.doctor !== '' && <TheirDays key={form.doctor} doctor={form.doctor} today={today} chosen={form} choose={change} />}
        <div className="seat-fields">
          <label>{words.from}<input type="datetime-local" value={form.from} required onChange={(event) => change({ from: event.currentTarget.value })} /></label>
          <label>{words.until}<input type="datetime-local" value={form.until} required min={form.from} onChange={(event) => change({ until: event.currentTarget.value })} /></label>
          <label>{words.reason}<input value={form.reason} maxLength={200} onChange={(event) => change({ reason: event.currentTarget.value })} /></label>
        </div>
        {error instanceof ApiError && <p className="field-error" role="alert">{error.text[language]}</p>}
        {record.data !== undefined && <p className="note" role="status">{words.done}</p>}
        {preview.data !== undefined && <Outcome outcome={record.data ?? preview.data} done={record.data !== undefined} />}
        {record.data === undefined && <div className="form-end"><button type="submit" className="btn primary" disabled={preview.isPending || record.isPending}>{preview.data === undefined ? words.preview : words.record}</button></div>}
      </form>
      <RunningLeaves />
    </>
  );
}

interface Choice {
  readonly value: string;
  readonly none: string;
  readonly required?: boolean;
  /** The doctor who is away: those of the same department come first. */
  readonly besides?: string;
  change(id: string): void;
}

export function Doctors({ value, none, required = false, besides, change }: Choice) {
  const words = useStrings(strings);
  const doctors = (useTemplates().data?.doctors ?? []).filter(({ id }) => id !== besides);
  const own = new Set(useTemplates().data?.doctors.find(({ id }) => id === besides)?.specialties);
  const options = (list: typeof doctors) => list.map(({ id, name }) => <option key={id} value={id}>{glued(name)}</option>);
  const near = doctors.filter(({ specialties }) => specialties.some((one) => own.has(one)));
  return (
    <select value={value} required={required} onChange={(event) => change(event.currentTarget.value)}>
      <option value="">{none}</option>
      {near.length === 0 ? options(doctors) : <><optgroup label={words.sameDepartment}>{options(near)}</optgroup><optgroup label={words.otherDepartments}>{options(doctors.filter((one) => !near.includes(one)))}</optgroup></>}
    </select>
  );
}

interface Days {
  readonly doctor: string;
  readonly today: string;
  readonly chosen: { readonly from: string; readonly until: string };
  choose(part: { from: string; until: string }): void;
}

/** The coming days of the doctor: the next one is taken at once, another with one press. */
function TheirDays({ doctor, today, chosen, choose }: Days) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const now = useMinute();
  const { data } = useSessions({ from: today, days: daysAhead, doctor });
  const open = (data?.sessions ?? []).filter((one) => one.state === 'open' && one.doctor?.id === doctor && Date.parse(one.until) > now);
  const days = [...Map.groupBy(open, ({ date }) => date)].slice(0, 6);
  const [params] = useSearchParams();
  const offer = useEffectEvent(() => {
    const asked = open.find(({ id }) => id === params.get('session'));
    const [date, sessions] = asked === undefined ? (days[0] ?? []) : [asked.date, [asked]];
    if (date === undefined || sessions === undefined) return;
    const [from, until] = spanOf(date, sessions);
    choose({ from, until });
  });
  const isKnown = data !== undefined;
  useEffect(() => { if (isKnown) offer(); }, [isKnown]);
  if (days.length === 0) return null;
  return (
    <fieldset className="their-days"><legend>{words.theirDays}</legend>
      {days.map(([date, sessions]) => {
        const [from, until] = spanOf(date, sessions);
        const booked = sessions.reduce((sum, one) => sum + one.booked, 0);
        return <button key={date} type="button" className="btn small" aria-pressed={chosen.from === from && chosen.until === until} onClick={() => choose({ from, until })}>{formatDayMonth(date, language)}, {from.slice(11)}–{until.slice(11)} <span className="c2">{words.dayBooked(booked)}</span></button>;
      })}
    </fieldset>
  );
}

function spanOf(date: string, sessions: readonly SessionView[]): [string, string] {
  const times = (which: 'from' | 'until') => sessions.map((one) => dateParts(one[which])?.time ?? '').sort();
  return [`${date}T${times('from')[0]}`, `${date}T${times('until').at(-1)}`];
}
