import { Button, PasswordInput, TextInput } from '@mantine/core';
import type * as contracts from '@sen/contracts';
import type { SignInAnswer } from '@sen/contracts';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactNode } from 'react';
import { call } from '../../lib/api.ts';
import { initialOf } from '../../lib/format.ts';
import { useStrings } from '../../lib/language.tsx';
import { Icon } from '../../kit/icons.tsx';
import { askPasskey, hasPasskeys } from './passkeys.ts';
import { Problem } from './Problem.tsx';
import { SecondStep } from './SecondStep.tsx';
import { useDemoAccounts, useSignIn, useWelcome } from './session.ts';
import { strings } from './strings.ts';

type Second = NonNullable<SignInAnswer['second']>;

/** Username and password, then the second step; or a passkey alone. Where the hospital is a demo, its people are offered by name. */
export function SignInForm({ children }: { children?: ReactNode }) {
  const [second, setSecond] = useState<Second>();
  if (second !== undefined) return <SecondStep second={second} back={() => setSecond(undefined)} />;
  return <FirstStep next={setSecond}>{children}</FirstStep>;
}

function FirstStep({ next, children }: { next: (second: Second) => void; children: ReactNode }) {
  const words = useStrings(strings);
  const signIn = useSignIn();
  const passkey = usePasskeySignIn();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const go = (name: string, secret: string) => signIn.mutate({ username: name, password: secret }, { onSuccess: ({ second }) => second && next(second) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (username.trim() !== '' && password !== '') go(username.trim(), password);
  };
  const busy = signIn.isPending || passkey.isPending;
  return (
    <form className="sign-in-form" onSubmit={submit} noValidate>
      <h1>{words.title}</h1>
      <TextInput label={words.username} value={username} onChange={(event) => setUsername(event.currentTarget.value)} autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus
        error={tried && username.trim() === '' ? words.needUsername : undefined} />
      <PasswordInput label={words.password} value={password} onChange={(event) => setPassword(event.currentTarget.value)} autoComplete="current-password"
        visibilityToggleButtonProps={{ 'aria-label': words.show, tabIndex: 0 }}
        error={tried && password === '' ? words.needPassword : undefined} />
      <Problem error={signIn.error ?? passkey.error} otherwise={words.passkeyFailed} />
      <Button type="submit" loading={signIn.isPending} disabled={passkey.isPending} fullWidth>{words.submit}</Button>
      {hasPasskeys && <button type="button" className="btn" disabled={busy} onClick={() => { signIn.reset(); passkey.mutate(); }}><Icon name="key" />{words.usePasskey}</button>}
      {children}
      <DemoPeople choose={go} busy={busy} />
    </form>
  );
}

/** Signs in with a passkey of this site alone. */
export function usePasskeySignIn() {
  const welcome = useWelcome();
  return useMutation({
    mutationFn: async () => call<typeof contracts.signInWithPasskey>('POST', '/api/session/passkey', await askPasskey()),
    onSuccess: welcome,
  });
}

function DemoPeople({ choose, busy }: { choose: (username: string, password: string) => void; busy: boolean }) {
  const words = useStrings(strings);
  const { data } = useDemoAccounts();
  const password = data?.password;
  if (data === undefined || password === undefined || data.accounts.length === 0) return null;
  return (
    <section className="demo-people" aria-labelledby="demo-people">
      <h2 id="demo-people">{words.demo}</h2>
      <ul>
        {data.accounts.map((account) => (
          <li key={account.username}>
            <button type="button" disabled={busy} onClick={() => choose(account.username, password)}>
              <span className="av" aria-hidden="true">{initialOf(account.name)}</span>
              <span className="el"><b>{account.name}</b> <small>{account.roles.map((role) => words.roles[role] ?? role).join(', ')}</small></span>
            </button>
          </li>
        ))}
      </ul>
      <p className="c3">{words.demoNote}</p>
    </section>
  );
}
