import { Button, TextInput } from '@mantine/core';
import type * as contracts from '@sen/contracts';
import type { SignInAnswer } from '@sen/contracts';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { call } from '../../lib/api.ts';
import { useStrings } from '../../lib/language.tsx';
import { Icon } from '../../kit/icons.tsx';
import { askPasskey, hasPasskeys } from './passkeys.ts';
import { Problem } from './Problem.tsx';
import { useWelcome } from './session.ts';
import { strings } from './strings.ts';

/** After the password: a code of the app, a passkey, or a recovery code. */
export function SecondStep({ second: { ticket, methods }, back }: { second: NonNullable<SignInAnswer['second']>; back: () => void }) {
  const words = useStrings(strings);
  const [recovery, setRecovery] = useState(!methods.includes('totp') && !methods.includes('passkey'));
  const [code, setCode] = useState('');
  const give = useGiveFactor(ticket);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (code.trim() !== '') give.mutate({ code: code.trim() });
  };
  const asksCode = recovery || methods.includes('totp');
  return (
    <form className="sign-in-form" onSubmit={submit} noValidate>
      <h1>{words.second}</h1>
      {methods.includes('passkey') && hasPasskeys && <button type="button" className="btn" disabled={give.isPending} onClick={() => give.mutate({})} autoFocus={!asksCode}><Icon name="key" />{words.usePasskey}</button>}
      {asksCode && <TextInput key={String(recovery)} label={recovery ? words.recoveryCode : words.appCode} value={code} onChange={(event) => setCode(event.currentTarget.value)} autoFocus
        classNames={{ input: 'code-input' }} {...(recovery ? { autoCapitalize: 'none', spellCheck: false } : { inputMode: 'numeric' as const, autoComplete: 'one-time-code', maxLength: 7 })} />}
      <Problem error={give.error} otherwise={words.passkeyFailed} />
      {asksCode && <Button type="submit" loading={give.isPending} fullWidth>{words.next}</Button>}
      <div className="sign-in-links">
        {methods.includes('recovery') && !recovery && <button type="button" className="link" onClick={() => { setRecovery(true); setCode(''); give.reset(); }}>{words.useRecovery}</button>}
        {recovery && methods.includes('totp') && <button type="button" className="link" onClick={() => { setRecovery(false); setCode(''); give.reset(); }}>{words.useApp}</button>}
        <button type="button" className="link" onClick={back}>{words.back}</button>
      </div>
    </form>
  );
}

function useGiveFactor(ticket: string) {
  const welcome = useWelcome();
  return useMutation({
    mutationFn: async ({ code }: { code?: string }) =>
      call<typeof contracts.giveSecondFactor>('POST', '/api/session/second', code === undefined ? { ticket, passkey: await askPasskey() } : { ticket, code }),
    onSuccess: welcome,
  });
}
