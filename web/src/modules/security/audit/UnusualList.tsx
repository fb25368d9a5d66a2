// Accesses worth a question: who, whose record, why it stands out.
import type { UnusualAccess } from '@sen/contracts';
import { Answer, Bones, Empty } from '../../../kit/Feedback.tsx';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { roleNames } from '../role-names.ts';
import { useUnusual, type Filters } from './requests.ts';
import { strings } from './strings.ts';

const spans = [1, 7, 30, 92];

export function UnusualList({ days, setDays, see }: { days: number; setDays: (days: number) => void; see: (filters: Filters) => void }) {
  const words = useStrings(strings);
  const asked = useUnusual(days);
  return (
    <section className="unusual" aria-label={words.unusual}>
      <div className="unusual-tools">
        <p className="c2">{words.unusualLead}</p>
        <div className="segments" role="group" aria-label={words.days(days)}>{spans.map((span) => <button key={span} type="button" aria-pressed={span === days} onClick={() => setDays(span)}>{words.days(span)}</button>)}</div>
      </div>
      <Answer asked={asked} bones={<Bones rows={8} height={40} gap={12} />}>
        {({ accesses }) => (accesses.length === 0 ? <Empty title={words.noUnusual}>{words.noUnusualHint}</Empty> : <ul className="unusual-list">{accesses.map((access) => <One key={`${access.actor.id}|${access.patient?.id}|${access.first}`} access={access} see={see} />)}</ul>)}
      </Answer>
    </section>
  );
}

function One({ access, see }: { access: UnusualAccess; see: (filters: Filters) => void }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const { actor, patient, score, reasons, entries, first, last } = access;
  const day = (at: string) => new Date(Date.parse(at) + 7 * 3_600_000).toISOString().slice(0, 10);
  return (
    <li className="card unusual-one">
      <span className={score >= 70 ? 'unusual-score bad' : score >= 45 ? 'unusual-score warn' : 'unusual-score'}><b>{score}</b><small>{words.score}</small></span>
      <div>
        <h2>{actor.name} <span className="c3">({actor.roles.map((role) => roleNames[language][role] ?? role).join(', ') || actor.id})</span>{patient !== undefined && ` → ${patient.name}`}</h2>
        <ul className="unusual-reasons">{reasons.map((reason) => <li key={reason.rule}>{reason[language]}</li>)}</ul>
        <p className="c3">{words.entriesOf(entries)}, {formatDateTime(first, language)}{first === last ? '' : ` – ${formatDateTime(last, language)}`}</p>
      </div>
      <button type="button" className="btn small" onClick={() => see({ who: actor.id, from: day(first), to: day(last), ...(patient === undefined ? {} : { patient: patient.id }) })}>{words.see}</button>
    </li>
  );
}
