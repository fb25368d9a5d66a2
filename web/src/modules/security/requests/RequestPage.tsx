// One request: what was asked, what happened, what is next.
import type { DataRequest } from '@sen/contracts';
import { Link, useParams } from 'react-router';
import { Answer, Bones } from '../../../kit/Feedback.tsx';
import { Icon } from '../../../kit/icons.tsx';
import { formatDate, formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { usePageTitle } from '../../../lib/page-title.ts';
import '../privacy.css';
import { useSession } from '../session.ts';
import { NextStep } from './NextStep.tsx';
import { Left } from './RequestsPage.tsx';
import { useFetchCopy, useRequest } from './requests.ts';
import { strings } from './strings.ts';

export function Component() {
  const { requestId = '' } = useParams();
  const words = useStrings(strings);
  const asked = useRequest(requestId);
  usePageTitle(`${asked.data?.number ?? '…'} – ${words.page}`);
  return <div className="watch"><Answer asked={asked} bones={<Bones rows={8} />}>{(request) => <Whole key={request.state} request={request} />}</Answer></div>;
}

function Whole({ request }: { request: DataRequest }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const copy = useFetchCopy(false);
  const mayHand = useSession().data?.permissions.includes('bulk.export') === true;
  const { number, patient, kind, state, details, identity, receivedAt, channel, answerDue, workDue, daysLeft, reason, reply, steps, copyUntil } = request;
  return (
    <>
      <header className="page-head"><h1>{number}: {words.kinds[kind]}</h1><span className="pill">{words.states[state]}</span><Left days={daysLeft} /><Link className="btn" to={`/requests/${request.id}/letter`}>{words.letter}</Link></header>
      <div className="request-page">
        <div className="my-actions">
          <section className="card" aria-label={patient.name}>
            <h2>{patient.name}</h2>
            <dl className="facts">
              {patient.hospitalNumber !== undefined && <div><dt>{words.patientId}</dt><dd>{patient.hospitalNumber}</dd></div>}
              <div><dt>{words.columns.received}</dt><dd>{formatDateTime(receivedAt, language)}, {words.channels[channel]}</dd></div>
              <div><dt>{words.identity}</dt><dd>{identity === undefined ? <span className="c-warn">{words.notIdentified}</span> : words.identities[identity]}</dd></div>
              <div><dt>{words.answer}</dt><dd>{formatDate(answerDue, language)}</dd></div>
              <div><dt>{words.finish}</dt><dd>{formatDate(workDue, language)}</dd></div>
            </dl>
            <p><b>{words.asked}:</b> {details === '' ? <span className="c3">{words.nothingWritten}</span> : details}</p>
            {reason !== undefined && <p><b>{words.refuse}:</b> {words.reasons[reason]}.</p>}
            {reply !== undefined && <p><b>{words.replyLabel}:</b> {reply}</p>}
            {copyUntil !== undefined && mayHand && <button type="button" className="btn" disabled={copy.isPending} onClick={() => copy.mutate(request)}><Icon name="save" />{words.handCopy}</button>}
          </section>
          <section className="card" aria-labelledby="history"><h2 id="history">{words.history}</h2><ol className="steps">{steps.map(({ at, by, step, note }) => <li key={`${at}${step}`}><b>{words.steps[step] ?? step}</b>{note !== undefined && step !== 'identify' && `: ${note}`}<small>{by}, {formatDateTime(at, language)}</small></li>)}</ol></section>
        </div>
        {daysLeft !== undefined && <NextStep request={request} />}
      </div>
    </>
  );
}
