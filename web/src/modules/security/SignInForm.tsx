import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { initialOf } from '../../lib/format.ts';
import { ApiError } from '../../lib/api.ts';
import { useLanguage, useStrings } from '../../lib/language.tsx';
import { useDemoAccounts, useSignIn } from './session.ts';
import { strings } from './strings.ts';

/** Username and password; where the server says that the hospital is a demo, its people are offered by name. */
export function SignInForm() {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const signIn = useSignIn();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (username.trim() !== '' && password !== '') signIn.mutate({ username: username.trim(), password });
  };
  return (
    <form className="sign-in-form" onSubmit={submit} noValidate>
      <h1>{words.title}</h1>
      <TextInput label={words.username} value={username} onChange={(event) => setUsername(event.currentTarget.value)} autoComplete="username" autoFocus
        error={tried && username.trim() === '' ? words.needUsername : undefined} />
      <PasswordInput label={words.password} value={password} onChange={(event) => setPassword(event.currentTarget.value)} autoComplete="current-password"
        visibilityToggleButtonProps={{ 'aria-label': words.show, tabIndex: 0 }}
        error={tried && password === '' ? words.needPassword : undefined} />
      {signIn.error !== null && <p className="sign-in-error" role="alert">{signIn.error instanceof ApiError ? signIn.error.text[language] : words.failed}</p>}
      <Button type="submit" loading={signIn.isPending} fullWidth>{words.submit}</Button>
      <DemoPeople choose={(name, secret) => signIn.mutate({ username: name, password: secret })} busy={signIn.isPending} />
    </form>
  );
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
