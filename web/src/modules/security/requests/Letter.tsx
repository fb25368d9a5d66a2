// The letter to the person, for print.
import { useParams } from 'react-router';
import { Answer, Bones } from '../../../kit/Feedback.tsx';
import { useMinute } from '../../../lib/clock.ts';
import { formatDate } from '../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { usePageTitle } from '../../../lib/page-title.ts';
import '../privacy.css';
import { useRequest } from './requests.ts';
import { strings } from './strings.ts';

export function Letter({ hospital }: { hospital: string | undefined }) {
  const { requestId = '' } = useParams();
  const words = useStrings(strings);
  const { language } = useLanguage();
  const now = useMinute();
  const asked = useRequest(requestId);
  usePageTitle(`${words.letter} ${asked.data?.number ?? ''}`);
  return (
    <div className="watch">
      <div className="letter-tools"><button type="button" className="btn primary" onClick={() => window.print()}>{words.print}</button></div>
      <Answer asked={asked} bones={<Bones rows={8} />}>
        {({ number, patient, kind, receivedAt, state, reply, reason, workDue, closedAt, steps }) => {
          const answered = reply ?? steps.findLast(({ step, note }) => step === 'answer' && note !== undefined)?.note;
          return (
            <article className="letter" aria-label={words.letter}>
              <header><b>{hospital ?? words.hospital}</b><span>{number}<br />{formatDate(closedAt ?? new Date(now).toISOString(), language)}</span></header>
              <h1>{words.letterTitle}</h1>
              <p>{words.dear(patient.name)}{patient.birthDate !== undefined && `, ${formatDate(patient.birthDate, language)}`}</p>
              <p>{words.letterBody(number, formatDate(receivedAt, language), words.kinds[kind])}</p>
              {state === 'refused' && <p>{words.letterRefused} {reason !== undefined && words.reasons[reason]}.</p>}
              {state === 'done' && <p>{words.letterDone}</p>}
              {answered !== undefined && <p>{answered}</p>}
              {closedAt === undefined && <p>{words.letterOpen} {words.letterDue(formatDate(workDue, language))}</p>}
              <p>{words.complaint}</p>
              <p className="sign"><b>{words.signed}</b><br />{words.signHint}</p>
            </article>
          );
        }}
      </Answer>
    </div>
  );
}
