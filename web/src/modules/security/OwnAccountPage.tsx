import type * as contracts from '@sen/contracts';
import type { OwnAccount } from '@sen/contracts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Answer, Bones } from '../../kit/Feedback.tsx';
import { call } from '../../lib/api.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useLanguage, useStrings } from '../../lib/language.tsx';
import { usePageTitle } from '../../lib/page-title.ts';
import { ChangePasswordForm } from './ChangePasswordForm.tsx';
import { useConfirmed } from './confirm.tsx';
import { AppSetup, ownAccountKey, PasskeySetup, RecoveryCodes, useFactorsChanged } from './factors.tsx';
import { OwnSessions } from './OwnSessions.tsx';
import { Problem } from './Problem.tsx';
import { QuickCodeForm } from './QuickCodeForm.tsx';
import { SigningKeyCard } from './SigningKeyCard.tsx';
import { strings } from './strings.ts';
import './account.css';

export function Component() {
  const words = useStrings(strings);
  const asked = useQuery({ queryKey: ownAccountKey, queryFn: ({ signal }) => call<typeof contracts.readOwnAccount>('GET', '/api/my/account', {}, signal) });
  usePageTitle(words.myAccount);
  return (
    <div className="account-page">
      <div className="page-head"><h1>{words.myAccount}</h1></div>
      <Answer asked={asked} bones={<Bones rows={8} />}>{(own) => <Own own={own} />}</Answer>
    </div>
  );
}

function Own({ own }: { own: OwnAccount }) {
  const words = useStrings(strings);
  const { account } = own;
  const [codes, setCodes] = useState<readonly string[]>();
  const changed = useFactorsChanged();
  const done = (given: readonly string[]) => {
    if (given.length > 0) setCodes(given);
    void changed();
  };
  return (
    <div className="account-columns">
      <div>
        <section className="card account-card">
          <p className="account-name"><b>{account.name}</b><span className="c3">{account.username} · {account.roles.map((role) => words.roles[role] ?? role).join(', ')}</span></p>
        </section>
        {codes !== undefined && <div className="card account-card"><RecoveryCodes codes={codes} done={() => setCodes(undefined)} /></div>}
        {own.hasPassword && <Password own={own} />}
        <Passkeys own={own} done={done} />
        {own.hasPassword && <App own={own} done={done} />}
        {own.hasPassword && (own.totp || own.passkeys.length > 0) && <Recovery left={own.recoveryCodes} done={done} />}
        {own.hasPassword && <QuickCodeForm isSet={own.quickCode} />}
        <SigningKeyCard />
      </div>
      <OwnSessions own={own} />
    </div>
  );
}

function Password({ own }: { own: OwnAccount }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const [changing, setChanging] = useState(false);
  const [changed, setChanged] = useState(false);
  return (
    <section className="card account-card" aria-labelledby="own-password">
      <div className="head"><h2 id="own-password">{words.password}</h2><span className="end">{own.passwordChangedAt !== undefined && words.passwordSince(formatDateTime(own.passwordChangedAt, language))}</span></div>
      {changed && <p className="c-ok" role="status">{words.passwordChanged}</p>}
      {changing ? <ChangePasswordForm done={() => { setChanging(false); setChanged(true); }} /> : <button type="button" className="btn" onClick={() => { setChanging(true); setChanged(false); }}>{words.changePassword}</button>}
    </section>
  );
}

function Passkeys({ own, done }: { own: OwnAccount; done: (codes: readonly string[]) => void }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const confirmed = useConfirmed();
  const remove = useMutation({ mutationFn: (passkeyId: string) => confirmed(() => call<typeof contracts.removePasskey>('DELETE', '/api/my/passkeys/:passkeyId', { passkeyId })), onSuccess: () => done([]) });
  return (
    <section className="card account-card" aria-labelledby="own-passkeys">
      <div className="head"><h2 id="own-passkeys">{words.passkeys}</h2><span className="end">{own.passkeys.length === 0 && words.noPasskeys}</span></div>
      <p className="c3">{words.passkeyLead}</p>
      <ul className="lines">
        {own.passkeys.map(({ id, name, createdAt, lastUsedAt }) => (
          <li key={id}><span><b>{name}</b><small className="c3">{words.added(formatDateTime(createdAt, language))} · {lastUsedAt === undefined ? words.neverUsed : words.lastUsed(formatDateTime(lastUsedAt, language))}</small></span>
            <button type="button" className="btn small" disabled={remove.isPending} aria-label={`${words.remove} ${name}`} onClick={() => remove.mutate(id)}>{words.remove}</button></li>
        ))}
      </ul>
      <Problem error={remove.error} otherwise={words.failed} />
      <PasskeySetup done={done} />
    </section>
  );
}

function App({ own, done }: { own: OwnAccount; done: (codes: readonly string[]) => void }) {
  const words = useStrings(strings);
  const confirmed = useConfirmed();
  const remove = useMutation({ mutationFn: () => confirmed(() => call<typeof contracts.removeTotp>('DELETE', '/api/my/totp', {})), onSuccess: () => done([]) });
  return (
    <section className="card account-card" aria-labelledby="own-app">
      <div className="head"><h2 id="own-app">{words.app}</h2><span className="end">{own.totp ? words.appOn : words.appOff}</span></div>
      {own.totp ? <button type="button" className="btn" disabled={remove.isPending} onClick={() => remove.mutate()} aria-label={`${words.remove}: ${words.app}`}>{words.remove}</button> : <AppSetup done={done} />}
      <Problem error={remove.error} otherwise={words.failed} />
    </section>
  );
}

function Recovery({ left, done }: { left: number; done: (codes: readonly string[]) => void }) {
  const words = useStrings(strings);
  const confirmed = useConfirmed();
  const renew = useMutation({ mutationFn: () => confirmed(() => call<typeof contracts.renewRecoveryCodes>('POST', '/api/my/recovery-codes', {})), onSuccess: ({ recoveryCodes }) => done(recoveryCodes) });
  return (
    <section className="card account-card" aria-labelledby="own-recovery">
      <div className="head"><h2 id="own-recovery">{words.recovery}</h2><span className="end">{words.recoveryLeft(left)}</span></div>
      <button type="button" className="btn" disabled={renew.isPending} onClick={() => renew.mutate()}>{words.renewRecovery}</button>
      <Problem error={renew.error} otherwise={words.failed} />
    </section>
  );
}
