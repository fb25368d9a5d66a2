// The administrator's list of apps, devices and partners, with the one in view beside it.
import './apps.css';
import type { AppView } from '@sen/contracts';
import { useState } from 'react';
import { Answer, Bones, Empty } from '../../../kit/Feedback.tsx';
import { Icon } from '../../../kit/icons.tsx';
import { useStrings } from '../../../lib/language.tsx';
import { plain } from '../../../lib/plain.ts';
import { AppEditor } from './AppEditor.tsx';
import { useApps, useInviteApp } from './requests.ts';
import { strings } from './strings.ts';

export function AppList() {
  const words = useStrings(strings);
  const asked = useApps();
  const [chosen, setChosen] = useState<string | undefined>();
  const [typed, setTyped] = useState('');
  return (
    <div className="apps-admin">
      <section className="apps-list" aria-label={words.admin}>
        <header className="page-head"><h1>{words.admin}</h1></header>
        <div className="apps-tools">
          <input type="search" className="apps-search" aria-label={words.search} placeholder={words.search} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />
          <button type="button" className="btn small primary" onClick={() => setChosen('new')}>{words.add}</button>
        </div>
        <Answer asked={asked} bones={<Bones rows={8} />}>{({ apps }) => <Rows apps={apps.filter(({ name, id }) => plain(`${name} ${id}`).includes(plain(typed)))} chosen={chosen} choose={setChosen} />}</Answer>
        <Invitation />
      </section>
      <section className="apps-one" aria-label={words.newApp}>
        {chosen === undefined || asked.data === undefined ? <Empty title={words.choose}>{words.adminLead}</Empty> : <AppEditor key={chosen} app={asked.data.apps.find(({ id }) => id === chosen)} done={setChosen} />}
      </section>
    </div>
  );
}

function Rows({ apps, chosen, choose }: { apps: readonly AppView[]; chosen: string | undefined; choose: (id: string) => void }) {
  const words = useStrings(strings);
  if (apps.length === 0) return <Empty title={words.noApps}>{words.noAppsHint}</Empty>;
  return (
    <ul className="apps-rows">
      {apps.map((app) => (
        <li key={app.id}>
          <button type="button" className="apps-row" aria-current={app.id === chosen ? 'true' : undefined} onClick={() => choose(app.id)}>
            <span className="el"><b>{app.name}</b> <span className="c3">{app.role === undefined ? words.kinds[app.kind] : words.roles[app.role]}</span></span>
            {app.registeredBy === 'dynamic' && <span className="pill warn">{words.selfRegisteredTag}</span>}
            {app.disabled && <span className="pill">{words.disabled}</span>}
          </button>
        </li>
      ))}
    </ul>
  );
}

function Invitation() {
  const words = useStrings(strings);
  const invite = useInviteApp();
  return (
    <footer className="apps-invite">
      <button type="button" className="btn small" disabled={invite.isPending} onClick={() => invite.mutate()}><Icon name="globe" size={14} />{words.invite}</button>
      {invite.data !== undefined && <div className="app-secret" role="status"><p>{words.invitationOnce} <code>{invite.data.address}</code></p><code>{invite.data.token}</code></div>}
    </footer>
  );
}
