// In place of a chart that is closed to the reader: why, and the way in for an emergency.
import type { EmergencyReason, Standing } from '@sen/contracts';
import { useId, useState, type FormEvent } from 'react';
import { Answer, Bones } from '../../../kit/Feedback.tsx';
import { Icon } from '../../../kit/icons.tsx';
import { ApiError } from '../../../lib/api.ts';
import { formatDate } from '../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { usePageTitle } from '../../../lib/page-title.ts';
import '../privacy.css';
import { useOpenEmergency, useStanding } from './requests.ts';
import { strings } from './strings.ts';

export function ClosedRecord({ patientId }: { patientId: string }) {
  const asked = useStanding(patientId);
  return <div className="chart-scroll"><Answer asked={asked} bones={<Bones rows={6} />}>{(standing) => <Closed {...standing} />}</Answer></div>;
}

function Closed({ person, mayOpen, hours }: Standing) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  usePageTitle(person.name);
  return (
    <section className="closed-record" aria-labelledby="closed-title">
      <h1>{person.name} <small className="c3">{person.birthDate !== undefined && formatDate(person.birthDate, language)} {person.hospitalNumber}</small></h1>
      <header><Icon name="shield" size={24} className="c-info" /><div><h2 id="closed-title">{words.closedTitle}</h2><p>{mayOpen ? words.closedText : words.closedNoRight}</p></div></header>
      {mayOpen && <OpenForm patientId={person.id} hours={hours} />}
    </section>
  );
}

const reasons: readonly EmergencyReason[] = ['life-threat', 'unconscious', 'on-call', 'transfer', 'other'];

function OpenForm({ patientId, hours }: { patientId: string; hours: number }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const [reason, setReason] = useState<EmergencyReason>();
  const [explanation, setExplanation] = useState('');
  const [tried, setTried] = useState(false);
  const id = useId();
  const open = useOpenEmergency();
  const short = explanation.trim().length < 10;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (reason !== undefined && !short) open.mutate({ patientId, reason, explanation: explanation.trim() });
  };
  return (
    <form className="plain-form" onSubmit={submit} noValidate>
      <h3>{words.openTitle}</h3>
      <fieldset aria-describedby={tried && reason === undefined ? `${id}-reason` : undefined}>
        <legend>{words.reason}</legend>
        {reasons.map((one) => (
          <label key={one} className="choice"><input type="radio" name="reason" value={one} checked={reason === one} onChange={() => setReason(one)} />{words.reasons[one]}</label>
        ))}
        {tried && reason === undefined && <p className="field-error" id={`${id}-reason`}>{words.needReason}</p>}
      </fieldset>
      <label className="field" htmlFor={`${id}-why`}>{words.explanation}</label>
      <textarea id={`${id}-why`} rows={3} maxLength={1000} value={explanation} onChange={(event) => setExplanation(event.currentTarget.value)} aria-describedby={`${id}-hint`} aria-invalid={tried && short} />
      <p className={tried && short ? 'field-error' : 'hint'} id={`${id}-hint`}>{tried && short ? words.needExplanation : words.explanationHint}</p>
      <p className="note"><Icon name="info" size={18} className="c-info" /><span className="what">{words.consequence(hours)}</span></p>
      {open.error !== null && <p className="field-error" role="alert">{open.error instanceof ApiError ? open.error.text[language] : words.failed}</p>}
      <button type="submit" className="btn primary" disabled={open.isPending}>{open.isPending ? words.opening : words.open}</button>
    </form>
  );
}
