// The requests that wait, by what is due first.
import type { DataRequest } from '@sen/contracts';
import { Link, useSearchParams } from 'react-router';
import { Answer, Bones, Empty } from '../../../kit/Feedback.tsx';
import { Icon } from '../../../kit/icons.tsx';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { usePageTitle } from '../../../lib/page-title.ts';
import '../privacy.css';
import { useRequests } from './requests.ts';
import { strings } from './strings.ts';

export function Component() {
  const words = useStrings(strings);
  const [query, setQuery] = useSearchParams();
  const state = query.get('state') === 'closed' ? 'closed' : 'open';
  const asked = useRequests(state);
  usePageTitle(words.page);
  return (
    <div className="watch">
      <header className="page-head">
        <h1>{words.page}</h1><span className="c3">{words.pageLead}</span>
        <span className="segments">
          {(['open', 'closed'] as const).map((one) => <button key={one} type="button" aria-pressed={state === one} onClick={() => setQuery(one === 'open' ? {} : { state: one })}>{words[one]}</button>)}
        </span>
        <Link className="btn primary" to="/requests/new">{words.receive}</Link>
      </header>
      <Answer asked={asked} bones={<Bones rows={8} />}>
        {({ requests }) => requests.length === 0 ? <Empty title={state === 'open' ? words.noneOpen : words.noneClosed} /> : <Table requests={requests} />}
      </Answer>
    </div>
  );
}

function Table({ requests }: { requests: readonly DataRequest[] }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const { columns } = words;
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={words.page}>
      <table className="request-table">
        <thead><tr><th scope="col">{columns.number}</th><th scope="col">{columns.patient}</th><th scope="col">{columns.kind}</th><th scope="col">{columns.state}</th><th scope="col">{columns.received}</th><th scope="col">{columns.left}</th></tr></thead>
        <tbody>
          {requests.map(({ id, number, patient, kind, state, receivedAt, channel, daysLeft }) => (
            <tr key={id}>
              <td className="nw"><Link to={`/requests/${id}`}>{number}</Link></td>
              <td>{patient.name} <span className="c3">{patient.hospitalNumber}</span></td>
              <td className="nw">{words.kinds[kind]}</td>
              <td className="nw">{words.states[state]}</td>
              <td className="nw">{formatDateTime(receivedAt, language)} <span className="c3">{words.channels[channel]}</span></td>
              <td className="nw"><Left days={daysLeft} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function Left({ days }: { days: number | undefined }) {
  const words = useStrings(strings);
  if (days === undefined) return null;
  const tone = days < 0 ? 'bad' : days <= 1 ? 'warn' : '';
  return <span className={`pill ${tone}`}>{tone !== '' && <Icon name={days < 0 ? 'warning' : 'clock'} size={14} />}{words.left(days)}</span>;
}
