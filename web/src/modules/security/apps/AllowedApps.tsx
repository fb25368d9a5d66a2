// The apps one has allowed, and how to withdraw that.
import './apps.css';
import type { AllowedApp } from '@sen/contracts';
import { Answer, Bones, Empty } from '../../../kit/Feedback.tsx';
import { formatDate } from '../../../lib/format.ts';
import { useLanguage, useStrings } from '../../../lib/language.tsx';
import { useAllowedApps, useWithdrawApp } from './requests.ts';
import { scopeSentence } from './scope-words.ts';
import { strings } from './strings.ts';

export function AllowedApps() {
  const words = useStrings(strings);
  const asked = useAllowedApps();
  return (
    <div className="apps-page">
      <h1>{words.allowed}</h1>
      <p className="c2">{words.allowedLead}</p>
      <Answer asked={asked} bones={<Bones rows={6} />}>
        {({ apps }) => (apps.length === 0 ? <Empty title={words.none}>{words.noneHint}</Empty> : <ul className="allowed-apps">{apps.map((app) => <Allowed key={app.id} app={app} />)}</ul>)}
      </Answer>
    </div>
  );
}

function Allowed({ app }: { app: AllowedApp }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const withdraw = useWithdrawApp();
  const sentences = app.scopes.map((scope) => scopeSentence(scope, language, false)).filter((sentence) => sentence !== undefined);
  return (
    <li className="card allowed-app">
      <div>
        <h2>{app.name}</h2>
        <p className="c3">{app.site} · {words.since} {formatDate(app.since, language)}, {words.lastUsed} {formatDate(app.lastUsedAt, language)}</p>
        <ul className="allowed-scopes">{[words.who, ...sentences].map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>
        {app.offline && <span className="pill warn">{words.offlineShort}</span>}
      </div>
      <button type="button" className="btn" aria-label={words.withdrawOf(app.name)} disabled={withdraw.isPending} onClick={() => withdraw.mutate(app.id)}>{words.withdraw}</button>
    </li>
  );
}
