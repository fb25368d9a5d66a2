// What an app asks, in sentences: what it may do, for whom, for how long. The person takes out what it shall not have.
import './apps.css';
import type { AppRequest, SignedInAccount } from '@sen/contracts';
import { useEffect, useState, type ComponentType } from 'react';
import { Bones, Failed } from '../../../kit/Feedback.tsx';
import { Icon, Mark } from '../../../kit/icons.tsx';
import { ApiError } from '../../../lib/api.ts';
import { formatDate } from '../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { usePageTitle } from '../../../lib/page-title.ts';
import { useAnswerApp, useAppRequest, usePatientName } from './requests.ts';
import { scopeSentence } from './scope-words.ts';
import { strings } from './strings.ts';

interface Props {
  readonly requestId: string;
  readonly account: SignedInAccount;
  /** Lets one find anybody; given by the page, since people are another module's. */
  readonly Picker: ComponentType<{ choose: (patientId: string) => void }>;
}

export function AppQuestion({ requestId, account, Picker }: Props) {
  const words = useStrings(strings);
  const asked = useAppRequest(requestId);
  const { mutate, isIdle } = useAnswerApp(requestId);
  const before = asked.data?.allowedBefore === true;
  usePageTitle(words.title);
  useEffect(() => {
    if (before && isIdle) mutate({ allow: true });
  }, [before, isIdle, mutate]);
  if (asked.error !== null) return <div className="app-question"><Failed error={asked.error} retry={() => void asked.refetch()} /></div>;
  if (asked.data === undefined || before) return <div className="app-question"><p role="status">{before ? words.going : ''}</p><Bones rows={6} /></div>;
  return <Question key={requestId} requestId={requestId} request={asked.data} account={account} Picker={Picker} />;
}

function Question({ requestId, request, account, Picker }: Props & { readonly request: AppRequest }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const answer = useAnswerApp(requestId);
  const [refused, setRefused] = useState<ReadonlySet<string>>(new Set());
  const [chosen, setChosen] = useState<string | undefined>(request.patientId ?? (request.choose === 'own' && request.patientIds.length === 1 ? request.patientIds[0] : undefined));
  const offered = request.scopes.filter((scope) => scopeSentence(scope, language) !== undefined);
  const mustChoose = request.choose !== 'nobody' && chosen === undefined;
  const allow = () => answer.mutate({ allow: true, scopes: request.scopes.filter((scope) => !refused.has(scope)), ...(chosen === undefined ? {} : { patientId: chosen }) });
  const toggle = (scope: string) => setRefused((set) => (set.has(scope) ? new Set([...set].filter((one) => one !== scope)) : new Set([...set, scope])));
  return (
    <main className="app-question">
      <div className="app-names"><Mark /><span aria-hidden="true">→</span><b>{request.app.name}</b></div>
      <h1>{request.app.name} {words.wants}</h1>
      <p className="c2">{words.signedInAs} <b>{account.name}</b>. {words.goesTo} <b>{request.app.site}</b>.</p>
      {request.app.selfRegistered && <p className="note"><Icon name="warning" size={18} className="c-warn" /><span className="what">{words.selfRegistered}</span></p>}
      <PatientChoice request={request} chosen={chosen} choose={setChosen} Picker={Picker} />
      <fieldset className="app-scopes">
        <legend>{words.may}</legend>
        {request.scopes.includes('openid') && <label><input type="checkbox" checked disabled />{words.who}</label>}
        {offered.map((scope) => <label key={scope}><input type="checkbox" checked={!refused.has(scope)} onChange={() => toggle(scope)} />{scopeSentence(scope, language)}</label>)}
        {request.scopes.includes('offline_access') && <label><input type="checkbox" checked={!refused.has('offline_access')} onChange={() => toggle('offline_access')} />{words.offline(request.offlineDays)}</label>}
      </fieldset>
      <p className="c3">{offered.length === 0 ? words.nothing : words.never} {words.withdrawNote}</p>
      {answer.error !== null && <Problem error={answer.error} />}
      <div className="app-buttons">
        <button type="button" className="btn" disabled={answer.isPending} onClick={() => answer.mutate({ allow: false })}>{words.refuse}</button>
        <button type="button" className="btn primary" disabled={answer.isPending || answer.isSuccess || mustChoose} onClick={allow}>{answer.isPending || answer.isSuccess ? words.going : words.allow}</button>
      </div>
      {mustChoose && <p className="c3 app-hint" role="status">{words.needPatient}</p>}
    </main>
  );
}

function Problem({ error }: { error: Error }) {
  const { language } = useLanguage();
  return <p className="sign-in-error" role="alert">{error instanceof ApiError ? error.text[language] : error.message}</p>;
}

interface ChoiceProps {
  readonly request: AppRequest;
  readonly chosen: string | undefined;
  readonly choose: (patientId: string | undefined) => void;
  readonly Picker: Props['Picker'];
}

function PatientChoice({ request, chosen, choose, Picker }: ChoiceProps) {
  const words = useStrings(strings);
  if (request.choose === 'nobody') return request.patientId === undefined ? null : <p className="app-patient"><span className="c3">{words.patient}</span> <PatientName patientId={request.patientId} /></p>;
  if (request.choose === 'own') {
    return (
      <fieldset className="app-scopes">
        <legend>{words.choosePatient}</legend>
        {request.patientIds.map((id) => <label key={id}><input type="radio" name="patient" checked={chosen === id} onChange={() => choose(id)} /><PatientName patientId={id} /></label>)}
      </fieldset>
    );
  }
  if (chosen === undefined) return <section aria-label={words.choosePatient}><h2>{words.choosePatient}</h2><Picker choose={choose} /></section>;
  return <p className="app-patient"><span className="c3">{words.chosen}</span> <PatientName patientId={chosen} /> <button type="button" className="link" onClick={() => choose(undefined)}>{words.change}</button></p>;
}

function PatientName({ patientId }: { patientId: string }) {
  const { language } = useLanguage();
  const { data } = usePatientName(patientId);
  return <span><b>{data?.name ?? '…'}</b>{data?.birthDate !== undefined && <span className="c3"> {formatDate(data.birthDate, language)}</span>}</span>;
}
