// The machine is opened once by staff; a quarter later, or when its session was ended, again.
import type * as contracts from '@sen/contracts';
import { useState, type SubmitEvent } from 'react';
import { Mark } from '../../kit/icons.tsx';
import { ApiError, call } from '../../lib/api.ts';
import { useLanguage, useStrings } from '../../lib/language.tsx';
import { strings } from './strings.ts';

export function SignIn({ done }: { done: () => void }) {
  const words = useStrings(strings);
  const { language } = useLanguage();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    call<typeof contracts.signIn>('POST', '/api/session', { username: String(form.get('username')), password: String(form.get('password')) })
      .then(async ({ session }) => {
        if (session?.permissions.includes('kiosk.use') === true) return done();
        await signOut(); // what staff may do must not stand open at the door
        setProblem(words.otherAccount);
      })
      .catch((error: unknown) => setProblem(error instanceof ApiError ? error.text[language] : words.fault))
      .finally(() => setBusy(false));
  };
  return (
    <main className="alone">
      <Mark size={96} />
      <h1>{words.signIn}</h1>
      <p>{words.signInHint}</p>
      <form onSubmit={submit}>
        <label>{words.username}<input name="username" autoComplete="username" autoCapitalize="none" required maxLength={64} /></label>
        <label>{words.password}<input name="password" type="password" autoComplete="current-password" required maxLength={256} /></label>
        {problem !== undefined && <p role="alert">{problem}</p>}
        <button type="submit" className="primary" disabled={busy}>{words.open}</button>
      </form>
    </main>
  );
}

export function OtherAccount({ done }: { done: () => void }) {
  const words = useStrings(strings);
  return (
    <main className="alone">
      <Mark size={96} />
      <h1>{words.otherAccount}</h1>
      <p>{words.otherAccountHint}</p>
      <button type="button" className="primary" onClick={() => void signOut().finally(done)}>{words.signOut}</button>
    </main>
  );
}

async function signOut(): Promise<void> {
  await call<typeof contracts.signOut>('DELETE', '/api/session', {});
}
