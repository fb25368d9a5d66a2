// A doctor is away, also from now on: first what it does to everybody booked, then it is recorded.
import type { LeaveOutcome } from '@sen/contracts';
import { useState, type SyntheticEvent } from 'react';
import { ApiError } from '../../../lib/api.ts';
import { formatDateTime, glued } from '../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { useLeaves, usePreview, useRecordLeave, useTemplates, type Absence } from './requests.ts';
import { strings } from './strings.ts';

const zone = '+07:00';

export function LeaveForm({ today }: { today: string }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const doctors = useTemplates().data?.doctors ?? [];
  const [form, setForm] = useState({ doctor: '', from: `${today}T08:00`, until: `${today}T17:00`, replacement: '', reason: '', booked: 'move' as Absence['booked'] });
  const preview = usePreview();
  const record = useRecordLeave();
  const change = (part: Partial<typeof form>) => { preview.reset(); record.reset(); setForm({ ...form, ...part }); };
  const absence: Absence = { doctor: form.doctor, from: new Date(form.from + zone).toISOString(), until: new Date(form.until + zone).toISOString(), booked: form.booked, ...(form.replacement !== '' && { replacement: form.replacement }), ...(form.reason !== '' && { reason: form.reason }) };
  const submit = (event: SyntheticEvent) => { event.preventDefault(); (preview.data === undefined ? preview : record).mutate(absence); };
  const error = preview.error ?? record.error;
  const select = (name: 'doctor' | 'replacement', none: string) => <label>{words[name]}<select value={form[name]} required={name === 'doctor'} onChange={(event) => change({ [name]: event.currentTarget.value })}><option value="">{none}</option>{doctors.filter(({ id }) => name === 'doctor' || id !== form.doctor).map(({ id, name: text }) => <option key={id} value={id}>{glued(text)}</option>)}</select></label>;
  return (
    <>
      <form className="desk-form schedule-form" aria-label={words.newLeave} onSubmit={submit}>
        <div className="seat-fields">
          {select('doctor', words.choose)}{select('replacement', words.nobody)}
          <label>{words.from}<input type="datetime-local" value={form.from} required onChange={(event) => change({ from: event.currentTarget.value })} /></label>
          <label>{words.until}<input type="datetime-local" value={form.until} required min={form.from} onChange={(event) => change({ until: event.currentTarget.value })} /></label>
          <label>{words.fate}<select value={form.booked} onChange={(event) => change({ booked: event.currentTarget.value === 'call' ? 'call' : 'move' })}><option value="move">{words.fates.move}</option><option value="call">{words.fates.call}</option></select></label>
          <label>{words.reason}<input value={form.reason} maxLength={200} onChange={(event) => change({ reason: event.currentTarget.value })} /></label>
        </div>
        {error instanceof ApiError && <p className="field-error" role="alert">{error.text[language]}</p>}
        {record.data !== undefined && <p className="note" role="status">{words.done}</p>}
        {preview.data !== undefined && <Outcome outcome={record.data ?? preview.data} />}
        {record.data === undefined && <button type="submit" className="btn primary" disabled={preview.isPending || record.isPending}>{preview.data === undefined ? words.preview : words.record}</button>}
      </form>
      <Running />
    </>
  );
}

function Outcome({ outcome }: { outcome: LeaveOutcome }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  return (
    <section className="schedule-outcome" role="status">
      <p><b>{words.outcome(outcome.sessions, outcome.booked, outcome.takenOver)}</b></p>
      {outcome.moved.length > 0 && <><h3>{words.moved(outcome.moved.length)}</h3><ul>{outcome.moved.map((one) => <li key={one.appointmentId}>{one.patientName}: {formatDateTime(one.was, language)} → <b>{formatDateTime(one.start, language)}</b>, {glued(one.doctor ?? one.room)}</li>)}</ul></>}
      {outcome.toCall.length > 0 && <><h3>{words.toCall(outcome.toCall.length)}</h3><ul>{outcome.toCall.map((one) => <li key={one.appointmentId}>{one.patientName} {one.phone}: {formatDateTime(one.was, language)}</li>)}</ul></>}
    </section>
  );
}

function Running() {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const leaves = useLeaves().data?.leaves ?? [];
  return <section className="schedule-form"><h2>{words.running}</h2>{leaves.length === 0 && <p className="c2">{words.noLeave}</p>}<ul>{leaves.map((one) => <li key={one.id}><b>{glued(one.doctor.name)}</b> {formatDateTime(one.from, language)} – {formatDateTime(one.until, language)} <span className="c2">{[one.replacement?.name, one.reason].filter(Boolean).join(' · ')}</span></li>)}</ul></section>;
}
