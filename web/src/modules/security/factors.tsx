// Setting up a second factor: an app, a passkey, and the recovery codes that come with the first.
import { Button, TextInput } from '@mantine/core';
import type * as contracts from '@sen/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { call } from '../../lib/api.ts';
import { useStrings } from '../../lib/language.tsx';
import { Icon } from '../../kit/icons.tsx';
import { useConfirmed } from './confirm.tsx';
import { hasPasskeys, makePasskey } from './passkeys.ts';
import { Problem } from './Problem.tsx';
import { QrCode } from './QrCode.tsx';
import { sessionKey } from './session.ts';
import { strings } from './strings.ts';

export const ownAccountKey = ['own-account'];

/** Reads anew what a change of factors has changed. The session is read last: a page that was owed a factor ends with it. */
export function useFactorsChanged(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await queries.invalidateQueries({ queryKey: ownAccountKey });
    await queries.invalidateQueries({ queryKey: sessionKey });
  };
}

interface Done {
  /** With new recovery codes, or none. */
  readonly done: (recoveryCodes: readonly string[]) => void;
}

export function AppSetup({ done }: Done) {
  const words = useStrings(strings);
  const confirmed = useConfirmed();
  const [code, setCode] = useState('');
  const begin = useMutation({ mutationFn: () => confirmed(() => call<typeof contracts.beginTotp>('POST', '/api/my/totp', {})) });
  const confirm = useMutation({ mutationFn: () => call<typeof contracts.confirmTotp>('PUT', '/api/my/totp', { code: code.replace(/\s/g, '') }), onSuccess: ({ recoveryCodes }) => done(recoveryCodes) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (code !== '') confirm.mutate();
  };
  if (begin.data === undefined) {
    return <><button type="button" className="btn" disabled={begin.isPending} onClick={() => begin.mutate()}><Icon name="phone" />{words.setUpApp}</button><Problem error={begin.error} otherwise={words.failed} /></>;
  }
  return (
    <form className="app-setup" onSubmit={submit} noValidate>
      <QrCode text={begin.data.uri} label={words.app} />
      <div className="account-form">
        <p className="c2">{words.appLead}</p>
        <p className="secret"><small className="c3">{words.appSecret}</small><code>{begin.data.secret.match(/.{1,4}/g)?.join(' ')}</code></p>
        <TextInput label={words.appCode} value={code} onChange={(event) => setCode(event.currentTarget.value)} inputMode="numeric" autoComplete="one-time-code" maxLength={7} autoFocus classNames={{ input: 'code-input' }} />
        <Problem error={confirm.error} otherwise={words.failed} />
        <Button type="submit" loading={confirm.isPending}>{words.turnOn}</Button>
      </div>
    </form>
  );
}

export function PasskeySetup({ done }: Done) {
  const words = useStrings(strings);
  const confirmed = useConfirmed();
  const [name, setName] = useState(words.passkeyNameFor(deviceName()));
  const [naming, setNaming] = useState(false);
  const make = useMutation({
    mutationFn: () => makePasskey(() => confirmed(() => call<typeof contracts.beginPasskey>('POST', '/api/my/passkeys/options', {})), name.trim() || words.passkeys),
    onSuccess: (codes) => {
      setNaming(false);
      done(codes);
    },
  });
  if (!hasPasskeys) return null;
  if (!naming) return <button type="button" className="btn" onClick={() => setNaming(true)}><Icon name="key" />{words.addPasskey}</button>;
  return (
    <form className="account-form" onSubmit={(event) => { event.preventDefault(); make.mutate(); }} noValidate>
      <TextInput label={words.passkeyName} value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={80} autoFocus />
      <Problem error={make.error} otherwise={words.passkeyFailed} />
      <Button type="submit" loading={make.isPending}>{words.addPasskey}</Button>
    </form>
  );
}

function deviceName(): string {
  const { userAgent } = navigator;
  return (['iPhone', 'iPad', 'Android', 'Windows', 'Mac', 'Linux'] as const).find((name) => userAgent.includes(name)) ?? 'Web';
}

/** Ten codes, shown once. */
export function RecoveryCodes({ codes, done }: { codes: readonly string[]; done: () => void }) {
  const words = useStrings(strings);
  const [copied, setCopied] = useState(false);
  const copy = () => navigator.clipboard.writeText(codes.join('\n')).then(() => setCopied(true), () => undefined);
  return (
    <section className="recovery" aria-labelledby="recovery-title">
      <h2 id="recovery-title">{words.recoveryTitle}</h2>
      <p className="c2">{words.recoveryLead}</p>
      <ul>{codes.map((code) => <li key={code}><code>{code}</code></li>)}</ul>
      <div className="actions"><button type="button" className="btn" onClick={copy}><Icon name={copied ? 'check' : 'save'} />{copied ? words.copied : words.copy}</button><Button onClick={done} autoFocus>{words.saved}</Button></div>
    </section>
  );
}
