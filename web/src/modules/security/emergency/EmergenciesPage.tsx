// The review of emergency access: what waits, most urgent first, and what was found.
import type { Emergency, EmergencyVerdict } from '@sen/contracts';
import { useId, useState, type FormEvent } from 'react';
import { useSearchParams } from 'react-router';
import { Answer, Bones, Empty } from '../../../kit/Feedback.tsx';
import { Icon } from '../../../kit/icons.tsx';
import { ApiError } from '../../../lib/api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { usePageTitle } from '../../../lib/page-title.ts';
import '../privacy.css';
import { useEmergencies, useReview } from './requests.ts';
import { strings } from './strings.ts';

export function Component() {
  const words = useStrings(strings);
  const [query, setQuery] = useSearchParams();
  const state = query.get('state') === 'reviewed' ? 'reviewed' : 'waiting';
  const asked = useEmergencies(state);
  usePageTitle(words.page);
  return (
    <div className="watch">
      <header className="page-head">
        <h1>{words.page}</h1><span className="c3">{words.pageLead}</span>
        {asked.data !== undefined && <span className="pill">{words.waitingCount(asked.data.waiting)}</span>}
        {asked.data !== undefined && asked.data.overdue > 0 && <span className="pill bad"><Icon name="warning" size={14} />{words.overdueCount(asked.data.overdue)}</span>}
        <span className="segments">
          {(['waiting', 'reviewed'] as const).map((one) => <button key={one} type="button" aria-pressed={state === one} onClick={() => setQuery(one === 'waiting' ? {} : { state: one })}>{words[one]}</button>)}
        </span>
      </header>
      <Answer asked={asked} bones={<Bones rows={6} />}>
        {({ emergencies }) => <List emergencies={emergencies} empty={state === 'waiting' ? words.noneWaiting : words.noneReviewed} />}
      </Answer>
    </div>
  );
}

function List({ emergencies, empty }: { emergencies: readonly Emergency[]; empty: string }) {
  if (emergencies.length === 0) return <Empty title={empty} />;
  return <ul className="watch-list">{emergencies.map((one) => <li key={one.id}><Opening emergency={one} /></li>)}</ul>;
}

function Opening({ emergency }: { emergency: Emergency }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const { patient, by, reason, explanation, openedAt, until, closedAt, reviewDue, overdue, review, own, dayCount } = emergency;
  return (
    <article className="card watch-card" aria-label={words.reviewOf(patient.name)}>
      <header>
        <h2>{patient.name}</h2>{patient.hospitalNumber !== undefined && <span className="c3">{patient.hospitalNumber}</span>}
        {dayCount >= 5 && <span className="pill warn"><Icon name="warning" size={14} />{words.dayCount(dayCount)}</span>}
        {overdue && <span className="pill bad"><Icon name="warning" size={14} />{words.overdue}</span>}
        {review !== undefined && <span className={review.verdict === 'justified' ? 'pill ok' : 'pill bad'}><Icon name={review.verdict === 'justified' ? 'check' : 'warning'} size={14} />{words.verdicts[review.verdict]}</span>}
      </header>
      <dl className="facts">
        <div><dt>{words.by}</dt><dd>{by}</dd></div>
        <div><dt>{words.opened}</dt><dd>{formatDateTime(openedAt, language)}</dd></div>
        <div><dt>{closedAt === undefined ? words.until : words.closedAt}</dt><dd>{formatDateTime(closedAt ?? until, language)}</dd></div>
        {review === undefined && <div><dt>{words.due}</dt><dd className={overdue ? 'c-bad b' : ''}>{formatDateTime(reviewDue, language)}</dd></div>}
      </dl>
      <p><b>{words.reasons[reason]}.</b> {explanation}</p>
      {review !== undefined && <p className="c2">{review.by}, {formatDateTime(review.at, language)}: {review.note}</p>}
      {review === undefined && (own ? <p className="hint">{words.ownNote}</p> : <ReviewForm emergency={emergency} />)}
    </article>
  );
}

function ReviewForm({ emergency }: { emergency: Emergency }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const id = useId();
  const [verdict, setVerdict] = useState<EmergencyVerdict>();
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const review = useReview();
  const short = note.trim().length < 10;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (verdict !== undefined && !short) review.mutate({ emergencyId: emergency.id, verdict, note: note.trim() });
  };
  return (
    <form className="plain-form row-form" onSubmit={submit} noValidate>
      <fieldset>
        <legend>{words.verdict}</legend>
        {(['justified', 'not-justified'] as const).map((one) => (
          <label key={one} className="choice"><input type="radio" name={`verdict-${emergency.id}`} checked={verdict === one} onChange={() => setVerdict(one)} />{words.verdicts[one]}</label>
        ))}
        {tried && verdict === undefined && <p className="field-error">{words.needVerdict}</p>}
      </fieldset>
      <div>
        <label className="field" htmlFor={`${id}-note`}>{words.note}</label>
        <textarea id={`${id}-note`} rows={2} maxLength={2000} value={note} onChange={(event) => setNote(event.currentTarget.value)} aria-describedby={`${id}-hint`} aria-invalid={tried && short} />
        <p className={tried && short ? 'field-error' : 'hint'} id={`${id}-hint`}>{tried && short ? words.needNote : words.noteHint}</p>
      </div>
      {review.error instanceof ApiError && <p className="field-error" role="alert">{review.error.text[language]}</p>}
      <button type="submit" className="btn primary" disabled={review.isPending}>{words.finish}</button>
    </form>
  );
}
