// The register of breaches: each with its clock of 72 hours.
import type { Breach } from '@sen/contracts';
import { useId, useState, type FormEvent } from 'react';
import { Answer, Bones, Empty } from '../../../kit/Feedback.tsx';
import { Icon } from '../../../kit/icons.tsx';
import { ApiError } from '../../../lib/api.ts';
import { useMinute } from '../../../lib/clock.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { usePageTitle } from '../../../lib/page-title.ts';
import '../privacy.css';
import { useBreaches, useChangeBreach, useRecordBreach } from './requests.ts';
import { strings } from './strings.ts';

export function Component() {
  const words = useStrings(strings);
  const asked = useBreaches();
  usePageTitle(words.breaches);
  return (
    <div className="watch">
      <header className="page-head"><h1>{words.breaches}</h1><span className="c3">{words.breachesLead}</span></header>
      <div className="request-page">
        <Answer asked={asked} bones={<Bones rows={5} />}>
          {({ breaches }) => breaches.length === 0 ? <Empty title={words.noBreaches} /> : <ul className="my-actions">{breaches.map((one) => <li key={one.id}><One breach={one} /></li>)}</ul>}
        </Answer>
        <NewBreach />
      </div>
    </div>
  );
}

function One({ breach }: { breach: Breach }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const now = useMinute();
  const [number, setNumber] = useState('');
  const change = useChangeBreach();
  const { id, foundAt, noticeDue, what, dataKinds, people, measures, recordedBy, notifiedAt, noticeNumber, subjectsToldAt, closedAt } = breach;
  const hours = Math.floor((Date.parse(noticeDue) - now) / 3_600_000);
  return (
    <article className="card watch-card" aria-label={what}>
      <header>
        <h2>{formatDateTime(foundAt, language)}</h2>
        {notifiedAt === undefined && <span className={`pill ${hours < 24 ? 'bad' : 'warn'}`}><Icon name="clock" size={14} />{words.hoursLeft(hours)}</span>}
        {closedAt !== undefined && <span className="pill ok"><Icon name="check" size={14} />{words.breachClosed}</span>}
      </header>
      <p>{what}</p>
      <p className="c2">{dataKinds}{people !== undefined && ` (${people})`}. {measures} <span className="c3">{recordedBy}</span></p>
      {notifiedAt !== undefined && <p>{words.notified(formatDateTime(notifiedAt, language), noticeNumber ?? '')}</p>}
      {subjectsToldAt !== undefined && <p>{words.subjectsTold(formatDateTime(subjectsToldAt, language))}</p>}
      {closedAt === undefined && (
        <div className="form-actions">
          {notifiedAt === undefined && <><input className="search-field" aria-label={words.noticeNumber} placeholder={words.noticeNumber} value={number} onChange={(event) => setNumber(event.currentTarget.value)} /><button type="button" className="btn primary" onClick={() => change.mutate({ breachId: id, step: 'notified', noticeNumber: number })}>{words.notify}</button></>}
          {subjectsToldAt === undefined && <button type="button" className="btn" onClick={() => change.mutate({ breachId: id, step: 'subjects-told' })}>{words.tellSubjects}</button>}
          {notifiedAt !== undefined && <button type="button" className="btn" onClick={() => change.mutate({ breachId: id, step: 'closed' })}>{words.close}</button>}
        </div>
      )}
      {change.error instanceof ApiError && <p className="field-error" role="alert">{change.error.text[language]}</p>}
    </article>
  );
}

const blank = { foundAt: '', what: '', dataKinds: '', people: '', measures: '' };

function NewBreach() {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const id = useId();
  const [form, setForm] = useState(blank);
  const [tried, setTried] = useState(false);
  const record = useRecordBreach();
  const set = (part: Partial<typeof blank>) => setForm((before) => ({ ...before, ...part }));
  const missing = form.foundAt === '' || form.what.trim().length < 10 || form.dataKinds.trim().length < 3 || form.measures.trim().length < 3;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (missing) return;
    const { foundAt, what, dataKinds, people, measures } = form;
    record.mutate({ foundAt: new Date(`${foundAt}:00+07:00`).toISOString(), what, dataKinds, measures, ...(people === '' ? {} : { people: Number(people) }) }, { onSuccess: () => { setForm(blank); setTried(false); } });
  };
  return (
    <form className="card plain-form" onSubmit={submit} noValidate>
      <h2>{words.newBreach}</h2>
      <label className="field" htmlFor={`${id}f`}>{words.foundAt}</label>
      <input id={`${id}f`} type="datetime-local" value={form.foundAt} onChange={(event) => set({ foundAt: event.currentTarget.value })} />
      <label className="field" htmlFor={`${id}w`}>{words.what}</label>
      <textarea id={`${id}w`} rows={3} value={form.what} onChange={(event) => set({ what: event.currentTarget.value })} />
      <label className="field" htmlFor={`${id}d`}>{words.dataKinds}</label>
      <input id={`${id}d`} value={form.dataKinds} onChange={(event) => set({ dataKinds: event.currentTarget.value })} />
      <label className="field" htmlFor={`${id}p`}>{words.people}</label>
      <input id={`${id}p`} type="number" min={0} value={form.people} onChange={(event) => set({ people: event.currentTarget.value })} />
      <label className="field" htmlFor={`${id}m`}>{words.measures}</label>
      <textarea id={`${id}m`} rows={3} value={form.measures} onChange={(event) => set({ measures: event.currentTarget.value })} />
      {tried && missing && <p className="field-error">{words.needAll}</p>}
      {record.error instanceof ApiError && <p className="field-error" role="alert">{record.error.text[language]}</p>}
      <button type="submit" className="btn primary" disabled={record.isPending}>{words.save}</button>
    </form>
  );
}
