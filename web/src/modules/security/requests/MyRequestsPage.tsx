// The patient asks: one question at a time; below, what was asked and where it stands.
import type { DataRequest, RequestKind } from '@sen/contracts';
import { useId, useState, type FormEvent } from 'react';
import { Link } from 'react-router';
import { Answer, Bones } from '../../../kit/Feedback.tsx';
import { Icon, type IconName } from '../../../kit/icons.tsx';
import { ApiError } from '../../../lib/api.ts';
import { formatDate, formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { usePageTitle } from '../../../lib/page-title.ts';
import { useOwnConsents } from '../consent/requests.ts';
import '../privacy.css';
import { useCancelRequest, useFetchCopy, useMakeRequest, useOwnRequests } from './requests.ts';
import { strings } from './strings.ts';

const kinds: readonly (readonly [RequestKind, IconName])[] = [
  ['copy', 'save'], ['see', 'document'], ['correct', 'check'], ['restrict', 'shield'], ['withdraw', 'retry'], ['delete', 'close'], ['object', 'octagon'],
];

export function Component() {
  const words = useStrings(strings);
  const [kind, setKind] = useState<RequestKind>();
  const asked = useOwnRequests();
  usePageTitle(words.title);
  if (kind !== undefined) return <RequestForm kind={kind} leave={() => setKind(undefined)} />;
  return (
    <div className="my-page">
      <h1>{words.title}</h1>
      <p>{words.lead}</p>
      <h2>{words.make}</h2>
      <ul className="my-list">
        {kinds.map(([one, icon]) => (
          <li key={one}><button type="button" className="my-link" onClick={() => setKind(one)}><i className="my-icon"><Icon name={icon} size={22} /></i><span><b>{words.kinds[one]}</b><small>{words.hints[one]}</small></span><Icon name="right" size={20} /></button></li>
        ))}
      </ul>
      <h2>{words.mine}</h2>
      <Answer asked={asked} bones={<Bones rows={3} height={22} />}>
        {({ requests }) => requests.length === 0 ? <p className="hint">{words.none}</p> : <div className="my-actions">{requests.map((one) => <Made key={one.id} request={one} />)}</div>}
      </Answer>
    </div>
  );
}

function RequestForm({ kind, leave }: { kind: RequestKind; leave: () => void }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const id = useId();
  const people = useOwnConsents().data?.people ?? [];
  const [patientId, setPatientId] = useState<string>();
  const [details, setDetails] = useState('');
  const [tried, setTried] = useState(false);
  const make = useMakeRequest();
  const missing = kind !== 'copy' && kind !== 'see' && details.trim().length < 3;
  const patient = patientId ?? people[0]?.patient.id;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!missing && patient !== undefined) make.mutate({ patientId: patient, kind, details: details.trim() }, { onSuccess: leave });
  };
  return (
    <form className="my-page" onSubmit={submit} noValidate>
      <h1>{words.kinds[kind]}</h1>
      {people.length > 1 && <label>{words.forWhom}<select value={patient} onChange={(event) => setPatientId(event.currentTarget.value)}>{people.map((one) => <option key={one.patient.id} value={one.patient.id}>{one.patient.name}</option>)}</select></label>}
      <label className="b" htmlFor={id}>{words.details}</label>
      {words.detailsHint[kind] !== undefined && <p className="hint">{words.detailsHint[kind]}</p>}
      <textarea id={id} rows={5} maxLength={4000} value={details} onChange={(event) => setDetails(event.currentTarget.value)} aria-invalid={tried && missing} aria-describedby={`${id}-error`} />
      {tried && missing && <p className="field-error" id={`${id}-error`}>{words.needDetails}</p>}
      {make.error !== null && <p className="field-error" role="alert">{make.error instanceof ApiError ? make.error.text[language] : words.failed}</p>}
      <button type="submit" className="my-btn primary wide" disabled={make.isPending || patient === undefined}>{make.isPending ? words.sending : words.send}</button>
      <button type="button" className="my-btn wide" onClick={leave}>{words.back}</button>
    </form>
  );
}

const tones: Partial<Record<DataRequest['state'], string>> = { done: 'ok', refused: 'bad', received: 'info', answered: 'info', 'in-work': 'info' };

function Made({ request }: { request: DataRequest }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const cancel = useCancelRequest();
  const copy = useFetchCopy(true);
  const { kind, state, number, receivedAt, answerDue, workDue, reply, reason, copyUntil, copiedAt, details } = request;
  const isOpen = state === 'received' || state === 'answered' || state === 'in-work';
  return (
    <article className={isOpen || copyUntil !== undefined ? 'my-card' : 'my-card old'} aria-label={`${words.kinds[kind]} ${number}`}>
      <span className={`pill ${tones[state] ?? ''}`}>{words.states[state]}</span>
      <b>{words.kinds[kind]}</b>
      <p className="hint">{number}, {formatDateTime(receivedAt, language)}{details !== '' && `: ${details}`}</p>
      {isOpen && <p>{state === 'received' ? words.dueAnswer(formatDate(answerDue, language)) : words.dueWork(formatDate(workDue, language))}</p>}
      {reason !== undefined && <p>{words.reasons[reason]}.</p>}
      {reply !== undefined && <p><b>{words.reply}:</b> {reply}</p>}
      {copyUntil !== undefined && <><button type="button" className="my-btn primary" disabled={copy.isPending} onClick={() => copy.mutate(request)}><Icon name="save" size={20} />{words.download}</button><p className="hint">{words.downloadOnce(formatDateTime(copyUntil, language))}</p></>}
      {copiedAt !== undefined && <p className="hint">{words.downloaded(formatDateTime(copiedAt, language))}</p>}
      {copy.error !== null && <p className="field-error" role="alert">{copy.error instanceof ApiError ? copy.error.text[language] : words.failed}</p>}
      {kind === 'see' && state === 'done' && <Link className="link" to="/my/access-log">{words.seeAccess}</Link>}
      {isOpen && <button type="button" className="my-btn" disabled={cancel.isPending} onClick={() => cancel.mutate(request.id)}>{words.cancel}</button>}
    </article>
  );
}
