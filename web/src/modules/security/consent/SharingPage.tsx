// The patient's page: what others may see, in sentences, with two large ways on.
import { Link } from 'react-router';
import { Answer, Bones } from '../../../kit/Feedback.tsx';
import { Icon } from '../../../kit/icons.tsx';
import { useStrings } from '../../../lib/language.tsx';
import { usePageTitle } from '../../../lib/page-title.ts';
import '../privacy.css';
import { ConsentCard } from './ConsentCard.tsx';
import { useOwnConsents, useWithdrawOwnConsent } from './requests.ts';
import { strings } from './strings.ts';

export function Component() {
  const words = useStrings(strings);
  const asked = useOwnConsents();
  const withdraw = useWithdrawOwnConsent();
  usePageTitle(words.title);
  return (
    <div className="my-page">
      <h1>{words.title}</h1>
      <p>{words.lead}</p>
      <ul className="my-list">
        <li><Link className="my-link" to="/my/sharing/new?effect=share"><i className="my-icon"><Icon name="people" size={22} /></i><span><b>{words.share}</b><small>{words.shareHint}</small></span><Icon name="right" size={20} /></Link></li>
        <li><Link className="my-link" to="/my/sharing/new?effect=restrict"><i className="my-icon"><Icon name="shield" size={22} /></i><span><b>{words.restrict}</b><small>{words.restrictHint}</small></span><Icon name="right" size={20} /></Link></li>
      </ul>
      <Answer asked={asked} bones={<Bones rows={4} height={22} />}>
        {({ people }) => people.map(({ patient, consents }) => {
          const active = consents.filter((one) => one.active);
          const past = consents.filter((one) => !one.active);
          return (
            <section key={patient.id} className="my-actions" aria-labelledby={`of-${patient.id}`}>
              <h2 id={`of-${patient.id}`}>{words.of(patient.name)}</h2>
              {active.length === 0 && <p className="hint">{words.none}</p>}
              {active.map((consent) => <ConsentCard key={consent.id} consent={consent} withdraw={withdraw.mutate} busy={withdraw.isPending} />)}
              {past.length > 0 && <details><summary className="hint">{words.past} ({past.length})</summary><div className="my-actions">{past.map((consent) => <ConsentCard key={consent.id} consent={consent} withdraw={withdraw.mutate} busy={false} />)}</div></details>}
            </section>
          );
        })}
      </Answer>
      <p className="note"><Icon name="info" size={20} className="c-info" /><span className="what">{words.emergency}</span></p>
    </div>
  );
}
