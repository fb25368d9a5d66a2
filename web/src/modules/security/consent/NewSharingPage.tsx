// One question a page: who, what, until when, check. Five taps from the start to "agree".
import type { ConsentCategory, Recipient, RecipientKind } from '@sen/contracts';
import { useEffect, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { Icon } from '../../../kit/icons.tsx';
import { ApiError } from '../../../lib/api.ts';
import { useMinute } from '../../../lib/clock.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import '../privacy.css';
import { consentSentence } from './ConsentCard.tsx';
import { ChooseRecipient } from './ChooseRecipient.tsx';
import { useGiveOwnConsent, useOwnConsents } from './requests.ts';
import { strings } from './strings.ts';

type End = 'week' | 'month' | 'year' | 'open';
const categories: readonly ConsentCategory[] = ['everything', 'laboratory', 'medicines', 'documents', 'hiv', 'mental-health', 'genetic', 'sexual-health', 'substance-use', 'violence'];
const kindsOf: Readonly<Record<'share' | 'restrict', readonly RecipientKind[]>> = { share: ['hospital', 'insurer'], restrict: ['person', 'department', 'everyone'] };

export function Component() {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const [query] = useSearchParams();
  const navigate = useNavigate();
  const effect = query.get('effect') === 'restrict' ? 'restrict' : 'share';
  const people = useOwnConsents().data?.people ?? [];
  const [patientId, setPatientId] = useState<string>();
  const [recipient, setRecipient] = useState<Recipient>();
  const [category, setCategory] = useState<ConsentCategory>();
  const [end, setEnd] = useState<End>();
  const [step, setStep] = useState(0);
  const now = useMinute();
  const give = useGiveOwnConsent();
  const patient = patientId ?? people[0]?.patient.id;
  const until = end === undefined ? undefined : lastDay(end, now);
  const titles = [words.who[effect], words.what[effect], words.until, words.check];
  const title = titles[step] ?? '';
  useEffect(() => {
    document.title = `${title} – Sen`;
    document.getElementById('step-title')?.focus();
  }, [title]);
  const on = () => setStep((at) => at + 1);
  const save = () => {
    if (patient === undefined || recipient === undefined || category === undefined) return;
    const input = { patientId: patient, effect, recipient: { kind: recipient.kind, reference: recipient.reference }, category, ...(until === undefined ? {} : { until }) } as const;
    give.mutate(input, { onSuccess: () => void navigate('/my/sharing') });
  };
  return (
    <div className="my-page">
      <div className="my-progress"><span>{words.step(step + 1, titles.length)}</span>{titles.map((one, at) => <i key={one} className={at <= step ? 'done' : ''} aria-hidden="true" />)}</div>
      <h1 id="step-title" tabIndex={-1}>{title}</h1>
      {step === 0 && people.length > 1 && (
        <label>{words.forWhom}<select value={patient} onChange={(event) => setPatientId(event.currentTarget.value)}>{people.map((one) => <option key={one.patient.id} value={one.patient.id}>{one.patient.name}</option>)}</select></label>
      )}
      {step === 0 && <ChooseRecipient kinds={kindsOf[effect]} choose={(chosen) => { setRecipient(chosen); on(); }} />}
      {step === 1 && <Choices options={categories} words={words.categories} choose={(chosen) => { setCategory(chosen); on(); }} />}
      {step === 2 && <Choices options={['week', 'month', 'year', 'open'] as const} words={words.ends} choose={(chosen) => { setEnd(chosen); on(); }} />}
      {step === 3 && recipient !== undefined && category !== undefined && (
        <>
          <p className="my-card"><b>{consentSentence({ effect, recipients: recipient.kind === 'everyone' ? [] : [recipient], categories: [category], ...(until === undefined ? {} : { until }) }, language)}</b></p>
          {effect === 'restrict' && <p className="note"><Icon name="info" size={20} className="c-info" /><span className="what">{recipient.kind === 'everyone' && category === 'everything' ? words.all : words.emergency}</span></p>}
          {give.error !== null && <p className="field-error" role="alert">{give.error instanceof ApiError ? give.error.text[language] : words.failed}</p>}
          <button type="button" className="my-btn primary wide" disabled={give.isPending} onClick={save}>{give.isPending ? words.saving : words.confirm}</button>
        </>
      )}
      <button type="button" className="my-btn wide" onClick={() => (step === 0 ? void navigate('/my/sharing') : setStep(step - 1))}>{words.back}</button>
    </div>
  );
}

function Choices<T extends string>({ options, words, choose }: { options: readonly T[]; words: Readonly<Record<T, string>>; choose: (option: T) => void }) {
  return (
    <ul className="my-list">
      {options.map((one) => <li key={one}><button type="button" className="my-link" onClick={() => choose(one)}><span><b>{words[one]}</b></span><Icon name="right" size={20} /></button></li>)}
    </ul>
  );
}

const days: Readonly<Record<Exclude<End, 'open'>, number>> = { week: 7, month: 30, year: 365 };

/** The last day in Vietnam. */
function lastDay(end: End, now: number): string | undefined {
  return end === 'open' ? undefined : new Date(now + 7 * 3_600_000 + days[end] * 86_400_000).toISOString().slice(0, 10);
}
